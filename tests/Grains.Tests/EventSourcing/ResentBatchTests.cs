using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Grains.Tests.Designs;
using Actors.Grains.Tests.Infrastructure;

namespace Actors.Grains.Tests.EventSourcing;

/// <summary>A batch is stored once, however often and however late it is sent, and always answered alike.</summary>
public sealed class ResentBatchTests
{
    [Fact]
    public async Task A_batch_sent_many_times_at_once_is_stored_once()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        var batch = TestDesign.Adding("n");

        await TestDesign.AssertCommittedAsync(Enumerable.Repeat(2L, 20), design.SubmitAll(Enumerable.Repeat(batch, 20)));

        Assert.Equal(2, (await design.CheckAsync()).Count);
    }

    [Fact]
    public async Task A_batch_sent_again_later_or_to_another_activation_or_after_a_restart_is_answered_as_the_first_time()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        await design.CommitAsync(TestDesign.Adding("n"));
        var batch = TestDesign.Adding("n");
        var first = await design.CommitAsync(batch);
        Assert.NotNull(first.Operations);
        await design.CommitAsync(TestDesign.Adding("o"));

        Assert.Equal(TestDesign.Json(first), TestDesign.Json(await design.CommitAsync(batch)));
        await silo.DeactivateAsync(design.Grain);
        Assert.Equal(TestDesign.Json(first), TestDesign.Json(await design.CommitAsync(batch)));
        await silo.RestartAsync();
        Assert.Equal(TestDesign.Json(first), TestDesign.Json(await design.CommitAsync(batch)));
        Assert.Equal(4, (await design.CheckAsync()).Count);
    }

    [Fact]
    public async Task A_batch_that_memory_has_forgotten_is_found_in_the_journal()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        var forgotten = TestDesign.Adding("n");
        var first = await design.CommitAsync(forgotten);
        await Task.WhenAll(design.SubmitAll(Enumerable.Range(0, 650).Select(i => TestDesign.Adding($"m{i}"))));

        Assert.Equal(TestDesign.Json(first), TestDesign.Json(await design.CommitAsync(forgotten)));
        Assert.Equal(653, (await design.CommitAsync(TestDesign.Adding("o"))).Revision);
        await silo.DeactivateAsync(design.Grain);
        Assert.Equal(TestDesign.Json(first), TestDesign.Json(await design.CommitAsync(forgotten)));
        await design.CheckAsync();
    }

    [Fact]
    public async Task A_forgotten_batch_in_the_middle_of_new_ones_delays_none_of_them()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        var forgotten = TestDesign.Adding("n");
        await design.CommitAsync(forgotten);
        await Task.WhenAll(design.SubmitAll(Enumerable.Range(0, 650).Select(i => TestDesign.Adding($"m{i}"))));

        var results = design.SubmitAll([TestDesign.Adding("a"), TestDesign.Adding("b"), forgotten, TestDesign.Adding("c"), TestDesign.Adding("d")]);

        await TestDesign.AssertCommittedAsync([653, 654, 2, 655, 656], results);
        await design.CheckAsync();
    }

    [Fact]
    public async Task A_forgotten_batch_is_not_refused_by_what_happened_since()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        await design.CommitAsync(TestDesign.Adding("parent"));
        var forgotten = new Batch(TestDesign.NewId(), 0, [new NodeAdd(new Node { Id = "child", Type = "shape.rectangle", Parent = "parent" })]);
        var first = Assert.IsType<SubmitResult.Committed>(await design.Grain.SubmitAt(TestDesign.Ann, forgotten, 2));
        await design.CommitAsync(TestDesign.Removing("parent"));
        await Task.WhenAll(design.SubmitAll(Enumerable.Range(0, 650).Select(i => TestDesign.Adding($"m{i}"))));

        Assert.Equal(TestDesign.Json(first), TestDesign.Json(Assert.IsType<SubmitResult.Committed>(await design.Grain.SubmitAt(TestDesign.Ann, forgotten, 2))));
        Assert.Null(await design.Grain.Delete(TestDesign.Ann));
        Assert.Equal(TestDesign.Json(first), TestDesign.Json(await design.CommitAsync(forgotten)));
        TestDesign.AssertRefused(ErrorCodes.Deleted, await design.SubmitAsync(TestDesign.Adding("late")), retryable: false);
    }

    [Fact]
    public async Task A_batch_that_no_storage_can_hold_is_refused_and_stops_nobody()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);

        TestDesign.AssertRefused(ErrorCodes.ValidationFailed, await design.SubmitAsync(TestDesign.Adding("n", Guid.Empty)), retryable: false);

        Assert.Equal(2, (await design.CommitAsync(TestDesign.Adding("m"))).Revision);
        await design.CheckAsync();
    }
}
