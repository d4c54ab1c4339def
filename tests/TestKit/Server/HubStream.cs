using System.Text.Json;
using System.Threading.Channels;

namespace Actors.TestKit.Server;

/// <summary>A hub stream whose items are kept until they are read.</summary>
public sealed class HubStream : HubCall
{
    private readonly Channel<JsonElement> _items = Channel.CreateUnbounded<JsonElement>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly TaskCompletionSource<string?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The items in their order; completes when the stream has ended, however it ended.</summary>
    public ChannelReader<JsonElement> Items => _items.Reader;

    /// <summary>Completes when the stream has ended, with the error if it ended with one.</summary>
    public Task<string?> Ended => _ended.Task;

    public override void OnItem(ref Utf8JsonReader value) => _items.Writer.TryWrite(JsonElement.ParseValue(ref value));

    public override void OnEnded(string? error)
    {
        _items.Writer.TryComplete();
        _ended.TrySetResult(error);
    }

    /// <summary>The next item.</summary>
    /// <exception cref="TimeoutException">None came within <paramref name="within"/>.</exception>
    /// <exception cref="ChannelClosedException">The stream has ended.</exception>
    public async Task<JsonElement> NextAsync(TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within);
        try
        {
            return await _items.Reader.ReadAsync(deadline.Token);
        }
        catch (OperationCanceledException waited)
        {
            throw new TimeoutException($"No item within {within}.", waited);
        }
    }
}
