using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Grains.EventSourcing;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Tests.Infrastructure;
using Orleans.Runtime;

namespace Actors.Grains.Tests.Designs;

/// <summary>Those who watch a design start anywhere and miss nothing.</summary>
public sealed class WatchTests
{
    [Fact]
    public async Task Without_a_position_a_watch_starts_with_the_document_and_goes_on_with_changes()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        await design.CommitAsync(TestDesign.Adding("a"));
        await using var watch = design.Grain.Watch(null).GetAsyncEnumerator();

        var snapshot = Assert.IsType<DesignFeedItem.Snapshot>(await watch.NextAsync());
        var batch = TestDesign.Adding("b");
        await design.CommitAsync(batch);
        var change = Assert.Single(Assert.IsType<DesignFeedItem.Changes>(await watch.NextAsync()).Items);

        Assert.Equal(TestDesign.Json((await design.ReplayAsync(2)).ToDocument()), TestDesign.Json(snapshot.Design));
        Assert.Equal((3, batch.BatchId, TestDesign.Ann.Author), (change.Revision, change.BatchId, change.Author));
    }

    [Fact]
    public async Task From_an_old_position_a_watch_brings_exactly_what_was_missed()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        var batches = Enumerable.Range(0, 1_100).Select(i => TestDesign.Adding($"n{i}")).ToArray();
        await Task.WhenAll(design.SubmitAll(batches));
        await using var watch = design.Grain.Watch(new DesignPosition((await design.DocumentAsync()).Epoch, 3)).GetAsyncEnumerator();
        var live = TestDesign.Adding("live");

        var seen = await ReadAsync(watch, 1_101);
        await design.CommitAsync(live);
        seen.AddRange(await ReadAsync(watch, 1_102));

        Assert.Equal(Enumerable.Range(4, 1_099).Select(revision => (long)revision), seen.Select(change => change.Revision));
        Assert.Equal([.. batches[2..].Select(batch => batch.BatchId), live.BatchId], seen.Select(change => change.BatchId));
    }

    [Fact]
    public async Task At_the_newest_position_a_watch_starts_with_what_happens_next()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        await using var watch = design.Grain.Watch(new DesignPosition((await design.DocumentAsync()).Epoch, 1)).GetAsyncEnumerator();
        var next = watch.NextAsync();
        await design.CommitAsync(TestDesign.Adding("a"));

        Assert.Equal(2, Assert.Single(Assert.IsType<DesignFeedItem.Changes>(await next).Items).Revision);
    }

    [Theory]
    [InlineData(true, 9)]
    [InlineData(false, 1)]
    public async Task A_position_that_cannot_be_continued_is_answered_with_the_document(bool sameEpoch, long revision)
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        await design.CommitAsync(TestDesign.Adding("a"));
        var epoch = sameEpoch ? (await design.DocumentAsync()).Epoch : "another";
        await using var watch = design.Grain.Watch(new DesignPosition(epoch, revision)).GetAsyncEnumerator();

        Assert.Equal(2, Assert.IsType<DesignFeedItem.Snapshot>(await watch.NextAsync()).Design.Revision);
    }

    [Fact]
    public async Task A_watch_that_a_deactivation_ends_is_resumed_by_its_position()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        var epoch = (await design.DocumentAsync()).Epoch;
        await using var first = design.Grain.Watch(new DesignPosition(epoch, 1)).GetAsyncEnumerator();
        await design.CommitAsync(TestDesign.Adding("a"));
        var seen = await ReadAsync(first, 2);
        await silo.DeactivateAsync(design.Grain);
        await AssertEndsAsync(first);
        await design.CommitAsync(TestDesign.Adding("b"));

        await using var second = design.Grain.Watch(new DesignPosition(epoch, seen[^1].Revision)).GetAsyncEnumerator();

        Assert.Equal(3, Assert.Single(await ReadAsync(second, 3)).Revision);
    }

    [Fact]
    public async Task Deletion_ends_the_watch_after_everything_before_it_was_seen()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        await using var watch = design.Grain.Watch(null).GetAsyncEnumerator();
        Assert.IsType<DesignFeedItem.Snapshot>(await watch.NextAsync());
        await design.CommitAsync(TestDesign.Adding("a"));
        Assert.Null(await design.Grain.Delete(TestDesign.Ann));

        Assert.Equal(2, Assert.Single(await ReadAsync(watch, 2)).Revision);
        Assert.Equal(ErrorCodes.Deleted, Assert.IsType<DesignFeedItem.Ended>(await watch.NextAsync()).Code);
        Assert.Null(await watch.NextAsync());
        await using var late = design.Grain.Watch(null).GetAsyncEnumerator();
        Assert.Equal(ErrorCodes.Deleted, Assert.IsType<DesignFeedItem.Ended>(await late.NextAsync()).Code);
    }

    [Fact]
    public async Task A_design_that_does_not_exist_has_nothing_to_watch()
    {
        await using var silo = await TestSilo.StartAsync();
        await using var watch = new TestDesign(silo, "dsg_none").Grain.Watch(null).GetAsyncEnumerator();

        Assert.Equal(ErrorCodes.NotFound, Assert.IsType<DesignFeedItem.Ended>(await watch.NextAsync()).Code);
        Assert.Null(await watch.NextAsync());
    }

    [Fact]
    public async Task A_watcher_that_does_not_keep_up_is_ended_and_the_others_go_on()
    {
        var watchers = new Watchers<int>(capacity: 3);
        using var slow = watchers.Watch();
        using var quick = watchers.Watch();
        await using var read = quick.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();

        foreach (var item in Enumerable.Range(1, 5))
        {
            watchers.Publish(item);
            Assert.Equal([item], (await read.NextAsync()).AsEnumerable());
        }

        Assert.Equal(1, watchers.Count);
        await using var late = slow.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.Equal([1, 2, 3], (await late.NextAsync()).AsEnumerable());
        Assert.False(await late.MoveNextAsync());
    }

    [Fact]
    public void A_watcher_that_leaves_before_it_reads_is_forgotten()
    {
        var watchers = new Watchers<int>(capacity: 3);
        watchers.Watch().Dispose();

        Assert.Equal(0, watchers.Count);
    }

    internal static async Task<List<Change>> ReadAsync(IAsyncEnumerator<DesignFeedItem> watch, long upTo)
    {
        var seen = new List<Change>();
        while (seen.Count == 0 || seen[^1].Revision < upTo)
        {
            seen.AddRange(Assert.IsType<DesignFeedItem.Changes>(await watch.NextAsync()).Items);
        }

        return seen;
    }

    /// <summary>Whether by its end or by an exception is the engine's choice.</summary>
    private static async Task AssertEndsAsync(IAsyncEnumerator<DesignFeedItem> watch)
    {
        try
        {
            Assert.Null(await watch.NextAsync());
        }
        catch (EnumerationAbortedException)
        {
            return;
        }
    }
}
