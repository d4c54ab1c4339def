using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Tests.Designs;
using Actors.Grains.Tests.Infrastructure;

namespace Actors.Grains.Tests.EventSourcing;

/// <summary>The journal fails while commands are in flight.</summary>
public sealed class StorageFailureTests
{
    [Fact]
    public async Task What_was_not_stored_is_published_to_nobody_and_can_be_sent_again()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        await using var watch = design.Grain.Watch(null).GetAsyncEnumerator();
        Assert.IsType<DesignFeedItem.Snapshot>(await watch.NextAsync());
        silo.Journal.Next.Enqueue(Fault.Lost);
        var lost = TestDesign.Adding("lost");

        TestDesign.AssertRefused(ErrorCodes.StorageUnavailable, await design.SubmitAsync(lost), retryable: true);
        var after = await design.CommitAsync(TestDesign.Adding("after"));

        Assert.Equal(2, after.Revision);
        var seen = Assert.IsType<DesignFeedItem.Changes>(await watch.NextAsync());
        Assert.Equal(2, Assert.Single(seen.Items).Revision);
        Assert.Equal(3, (await design.CommitAsync(lost)).Revision);
        Assert.Equal(["after", "lost"], (await design.DocumentAsync()).Nodes.Select(node => node.Id).Order());
        await design.CheckAsync();
    }

    [Fact]
    public async Task What_was_stored_in_spite_of_the_failure_is_published_once_and_acknowledged_when_sent_again()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        await using var watch = design.Grain.Watch(null).GetAsyncEnumerator();
        Assert.IsType<DesignFeedItem.Snapshot>(await watch.NextAsync());
        silo.Journal.Next.Enqueue(Fault.StoredInSilence);
        var silent = TestDesign.Adding("silent");

        TestDesign.AssertRefused(ErrorCodes.StorageUnavailable, await design.SubmitAsync(silent), retryable: true);
        Assert.Equal(2, (await design.CommitAsync(silent)).Revision);
        Assert.Equal(3, (await design.CommitAsync(TestDesign.Adding("next"))).Revision);

        Assert.Equal([2, 3], await ReadRevisionsAsync(watch, 3));
        await design.CheckAsync();
    }

    [Fact]
    public async Task Watchers_learn_what_was_stored_in_silence_though_nobody_asks()
    {
        await using var silo = await TestSilo.StartAsync(("EventSourcing:RecoveryInterval", "00:00:00.010"));
        var design = await TestDesign.CreateAsync(silo);
        await using var watch = design.Grain.Watch(null).GetAsyncEnumerator();
        Assert.IsType<DesignFeedItem.Snapshot>(await watch.NextAsync());
        silo.Journal.FailReads(true);
        silo.Journal.Next.Enqueue(Fault.StoredInSilence);

        TestDesign.AssertRefused(ErrorCodes.StorageUnavailable, await design.SubmitAsync(TestDesign.Adding("n")), retryable: true);
        silo.Journal.FailReads(false);

        Assert.Equal([2], await ReadRevisionsAsync(watch, 2));
    }

    [Fact]
    public async Task While_the_journal_cannot_be_read_every_command_is_refused_and_service_resumes_by_itself()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        silo.Journal.FailReads(true);
        silo.Journal.Next.Enqueue(Fault.StoredInSilence);
        var batches = Enumerable.Range(0, 5).Select(i => TestDesign.Adding($"n{i}")).ToArray();

        foreach (var batch in batches)
        {
            TestDesign.AssertRefused(ErrorCodes.StorageUnavailable, await design.SubmitAsync(batch), retryable: true);
        }

        Assert.Equal(1, (await design.DocumentAsync()).Revision);
        silo.Journal.FailReads(false);
        await TestDesign.AssertCommittedAsync([2, 3, 4, 5, 6], design.SubmitAll(batches));
        await design.CheckAsync();
    }

    [Theory]
    [InlineData(nameof(Fault.Lost), ErrorCodes.StorageUnavailable)]
    [InlineData(nameof(Fault.StoredInSilence), ErrorCodes.StorageUnavailable)]
    [InlineData(nameof(Fault.Throws), ErrorCodes.StorageUnavailable)]
    [InlineData(nameof(Fault.Overloaded), ErrorCodes.Overloaded)]
    [InlineData(nameof(Fault.KeyTaken), ErrorCodes.ValidationFailed)]
    public async Task A_failure_in_the_middle_lets_those_before_it_through_and_those_behind_it_be_decided_again(string fault, string code)
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        silo.Journal.Hold();
        foreach (var next in new[] { Fault.None, Fault.None, Enum.Parse<Fault>(fault) })
        {
            silo.Journal.Next.Enqueue(next);
        }

        var results = await design.SubmitHeldAsync([.. Enumerable.Range(0, 6).Select(i => TestDesign.Adding($"n{i}"))]);
        silo.Journal.Release();

        await TestDesign.AssertCommittedAsync([2, 3], results[..2]);
        TestDesign.AssertRefused(code, await results[2], retryable: code != ErrorCodes.ValidationFailed);
        var stored = fault == nameof(Fault.StoredInSilence) ? 1 : 0;
        await TestDesign.AssertCommittedAsync([4 + stored, 5 + stored, 6 + stored], results[3..]);
        Assert.Equal(6 + stored, (await design.CheckAsync()).Count);
    }

    [Fact]
    public async Task Another_activation_that_wrote_ends_this_one_and_the_next_call_works_on_what_is_stored()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        await design.CommitAsync(TestDesign.Adding("mine"));
        await design.WriteBehindItsBackAsync("theirs");
        var batch = TestDesign.Adding("again");

        TestDesign.AssertRefused(ErrorCodes.ActivationStale, await design.SubmitAsync(batch), retryable: true);
        await silo.WaitForDeactivationAsync(design.Grain).InTime();

        Assert.Equal(4, (await design.CommitAsync(batch)).Revision);
        Assert.Equal(["again", "mine", "theirs"], (await design.DocumentAsync()).Nodes.Select(node => node.Id).Order());
        Assert.Equal(TestDesign.Json((await design.ReplayAsync()).ToDocument()), TestDesign.Json(await design.DocumentAsync()));
    }

    private static async Task<List<long>> ReadRevisionsAsync(IAsyncEnumerator<DesignFeedItem> watch, long upTo)
    {
        var revisions = new List<long>();
        while (revisions.Count == 0 || revisions[^1] < upTo)
        {
            revisions.AddRange(Assert.IsType<DesignFeedItem.Changes>(await watch.NextAsync()).Items.Select(change => change.Revision));
        }

        return revisions;
    }
}
