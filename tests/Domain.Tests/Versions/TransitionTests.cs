using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Designs;
using Actors.Domain.Json;
using Actors.Domain.Tests.Designs;
using Actors.Domain.Versions;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Domain.Tests.Versions;

/// <summary>The operations between two states of a design, as a design takes them and as a person would write them.</summary>
public sealed class TransitionTests
{
    private static readonly DesignLimits Wide = DesignLimits.Default with { OperationsPerBatch = 100_000 };

    [Fact]
    public void Applied_to_the_one_state_they_give_exactly_the_other() => Check((states, _) =>
    {
        var step = 1 + (states.Count / 4);
        for (var from = 0; from < states.Count; from += step)
        {
            for (var to = 0; to < states.Count; to += step)
            {
                AssertLeads(states[from], states[to]);
            }
        }
    });

    [Fact]
    public void Restoring_any_revision_gives_its_contents_and_undoing_that_gives_back_what_was() => Check((states, design) =>
    {
        foreach (var state in states.Where((_, index) => index % (1 + (states.Count / 5)) == 0))
        {
            var before = design.Contents();
            var target = state.ToDocument();
            var refusal = design.Send(new RestoreContents(target, Guid.NewGuid(), DesignDriver.Bob, DateTimeOffset.UnixEpoch));
            Assert.Null(refusal);
            AssertSame(Contents(target), Contents(design.State.ToDocument()));
            DesignInvariants.Check(design.State);
            if (!JsonElement.DeepEquals(before, design.Contents()))
            {
                Assert.Equal(BatchCause.Restore, design.Last.Cause);
                Assert.Equal(target.Revision, design.Last.Restored);
                Assert.Null(design.Undo(DesignDriver.Bob));
                AssertSame(before, design.Contents());
            }
        }
    });

    [Fact]
    public void Reading_on_from_a_document_gives_the_contents_that_the_whole_journal_gives() => Check((states, design) =>
    {
        for (var from = 0; from < states.Count; from += 1 + (states.Count / 4))
        {
            var state = design.Journal.Skip(from + 1).Aggregate(DesignState.FromDocument(states[from].ToDocument()), (before, happened) => before.Apply(happened));
            Assert.Equal(Json(states[^1].ToDocument()), Json(state.ToDocument()));
        }
    });

    [Fact]
    public void Nothing_differs_between_a_state_and_itself() => Check((states, _) =>
    {
        var comparison = Comparing.Compare(states[^1].ToDocument(), JsonSerializer.Deserialize<DesignDocument>(Json(states[^1].ToDocument()), DomainJson.Options)!);
        Assert.Empty(comparison.Operations);
        Assert.Equal(new ComparisonSummary(0, 0, 0, 0, 0, 0, 0, 0), comparison.Summary);
    });

    [Fact]
    public void What_differs_costs_one_operation_each()
    {
        var design = new DesignDriver();
        design.Submit(DesignDriver.Ann, DesignDriver.Add("a"), DesignDriver.Add("b", "a", "source"), DesignDriver.Add("c", type: "sink"), DesignDriver.Connect("l", "b", "c"), DesignDriver.Add("z"));
        var before = design.State.ToDocument();
        design.Submit(
            DesignDriver.Ann,
            DesignDriver.Set("c", """{"x":5}"""),
            DesignDriver.Set("c", """{"x":9,"props":{"color":"red"}}"""),
            new NodeRemove("a"),
            DesignDriver.Add("d", "z"),
            new DesignSet(DesignDriver.Parse("""{"name":"Other"}""")));

        var comparison = Comparing.Compare(before, design.State.ToDocument());

        Assert.Equal(
            ["DesignSet", "NodeRemove", "NodeSet", "NodeAdd"],
            comparison.Operations.Select(operation => operation.GetType().Name));
        Assert.Equal(new ComparisonSummary(1, 2, 1, 0, 1, 0, 1, 4), comparison.Summary);
        Assert.Equal(["x", "props/color"], Assert.Single(comparison.Nodes.Changed).Properties.Select(change => change.Path));
        Assert.Equal("name", Assert.Single(comparison.Design).Path);
        Assert.Equal("Other", comparison.Design[0].After!.Value.GetString());
    }

    [Fact]
    public void Siblings_that_move_up_by_one_cost_no_detour_and_those_that_change_places_cost_one()
    {
        var row = Enumerable.Range(0, 5_000).Select(i => (Id: $"n{i:0000}", Order: Key(i))).ToArray();
        var before = Document([.. row.Select(item => Box(item.Id, item.Order))]);
        var moved = Document([.. row.Select((item, i) => Box(item.Id, Key(i + 1)))]);
        Assert.Equal(5_000, Transition.Between(before, moved).Length);
        AssertLeads(before, moved);

        var swapped = Document([Box("n0001", Key(0)), Box("n0000", Key(1)), .. before.Nodes.Skip(2)]);
        Assert.Equal(3, Transition.Between(before, swapped).Length);
        AssertLeads(before, swapped);
    }

    [Fact]
    public void What_stays_survives_the_removal_of_what_it_stood_in()
    {
        var before = Document([Box("out", "a0"), Box("mid", "a0", "out"), Box("in", "a0", "mid"), Box("deep", "a0", "in")]);
        var after = Document([Box("deep", "a0"), Box("mid", "a0", "deep"), Box("new", "a1"), Box("in", "a5", "new")]);
        AssertLeads(before, after);
        AssertLeads(after, before);
    }

    [Fact]
    public void A_node_of_another_type_is_another_node_and_takes_its_connections_and_children_along()
    {
        var before = new DesignDriver();
        before.Submit(DesignDriver.Ann, DesignDriver.Add("a", type: "source"), DesignDriver.Add("b", type: "sink"), DesignDriver.Add("c", "a"), DesignDriver.Connect("l", "a", "b"));
        var after = new DesignDriver();
        after.Submit(
            DesignDriver.Ann, DesignDriver.Add("a", type: "source"), DesignDriver.Add("b", type: "source"), DesignDriver.Add("s", type: "sink"),
            DesignDriver.Add("c", "b"), DesignDriver.Connect("l", "a", "s"));
        AssertLeads(before.State.ToDocument(), after.State.ToDocument());
        AssertLeads(after.State.ToDocument(), before.State.ToDocument());
    }

    private static string Key(int index) => OrderKey.Sequence(null, null, index + 1)[^1];

    private static Node Box(string id, string order, string? parent = null) => new() { Id = id, Type = "box", Order = order, Parent = parent };

    private static DesignDocument Document(ImmutableArray<Node> nodes)
    {
        var decision = DesignState.Initial.Decide(DesignDriver.Create(nodes: nodes), TestCatalog.Instance, Wide);
        Assert.Null(decision.Refusal);
        return decision.Next!.ToDocument();
    }

    private static void AssertLeads(DesignState from, DesignState to) => AssertLeads(from.ToDocument(), to.ToDocument());

    /// <summary>A design with the one contents takes the operations as they are and then has the other.</summary>
    private static void AssertLeads(DesignDocument from, DesignDocument to)
    {
        var operations = Transition.Between(from, to);
        var state = DesignState.FromDocument(from);
        if (!operations.IsEmpty)
        {
            var decision = state.Decide(new SubmitBatch(new Batch(Guid.NewGuid(), 0, operations), DesignDriver.Bob, DateTimeOffset.UnixEpoch), TestCatalog.Instance, Wide);
            Assert.Null(decision.Refusal);
            var committed = (BatchCommitted)decision.Event!;
            Assert.False(committed.Rewritten);
            Assert.Empty(committed.Ignored);
            state = decision.Next!;
        }

        AssertSame(Contents(to), Contents(state.ToDocument()));
    }

    private static JsonElement Contents(DesignDocument document) =>
        JsonSerializer.SerializeToElement(document with { Revision = 0, UpdatedAt = default, CreatedAt = default }, DomainJson.Options);

    private static string Json(DesignDocument document) => JsonSerializer.Serialize(document, DomainJson.Options);

    private static void AssertSame(JsonElement expected, JsonElement actual) =>
        Assert.True(JsonElement.DeepEquals(expected, actual), $"expected {expected}\nactual   {actual}");

    /// <summary>The states that a script leads through, one for each revision, and the design at its end.</summary>
    private static void Check(Action<List<DesignState>, DesignDriver> property) => Prop.ForAll(Act.Scripts(3), script =>
    {
        var design = new DesignDriver();
        List<DesignState> states = [design.State];
        foreach (var act in script)
        {
            var revision = design.State.Revision;
            act.Perform(design);
            if (design.State.Revision > revision)
            {
                states.Add(design.State);
            }
        }

        property(states, design);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithEndSize(60));
}
