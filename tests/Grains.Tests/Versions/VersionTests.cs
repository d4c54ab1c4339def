using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Domain.Lists;
using Actors.Domain.Versions;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Versions;
using Actors.Grains.Tests.Designs;
using Actors.Grains.Tests.Infrastructure;

namespace Actors.Grains.Tests.Versions;

public sealed class VersionTests
{
    private static readonly DesignCaller Viewer = TestDesign.Ann with { MayEdit = false };

    [Fact]
    public async Task A_version_is_listed_changed_and_deleted_and_survives_a_restart()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        await design.CommitAsync(TestDesign.Adding("a"));
        var version = await CreateAsync(silo, design.Id, "First", 2);
        Assert.Equal((VersionKind.Named, 2L, TestDesign.Ann.Author), (version.Kind, version.Revision, version.CreatedBy));
        await silo.RestartAsync();

        var changed = await Versions(silo, design.Id).Change(new VersionChange(TestDesign.Ann, version.Id, "Renamed", true, "What it was", null)).InTime();
        Assert.Equal(("Renamed", "What it was"), (changed.Version!.Name, changed.Version.Description));
        Assert.Equal(["Renamed"], (await ListAsync(silo, design.Id)).Select(item => item.Name));
        var stale = await Versions(silo, design.Id).Delete(new VersionDeletion(TestDesign.Ann, version.Id, version.UpdatedAt.UtcTicks)).InTime();
        Assert.Equal(ErrorCodes.PreconditionFailed, stale.Refusal?.Code);
        Assert.Null((await Versions(silo, design.Id).Delete(new VersionDeletion(TestDesign.Ann, version.Id, null)).InTime()).Refusal);
        Assert.Empty(await ListAsync(silo, design.Id));
        Assert.Equal(ErrorCodes.NotFound, (await Versions(silo, design.Id).Get(version.Id).InTime()).Refusal?.Code);
    }

    [Fact]
    public async Task Whoever_may_not_edit_is_refused_by_the_grain_as_well()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        Assert.Equal(ErrorCodes.Forbidden, (await Versions(silo, design.Id).Create(new NewVersion(Viewer, NewVersionId(), "V", null, 1)).InTime()).Refusal?.Code);
        TestDesign.AssertRefused(ErrorCodes.Forbidden, await design.Grain.Restore(Viewer, TestDesign.NewId(), 1).InTime(), retryable: false);
    }

    [Fact]
    public async Task Named_versions_have_a_limit_and_their_rules()
    {
        await using var silo = await TestSilo.StartAsync(("Designs:Versions:Named", "1"));
        var design = await TestDesign.CreateAsync(silo);
        Assert.Equal(ErrorCodes.ValidationFailed, (await Versions(silo, design.Id).Create(new NewVersion(TestDesign.Ann, NewVersionId(), " ", null, 1)).InTime()).Refusal?.Code);
        await CreateAsync(silo, design.Id, "Only", 1);
        Assert.Equal(ErrorCodes.LimitReached, (await Versions(silo, design.Id).Create(new NewVersion(TestDesign.Ann, NewVersionId(), "More", null, 1)).InTime()).Refusal?.Code);
    }

    [Fact]
    public async Task Activity_makes_automatic_checkpoints_of_which_a_bounded_number_is_kept()
    {
        await using var silo = await TestSilo.StartAsync(("Designs:Versions:CheckpointAfterChanges", "5"), ("Designs:Versions:Automatic", "3"));
        var design = await TestDesign.CreateAsync(silo);
        for (var i = 0; i < 40; i++)
        {
            await design.CommitAsync(TestDesign.Adding($"n{i}"));
        }

        await Wait.UntilAsync(async () => (await ListAsync(silo, design.Id)).Any(version => version.Revision == 40));
        var kept = await ListAsync(silo, design.Id);
        Assert.Equal(3, kept.Count);
        Assert.All(kept, version => Assert.Equal((VersionKind.Automatic, null, null), (version.Kind, version.Name, version.CreatedBy)));
        Assert.Contains(kept, version => version.Revision == 5);

        var named = await Versions(silo, design.Id).Change(new VersionChange(TestDesign.Ann, kept[0].Id, "Keep", false, null, null)).InTime();
        Assert.Equal(VersionKind.Named, named.Version!.Kind);
    }

    [Fact]
    public async Task Deleting_the_design_removes_its_versions_from_lists()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        await CreateAsync(silo, design.Id, "Gone", 1);
        Assert.Null(await design.Grain.Delete(TestDesign.Ann));
        await Wait.UntilAsync(async () => (await ListAsync(silo, design.Id)).Count == 0);
        Assert.Equal(ErrorCodes.Deleted, (await Versions(silo, design.Id).Create(new NewVersion(TestDesign.Ann, NewVersionId(), "Late", null, 1)).InTime()).Refusal?.Code);
    }

    [Fact]
    public async Task Restoring_is_a_change_like_any_other_committed_once_and_undone_at_once()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        await design.CommitAsync(TestDesign.Adding("a"));
        await design.CommitAsync(new Batch(TestDesign.NewId(), 0, [.. Enumerable.Range(0, 900).Select(i => TestDesign.Adding($"n{i}").Operations[0])]));
        await design.CommitAsync(new Batch(TestDesign.NewId(), 0, [.. Enumerable.Range(0, 900).Select(i => TestDesign.Adding($"m{i}").Operations[0])]));
        await design.CommitAsync(TestDesign.Patching("a", """{"x":50}"""));
        var batchId = TestDesign.NewId();

        var committed = Assert.IsType<SubmitResult.Committed>(await design.Grain.Restore(TestDesign.Ann, batchId, 2).InTime());
        Assert.Equal(6, committed.Revision);
        Assert.Equal(1_801, committed.Operations!.Value.Length);
        Assert.Equal(6, Assert.IsType<SubmitResult.Committed>(await design.Grain.Restore(TestDesign.Ann, batchId, 2).InTime()).Revision);
        Assert.Equal(["a"], (await design.DocumentAsync()).Nodes.Select(node => node.Id));
        Assert.Equal(6, Assert.IsType<SubmitResult.Committed>(await design.Grain.Restore(TestDesign.Ann, TestDesign.NewId(), 2).InTime()).Revision);

        Assert.IsType<SubmitResult.Committed>(await design.Grain.Undo(TestDesign.Ann));
        Assert.Equal(1_801, (await design.DocumentAsync()).Nodes.Length);
        await design.CheckAsync();
        await silo.RestartAsync();
        Assert.Equal(1_801, (await design.DocumentAsync()).Nodes.Length);
        TestDesign.AssertRefused(ErrorCodes.RevisionUnknown, await design.Grain.Restore(TestDesign.Ann, TestDesign.NewId(), 99).InTime(), retryable: false);
    }

    [Fact]
    public async Task Restoring_while_others_edit_gives_the_revisions_contents_at_the_moment_it_is_committed()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        await design.CommitAsync(TestDesign.Adding("a"));
        var edits = design.SubmitAll(Enumerable.Range(0, 50).Select(i => TestDesign.Adding($"n{i}")));
        var restored = Assert.IsType<SubmitResult.Committed>(await design.Grain.Restore(TestDesign.Ann, TestDesign.NewId(), 2).InTime());
        await Task.WhenAll(edits);
        var then = await design.ReplayAsync(restored.Revision);
        Assert.Equal(["a"], then.ToDocument().Nodes.Select(node => node.Id));
        await design.CheckAsync();
    }

    [Fact]
    public async Task History_groups_by_author_and_minute_and_pages_without_gap_or_repetition()
    {
        var clock = new ManualClock();
        await using var silo = await TestSilo.StartAsync(clock);
        var design = await TestDesign.CreateAsync(silo);
        var bob = TestDesign.Ann with { Author = new Author("acc_bob", AuthorKind.User) };
        for (var minute = 0; minute < 3; minute++)
        {
            for (var i = 0; i < 4; i++)
            {
                await design.CommitAsync(TestDesign.Adding($"a{minute}{i}"));
                Assert.IsType<SubmitResult.Committed>(await design.Grain.Submit(bob, TestDesign.Adding($"b{minute}{i}")).InTime());
            }

            clock.Advance(TimeSpan.FromMinutes(1));
        }

        var history = silo.Grains.GetGrain<IDesignHistoryGrain>(design.Id);
        var all = await history.GetHistory(25, null, 100).InTime();
        Assert.Null(all.Next);
        Assert.Equal(6, all.Items.Length);
        Assert.Equal(("acc_bob", 4, 19L, 25L), (all.Items[0].Author.Id, all.Items[0].Changes, all.Items[0].FromRevision, all.Items[0].ToRevision));
        Assert.Equal(4, all.Items[0].Operations["node.add"]);
        Assert.Equal(["b23", "b22", "b21", "b20"], all.Items[0].Nodes.AsEnumerable());
        Assert.Equal(25, all.Items.Sum(item => item.Changes));

        var paged = new List<HistoryEntry>();
        for (long? next = 25; next is { } newest;)
        {
            var page = await history.GetHistory(newest, null, 1).InTime();
            paged.AddRange(page.Items);
            next = page.Next;
        }

        Assert.Equal(25, paged.Sum(item => item.Changes));
        Assert.Equal(13, (await history.GetHistory(25, new ChangeFilter("acc_ann"), 100).InTime()).Items.Sum(item => item.Changes));
    }

    [Fact]
    public async Task Every_revision_of_a_long_history_is_read_right_from_cache_stored_documents_and_journal()
    {
        await using var silo = await TestSilo.StartAsync(("Designs:Versions:RevisionCacheBytes", "200000"));
        var design = await TestDesign.CreateAsync(silo);
        await Task.WhenAll(design.SubmitAll([TestDesign.Adding("a"), TestDesign.Adding("b"), .. Enumerable.Range(0, 1_300).Select(i => TestDesign.Patching(i % 2 == 0 ? "a" : "b", $$"""{"x":{{i}}}"""))]));
        var history = silo.Grains.GetGrain<IDesignHistoryGrain>(design.Id);
        long[] revisions = [1_303, 1, 700, 2, 1_024, 513, 1_100, 128, 3];
        var expected = new Dictionary<long, string>();
        foreach (var revision in revisions)
        {
            expected[revision] = TestDesign.Json((await design.ReplayAsync(revision)).ToDocument());
            Assert.Equal(expected[revision], TestDesign.Json(await history.GetDocument(revision).InTime()));
        }

        await silo.RestartAsync();
        foreach (var revision in revisions)
        {
            Assert.Equal(expected[revision], TestDesign.Json(await history.GetDocument(revision).InTime()));
        }

        Assert.Null(await history.GetDocument(1_304).InTime());
    }

    private static string NewVersionId() => $"ver_{Guid.NewGuid():N}"[..30];

    private static IDesignVersionsGrain Versions(TestSilo silo, string designId) => silo.Grains.GetGrain<IDesignVersionsGrain>(designId);

    private static async Task<DesignVersion> CreateAsync(TestSilo silo, string designId, string name, long revision)
    {
        var reply = await Versions(silo, designId).Create(new NewVersion(TestDesign.Ann, NewVersionId(), name, null, revision)).InTime();
        Assert.Null(reply.Refusal);
        return reply.Version!;
    }

    private static async Task<List<DesignVersion>> ListAsync(TestSilo silo, string designId) =>
        [.. (await Versions(silo, designId).List(new VersionListQuery(new ListRequest(100))).InTime()).Items];
}
