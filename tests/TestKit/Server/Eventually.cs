using System.Diagnostics;

namespace Actors.TestKit.Server;

/// <summary>Waits for conditions of another process, which can only be asked for.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks until the condition holds.</summary>
    /// <exception cref="TimeoutException">It did not hold within <paramref name="within"/>; the message says what was waited for.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> condition, TimeSpan within, string what)
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Interval);
        while (!await condition())
        {
            if (clock.Elapsed > within)
            {
                throw new TimeoutException($"Not within {within}: {what}");
            }

            await timer.WaitForNextTickAsync();
        }
    }

    /// <inheritdoc cref="HoldsAsync(Func{Task{bool}}, TimeSpan, string)"/>
    public static Task HoldsAsync(Func<bool> condition, TimeSpan within, string what) =>
        HoldsAsync(() => Task.FromResult(condition()), within, what);
}
