using Actors.Domain.Designs;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Tests.Infrastructure;

namespace Actors.Grains.Tests.Designs;

public sealed class HistoryTests
{
    [Fact]
    public async Task The_document_at_any_revision_is_what_replay_makes_of_the_journal()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        await design.CommitAsync(TestDesign.Adding("a"));
        await design.CommitAsync(TestDesign.Adding("b"));
        await design.CommitAsync(TestDesign.Patching("a", """{"x":50,"label":"moved"}"""));
        await design.CommitAsync(TestDesign.Removing("b"));
        Assert.IsType<SubmitResult.Committed>(await design.Grain.Undo(TestDesign.Ann));
        Assert.IsType<SubmitResult.Committed>(await design.Grain.Redo(TestDesign.Ann));
        var history = silo.Grains.GetGrain<IDesignHistoryGrain>(design.Id);

        for (var revision = 1; revision <= 7; revision++)
        {
            Assert.Equal(TestDesign.Json((await design.ReplayAsync(revision)).ToDocument()), TestDesign.Json(await history.GetDocument(revision)));
        }

        Assert.Null(await history.GetDocument(0));
        Assert.Null(await history.GetDocument(8));
        Assert.Equal(TestDesign.Json(await design.DocumentAsync()), TestDesign.Json(await history.GetDocument(7)));
    }

    [Fact]
    public async Task Changes_come_in_pages_that_join_without_gap()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        await Task.WhenAll(design.SubmitAll(Enumerable.Range(0, 30).Select(i => TestDesign.Adding($"n{i}"))));
        var history = silo.Grains.GetGrain<IDesignHistoryGrain>(design.Id);
        var all = new List<Change>();
        while (await history.GetChanges(all.Count == 0 ? 0 : all[^1].Revision, 7) is { IsEmpty: false } page)
        {
            Assert.True(page.Length <= 7);
            all.AddRange(page);
        }

        Assert.Equal(Enumerable.Range(1, 31).Select(revision => (long)revision), all.Select(change => change.Revision));
        Assert.IsType<DesignSet>(all[0].Operations[0]);
    }

    [Fact]
    public async Task The_history_of_a_deleted_design_can_still_be_read()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        await design.CommitAsync(TestDesign.Adding("a"));
        Assert.Null(await design.Grain.Delete(TestDesign.Ann));
        var history = silo.Grains.GetGrain<IDesignHistoryGrain>(design.Id);

        Assert.Equal(["a"], (await history.GetDocument(2))!.Nodes.Select(node => node.Id));
        Assert.Null(await history.GetDocument(3));
        Assert.Equal(2, (await history.GetChanges(0, 100)).Length);
    }
}
