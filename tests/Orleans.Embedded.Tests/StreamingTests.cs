using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

internal interface IFeedGrain : IGrainWithStringKey
{
    IAsyncEnumerable<int> Count(int to, CancellationToken token = default);

    IAsyncEnumerable<int> Watch(CancellationToken token = default);

    Task Publish(int item);

    Task Leave();
}

internal sealed class FeedGrain : Grain, IFeedGrain
{
    private readonly List<Channel<int>> _watchers = [];

    public async IAsyncEnumerable<int> Count(int to, [EnumeratorCancellation] CancellationToken token = default)
    {
        for (var i = 1; i <= to; i++)
        {
            if (i % 50 == 0)
                await Task.Yield();
            yield return i;
        }

        if (to == 13)
            throw new InvalidDataException("thirteen");
    }

    public async IAsyncEnumerable<int> Watch([EnumeratorCancellation] CancellationToken token = default)
    {
        var channel = Channel.CreateUnbounded<int>();
        _watchers.Add(channel);
        Gates.Log(this.GetPrimaryKeyString(), "watched");
        try
        {
            while (await channel.Reader.WaitToReadAsync(token))
            {
                while (channel.Reader.TryRead(out var item))
                    yield return item;
            }
        }
        finally
        {
            _watchers.Remove(channel);
            Gates.Log(this.GetPrimaryKeyString(), "left");
        }
    }

    public Task Publish(int item)
    {
        foreach (var watcher in _watchers)
            watcher.Writer.TryWrite(item);
        return Task.CompletedTask;
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

public sealed class StreamingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public async Task Every_item_arrives_in_order_at_any_batch_size(int batch)
    {
        await using var cluster = await Clusters.DeployAsync();
        var items = new List<int>();
        await foreach (var item in cluster.Client.GetGrain<IFeedGrain>("count").Count(500).WithBatchSize(batch))
            items.Add(item);
        Assert.Equal(Enumerable.Range(1, 500), items);
    }

    [Fact]
    public async Task What_the_grain_throws_comes_after_the_items_before_it()
    {
        await using var cluster = await Clusters.DeployAsync();
        var items = new List<int>();
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var item in cluster.Client.GetGrain<IFeedGrain>("thirteen").Count(13))
                items.Add(item);
        });
        Assert.Equal(13, items.Count);
    }

    [Fact]
    public async Task Live_items_reach_every_watcher_while_calls_go_on()
    {
        await using var cluster = await Clusters.DeployAsync();
        var grain = cluster.Client.GetGrain<IFeedGrain>("live");
        var watchers = Enumerable.Range(0, 3).Select(_ => TakeAsync(grain.Watch(), 2_000)).ToArray();
        await Clusters.UntilAsync(() => Gates.Entries("live").Length == 3);
        for (var i = 0; i < 2_000; i++)
            await grain.Publish(i);
        foreach (var items in await Task.WhenAll(watchers).InTime())
            Assert.Equal(Enumerable.Range(0, 2_000), items);
        await Clusters.UntilAsync(() => Gates.Entries("live").Count(e => e == "left") == 3);
    }

    [Fact]
    public async Task Cancelling_ends_both_sides()
    {
        await using var cluster = await Clusters.DeployAsync();
        var grain = cluster.Client.GetGrain<IFeedGrain>("cancelled feed");
        using var source = new CancellationTokenSource();
        var watching = TakeAsync(grain.Watch(source.Token), 1);
        await Clusters.UntilAsync(() => Gates.Entries("cancelled feed").Length == 1);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching.InTime());
        await Clusters.UntilAsync(() => Gates.Entries("cancelled feed").Length == 2);
    }

    [Fact]
    public async Task Deactivation_aborts_the_watchers()
    {
        await using var cluster = await Clusters.DeployAsync();
        var grain = cluster.Client.GetGrain<IFeedGrain>("aborted");
        var watching = TakeAsync(grain.Watch(), 1);
        await Clusters.UntilAsync(() => Gates.Entries("aborted").Length == 1);
        await grain.Leave();
        await Assert.ThrowsAsync<EnumerationAbortedException>(() => watching.InTime());
        await Clusters.UntilAsync(() => Gates.Entries("aborted").Length == 2);
    }

    [Fact]
    public async Task An_enumerator_that_nobody_polls_is_dropped()
    {
        var time = new FakeTimeProvider();
        await using var cluster = await Clusters.DeployAsync(time: time);
        var grain = cluster.Client.GetGrain<IFeedGrain>("dropped");
        await using var items = grain.Watch().GetAsyncEnumerator();
        var first = items.MoveNextAsync();
        await Clusters.UntilAsync(() => Gates.Entries("dropped").Length == 1);
        await grain.Publish(1);
        Assert.True(await first.AsTask().InTime());
        time.Advance(TimeSpan.FromSeconds(50));
        await Clusters.UntilAsync(() => Gates.Entries("dropped").Length == 2);
        await Assert.ThrowsAsync<EnumerationAbortedException>(() => items.MoveNextAsync().AsTask().InTime());
    }

    [Fact]
    public async Task A_killed_silo_fails_the_watchers()
    {
        await using var cluster = await Clusters.DeployAsync();
        var watching = TakeAsync(cluster.Client.GetGrain<IFeedGrain>("killed feed").Watch(), 1);
        await Clusters.UntilAsync(() => Gates.Entries("killed feed").Length == 1);
        await cluster.KillSiloAsync(cluster.Silos[0]);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => watching.InTime());
    }

    private static async Task<List<int>> TakeAsync(IAsyncEnumerable<int> source, int count)
    {
        var items = new List<int>();
        await foreach (var item in source)
        {
            items.Add(item);
            if (items.Count == count)
                break;
        }

        return items;
    }
}
