namespace Actors.Grains.Tests.Infrastructure;

/// <summary>Waits for conditions, never for time; a test that waits for long has failed.</summary>
internal static class Wait
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public static Task InTime(this Task task) => task.WaitAsync(Limit);

    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Limit);

    /// <summary>The next item, or default at the end.</summary>
    public static async Task<T?> NextAsync<T>(this IAsyncEnumerator<T> items) =>
        await items.MoveNextAsync().AsTask().InTime() ? items.Current : default;
}
