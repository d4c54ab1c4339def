using System.Text.Json;
using Actors.Domain.Designs;
using Actors.Domain.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Domain.Tests.Designs;

/// <summary>What holds after any sequence of edits, undos, redos and reverts by people and a job.</summary>
public sealed class DesignProperties
{
    [Fact]
    public void The_document_stays_whole() => Check(3, (script, design) =>
    {
        foreach (var act in script)
        {
            act.Perform(design);
            DesignInvariants.Check(design.State);
        }
    });

    [Fact]
    public void Replaying_the_journal_from_any_snapshot_gives_the_same_state() => Check(3, (script, design) =>
    {
        List<string> snapshots = [DesignDriver.Json(design.State.ToSnapshot())];
        foreach (var act in script)
        {
            var revision = design.State.Revision;
            act.Perform(design);
            if (design.State.Revision > revision)
            {
                snapshots.Add(DesignDriver.Json(design.State.ToSnapshot()));
            }
        }

        Assert.Equal(snapshots[^1], DesignDriver.Json(design.Journal.Aggregate(DesignState.Initial, (state, happened) => state.Apply(happened)).ToSnapshot()));
        for (var from = 0; from < snapshots.Count; from += 1 + (snapshots.Count / 4))
        {
            var state = DesignState.FromSnapshot(JsonSerializer.Deserialize<DesignSnapshot>(snapshots[from], DomainJson.Options)!);
            Assert.Equal(snapshots[from], DesignDriver.Json(state.ToSnapshot()));
            Assert.Equal(snapshots[^1], DesignDriver.Json(design.Journal.Skip(from + 1).Aggregate(state, (before, happened) => before.Apply(happened)).ToSnapshot()));
        }
    });

    [Fact]
    public void Alone_undoing_all_restores_the_beginning_and_redoing_all_the_end() => Check(1, (script, design) =>
    {
        var beginning = design.Contents();
        foreach (var act in script.Where(act => act.Kind is not (ActKind.Undo or ActKind.Redo or ActKind.Revert)))
        {
            act.Perform(design);
        }

        var end = design.Contents();
        while (design.Undo(DesignDriver.Ann) is null)
        {
        }

        AssertSame(beginning, design.Contents());
        while (design.Redo(DesignDriver.Ann) is null)
        {
        }

        AssertSame(end, design.Contents());
    });

    [Fact]
    public void Undo_and_redo_never_touch_what_someone_else_set_last() => Check(2, (script, design) =>
    {
        var writers = new Writers();
        foreach (var act in script.Where(act => act.Kind != ActKind.Revert))
        {
            var revision = design.State.Revision;
            act.Perform(design, freshIds: true);
            if (design.State.Revision > revision)
            {
                writers.Follow(design.Last);
            }
        }
    });

    private static void AssertSame(JsonElement expected, JsonElement actual) =>
        Assert.True(JsonElement.DeepEquals(expected, actual), $"expected {expected}\nactual   {actual}");

    private static void Check(int authors, Action<IReadOnlyList<Act>, DesignDriver> property) =>
        Prop.ForAll(Act.Scripts(authors), script => property(script, new DesignDriver())).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(60));

    /// <summary>An independent account of whose each value is: writers by property, the last on top.</summary>
    private sealed class Writers
    {
        private readonly Dictionary<(string Id, string Field), Stack<Author>> _writers = [];

        public void Follow(BatchCommitted committed)
        {
            foreach (var set in committed.Operations.OfType<NodeSet>())
            {
                foreach (var member in set.Patch.EnumerateObject().Where(member => member.Name is "x" or "label"))
                {
                    var writers = Of(set.Id, member.Name);
                    switch (committed.Cause)
                    {
                        case BatchCause.Undo:
                            Assert.Equal(committed.Author, writers.Pop());
                            break;
                        default:
                            writers.Push(committed.Author);
                            break;
                    }
                }
            }
        }

        private Stack<Author> Of(string id, string field)
        {
            if (!_writers.TryGetValue((id, field), out var writers))
            {
                _writers[(id, field)] = writers = [];
            }

            return writers;
        }
    }
}
