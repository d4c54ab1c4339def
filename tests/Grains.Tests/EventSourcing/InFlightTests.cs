using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Grains.Tests.Designs;
using Actors.Grains.Tests.Infrastructure;

namespace Actors.Grains.Tests.EventSourcing;

/// <summary>Many commands of one grain are on their way into the journal at once.</summary>
public sealed class InFlightTests
{
    [Fact]
    public async Task Many_batches_in_flight_are_answered_with_contiguous_revisions_in_their_order()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        silo.Journal.Hold();
        var sent = Enumerable.Range(0, 300).Select(i => TestDesign.Adding($"n{i}")).ToArray();
        var results = await design.SubmitHeldAsync(sent);

        Assert.All(results, result => Assert.False(result.IsCompleted));
        Assert.Equal(1, (await design.DocumentAsync()).Revision);
        silo.Journal.Release();

        await TestDesign.AssertCommittedAsync(Enumerable.Range(2, 300).Select(revision => (long)revision), results);
        var entries = await design.CheckAsync();
        Assert.Equal(sent.Select(batch => batch.BatchId), entries.Skip(1).Select(entry => entry.BatchId));
    }

    [Fact]
    public async Task What_is_not_stored_is_seen_by_nobody_but_decided_on()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        silo.Journal.Hold();
        var results = await design.SubmitHeldAsync(TestDesign.Adding("n"), TestDesign.Patching("n", """{"x":5}"""));

        Assert.Null(await design.Grain.GetPart("n"));
        Assert.Empty((await design.DocumentAsync()).Nodes);
        silo.Journal.Release();

        await TestDesign.AssertCommittedAsync([2, 3], results);
        Assert.Equal(5, (await design.Grain.GetPart("n"))!.Node!.X);
    }

    [Fact]
    public async Task More_commands_in_flight_than_allowed_are_refused_as_overloaded()
    {
        await using var silo = await TestSilo.StartAsync(("EventSourcing:MaximumInFlight", "4"));
        var design = await TestDesign.CreateAsync(silo);
        silo.Journal.Hold();
        var results = await design.SubmitHeldAsync([.. Enumerable.Range(0, 4).Select(i => TestDesign.Adding($"n{i}"))]);

        var surplus = TestDesign.Adding("n5");
        TestDesign.AssertRefused(ErrorCodes.Overloaded, await design.SubmitAsync(surplus), retryable: true);
        silo.Journal.Release();

        await TestDesign.AssertCommittedAsync([2, 3, 4, 5], results);
        Assert.Equal(6, (await design.CommitAsync(surplus)).Revision);
        await design.CheckAsync();
    }

    [Fact]
    public async Task A_refusal_waits_for_the_changes_that_it_was_decided_on()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        await design.CommitAsync(TestDesign.Adding("n"));
        silo.Journal.Hold();
        var removal = Assert.Single(await design.SubmitHeldAsync(TestDesign.Removing("n")));
        var refused = design.SubmitAsync(new Batch(TestDesign.NewId(), 0, [new NodeAdd(new Node { Id = "m", Type = "shape.rectangle", Parent = "nowhere" })]));
        await design.DocumentAsync();

        Assert.False(refused.IsCompleted);
        silo.Journal.Release();

        Assert.IsType<SubmitResult.Committed>(await removal);
        TestDesign.AssertRefused(ErrorCodes.ParentUnknown, await refused, retryable: false);
    }

    [Fact]
    public async Task A_refusal_that_followed_from_a_change_that_was_lost_is_decided_again()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        var revision = (await design.CommitAsync(TestDesign.Adding("n"))).Revision;
        silo.Journal.Hold();
        silo.Journal.Next.Enqueue(Fault.Lost);
        var lost = Assert.Single(await design.SubmitHeldAsync(TestDesign.Adding("m")));
        var conditional = design.Grain.SubmitAt(TestDesign.Ann, TestDesign.Patching("n", """{"x":7}"""), revision);
        await design.DocumentAsync();
        silo.Journal.Release();

        TestDesign.AssertRefused(ErrorCodes.StorageUnavailable, await lost, retryable: true);
        Assert.Equal(revision + 1, Assert.IsType<SubmitResult.Committed>(await conditional.InTime()).Revision);
        await design.CheckAsync();
    }

    [Fact]
    public async Task A_precondition_is_held_against_stored_changes_only()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        var first = TestDesign.Adding("n");
        Assert.IsType<SubmitResult.Committed>(await design.Grain.SubmitAt(TestDesign.Ann, first, 1));
        TestDesign.AssertRefused(ErrorCodes.PreconditionFailed, await design.Grain.SubmitAt(TestDesign.Ann, TestDesign.Adding("m"), 1), retryable: false);
        silo.Journal.Next.Enqueue(Fault.Lost);
        TestDesign.AssertRefused(ErrorCodes.StorageUnavailable, await design.SubmitAsync(TestDesign.Adding("m")), retryable: true);

        Assert.Equal(3, Assert.IsType<SubmitResult.Committed>(await design.Grain.SubmitAt(TestDesign.Ann, TestDesign.Adding("o"), 2)).Revision);
        Assert.Equal(2, Assert.IsType<SubmitResult.Committed>(await design.Grain.SubmitAt(TestDesign.Ann, first, 1)).Revision);
    }
}
