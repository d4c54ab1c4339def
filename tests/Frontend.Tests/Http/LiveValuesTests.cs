using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Actors.Frontend.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Frontend.Tests.Http;

public sealed class LiveValuesTests
{
    private readonly Channel<Channel<string>> _subscriptions = Channel.CreateUnbounded<Channel<string>>();

    [Fact]
    public async Task A_broken_subscription_is_made_again_and_has_no_value_meanwhile()
    {
        await using var values = new LiveValues<string>(WatchAsync, TimeProvider.System, NullLogger.Instance);
        var seen = Channel.CreateUnbounded<string>();
        using var subscription = values.Subscribe("key", value => seen.Writer.TryWrite(value));
        var first = await _subscriptions.Reader.ReadAsync();
        first.Writer.TryWrite("one");
        Assert.Equal("one", await seen.Reader.ReadAsync());
        Assert.Equal("one", values.Current("key"));

        first.Writer.Complete(new IOException("gone"));
        var second = await _subscriptions.Reader.ReadAsync();
        Assert.Null(values.Current("key"));
        second.Writer.TryWrite("two");
        Assert.Equal("two", await seen.Reader.ReadAsync());
    }

    [Fact]
    public async Task An_invalidated_value_comes_from_a_new_subscription()
    {
        await using var values = new LiveValues<string>(WatchAsync, TimeProvider.System, NullLogger.Instance);
        var seen = Channel.CreateUnbounded<string>();
        using var subscription = values.Subscribe("key", value => seen.Writer.TryWrite(value));
        var first = await _subscriptions.Reader.ReadAsync();
        first.Writer.TryWrite("old");
        await seen.Reader.ReadAsync();

        values.Invalidate("key");
        Assert.Null(values.Current("key"));
        var second = await _subscriptions.Reader.ReadAsync();
        second.Writer.TryWrite("new");
        Assert.Equal("new", await seen.Reader.ReadAsync());
    }

    [Fact]
    public async Task One_subscriber_that_fails_does_not_silence_the_others()
    {
        await using var values = new LiveValues<string>(WatchAsync, TimeProvider.System, NullLogger.Instance);
        var seen = Channel.CreateUnbounded<string>();
        using var failing = values.Subscribe("key", _ => throw new InvalidOperationException("mine"));
        using var working = values.Subscribe("key", value => seen.Writer.TryWrite(value));
        var source = await _subscriptions.Reader.ReadAsync();
        source.Writer.TryWrite("one");
        source.Writer.TryWrite("two");
        Assert.Equal("one", await seen.Reader.ReadAsync());
        Assert.Equal("two", await seen.Reader.ReadAsync());
    }

    private async IAsyncEnumerable<string> WatchAsync(string key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<string>();
        await _subscriptions.Writer.WriteAsync(channel, cancellationToken);
        await foreach (var item in channel.Reader.ReadAllAsync(cancellationToken))
            yield return item;
    }
}
