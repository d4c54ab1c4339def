using Actors.Domain.Designs;
using static Actors.Domain.Tests.Designs.DesignDriver;

namespace Actors.Domain.Tests.Designs;

public sealed class SubmitTests
{
    [Fact]
    public void A_set_changes_only_what_its_patch_names()
    {
        var design = new DesignDriver();
        design.Submit(Ann, Add("a", props: """{"color":"red","style":{"w":1}}"""));
        Assert.Null(design.Submit(Bob, Set("a", """{"x":10.5,"props":{"style":{"h":2}},"label":"Box"}""")));
        var node = design.State.FindNode("a")!;
        Assert.Equal((10.5, 2d, "Box"), (node.X, node.Y, node.Label));
        Assert.Equal("""{"color":"red","style":{"w":1,"h":2}}""", node.Props.GetRawText());
    }

    [Theory]
    [InlineData("""{"x":"1"}""", ErrorCodes.PropertyInvalid)]
    [InlineData("""{"x":null}""", ErrorCodes.PropertyInvalid)]
    [InlineData("""{"y":1e999}""", ErrorCodes.PropertyInvalid)]
    [InlineData("""{"width":-1}""", ErrorCodes.PropertyInvalid)]
    [InlineData("""{"order":"b0"}""", ErrorCodes.PropertyInvalid)]
    [InlineData("""{"props":{"size":-1}}""", ErrorCodes.PropertyInvalid)]
    [InlineData("""{"props":3}""", ErrorCodes.PropertyInvalid)]
    [InlineData("""{"colour":"red"}""", ErrorCodes.FieldUnknown)]
    [InlineData("""{"id":"b"}""", ErrorCodes.FieldImmutable)]
    [InlineData("""{"type":"sink"}""", ErrorCodes.FieldImmutable)]
    [InlineData("""{"parent":"nowhere"}""", ErrorCodes.ParentUnknown)]
    [InlineData("""{"parent":"a"}""", ErrorCodes.HierarchyCycle)]
    [InlineData("""{"parent":"inner"}""", ErrorCodes.HierarchyCycle)]
    public void A_set_that_breaks_a_rule_refuses_the_whole_batch(string patch, string code)
    {
        var design = new DesignDriver();
        design.Submit(Ann, Add("a"), Add("inner", "a"));
        var refusal = design.Submit(Ann, Set("a", """{"x":7}"""), Set("a", patch));
        Assert.Equal((code, 1), (refusal?.Code, refusal?.Index));
        Assert.Equal(1, design.State.FindNode("a")!.X);
    }

    [Fact]
    public void A_node_must_be_of_a_type_that_the_kind_of_design_has()
    {
        var design = new DesignDriver();
        Assert.Equal(ErrorCodes.TypeUnknown, design.Submit(Ann, Add("a", type: "nothing"))?.Code);
        Assert.Equal(ErrorCodes.TypeUnknown, design.Submit(Ann, Add("a", type: "drawing"))?.Code);
        Assert.Null(new DesignDriver(kind: DesignKind.Wireframe).Submit(Ann, Add("a", type: "drawing")));
    }

    [Fact]
    public void Removing_a_node_removes_its_descendants_and_its_connections()
    {
        var design = new DesignDriver();
        design.Submit(Ann, Add("a"), Add("s", "a", "source"), Add("t", type: "sink"), Connect("c", "s", "t"));
        Assert.Null(design.Submit(Bob, new NodeRemove("a")));
        Assert.Equal((1, 0), (design.State.NodeCount, design.State.ConnectionCount));
    }

    [Theory]
    [InlineData("nope", "in", ErrorCodes.PortUnknown)]
    [InlineData("out", "nope", ErrorCodes.PortUnknown)]
    [InlineData("count", "in", ErrorCodes.PortMismatch)]
    [InlineData("count", "any", null)]
    [InlineData("out", "in", null)]
    public void A_connection_needs_ports_that_exist_and_fit(string from, string to, string? code)
    {
        var design = new DesignDriver();
        design.Submit(Ann, Add("s", type: "source"), Add("t", type: "sink"));
        Assert.Equal(code, design.Submit(Ann, Connect("c", "s", "t", from, to))?.Code);
    }

    [Fact]
    public void What_needs_a_node_that_never_was_is_refused()
    {
        var design = new DesignDriver();
        design.Submit(Ann, Add("s", type: "source"));
        Assert.Equal(ErrorCodes.ConnectionDangling, design.Submit(Ann, Connect("c", "s", "ghost"))?.Code);
        Assert.Equal(ErrorCodes.ParentUnknown, design.Submit(Ann, Add("a", "ghost"))?.Code);
    }

    [Fact]
    public void What_a_concurrent_edit_removed_is_ignored_and_reported()
    {
        var design = new DesignDriver();
        design.Submit(Ann, Add("s", type: "source"), Add("t", type: "sink"));
        design.Submit(Bob, new NodeRemove("t"));
        Assert.Null(design.Submit(Ann, Connect("c", "s", "t"), Set("s", """{"x":5}"""), Add("in", "t"), Set("t", """{"x":1}"""), new ConnectionRemove("c")));
        Assert.Equal([0, 2, 3, 4], design.Last.Ignored.ToArray());
        Assert.Single(design.Last.Operations);
        Assert.False(design.Last.Rewritten);
        Assert.Equal(5, design.State.FindNode("s")!.X);
    }

    [Fact]
    public void What_was_to_be_built_on_an_ignored_node_is_ignored_too_in_the_same_batch_later_and_after_a_replay()
    {
        var design = new DesignDriver();
        design.Submit(Ann, Add("t", type: "sink"), Add("s", type: "source"));
        design.Submit(Bob, new NodeRemove("t"));
        Assert.Null(design.Submit(Ann, Add("child", "t", "source"), Add("grandchild", "child")));
        Assert.Equal([0, 1], design.Last.Ignored.ToArray());
        Assert.Null(design.Submit(Ann, Add("late", "grandchild"), Connect("c", "child", "s"), Set("s", """{"x":5}""")));
        Assert.Equal([0, 1], design.Last.Ignored.ToArray());
        Assert.Equal(5, design.State.FindNode("s")!.X);

        var stored = DesignState.FromSnapshot(design.State.ToSnapshot());
        Assert.True(stored.Decide(new SubmitBatch(new Batch(Guid.NewGuid(), 0, [Add("later", "late")]), Ann, default), TestCatalog.Instance, DesignLimits.Default).Event is not null);
        Assert.Equal(ErrorCodes.ParentUnknown, design.Submit(Ann, Add("a", "never"))?.Code);
    }

    [Fact]
    public void A_clashing_id_is_renamed_and_later_operations_follow()
    {
        var design = new DesignDriver();
        design.Submit(Ann, Add("s", type: "source"), Add("t", type: "sink"));
        design.Submit(Bob, Add("s", type: "source"), Set("s", """{"x":9}"""), Connect("c", "s", "t"), Add("in", "s"), Set("t", """{"parent":"s"}"""));
        Assert.True(design.Last.Rewritten);
        Assert.Equal((1d, 9d), (design.State.FindNode("s")!.X, design.State.FindNode("s-2")!.X));
        Assert.Equal("s-2", design.State.FindConnection("c")!.From.Node);
        Assert.Equal(("s-2", "s-2"), (design.State.FindNode("in")!.Parent, design.State.FindNode("t")!.Parent));
        design.Submit(Bob, Add("s"));
        Assert.NotNull(design.State.FindNode("s-3"));
    }

    [Fact]
    public void A_missing_order_goes_last_and_a_taken_one_just_after()
    {
        var design = new DesignDriver();
        design.Submit(Ann, Add("a", order: "a0"), Add("b", order: "a1"));
        Assert.False(design.Last.Rewritten);
        design.Submit(Ann, Add("last"), Add("between", order: "a0"));
        Assert.True(design.Last.Rewritten);
        design.Submit(Bob, Set("last", """{"order":"a0"}"""));
        Assert.Equal(["a", "last", "between", "b"], design.State.ToDocument().Nodes.Select(node => node.Id));
    }

    [Fact]
    public void A_node_that_moves_to_another_parent_gets_a_free_order()
    {
        var design = new DesignDriver();
        design.Submit(Ann, Add("p"), Add("in", "p", order: "a0"), Add("b", order: "a0V"), Add("c", order: "a1"));
        design.Submit(Ann, Set("in", """{"parent":null,"order":"a1"}"""));
        Assert.True(design.Last.Rewritten);
        Assert.Equal("in", design.State.ToDocument().Nodes[^1].Id);
    }

    [Fact]
    public void Limits_name_themselves()
    {
        var limits = new DesignLimits { Nodes = 3, Connections = 1, HierarchyDepth = 2, OperationsPerBatch = 4, NameLength = 5, PropertyBytes = 20, PropertyDepth = 2, IdentifierLength = 4 };
        var design = new DesignDriver(limits);
        design.Submit(Ann, Add("s", type: "source"), Add("t", type: "sink"), Connect("c", "s", "t"));
        Check("connections: at most 1", Connect("d", "s", "t"));
        Check("nodes: at most 3", Add("x"), Add("y"));
        Check("hierarchyDepth: at most 2", Add("x", "s"), Set("s", """{"parent":"t"}"""));
        Check("nameLength", Set("s", """{"label":"longer"}"""));
        Check("propertyBytes", Set("s", """{"props":{"color":"0123456789012345"}}"""));
        Check("propertyDepth", Set("s", """{"props":{"a":{"b":{}}}}"""));
        Check("identifierLength: at most 4", Add("12345"));
        Check("operationsPerBatch: at most 4", [.. Enumerable.Repeat(Set("s", "{}"), 5)]);
        Assert.Equal(ErrorCodes.BatchEmpty, design.Submit(Ann)?.Code);

        void Check(string detail, params Operation[] operations)
        {
            var refusal = design.Submit(Ann, operations);
            Assert.Equal(ErrorCodes.LimitReached, refusal?.Code);
            Assert.StartsWith(detail, refusal!.Detail);
        }
    }

    [Fact]
    public void A_duplicate_batch_changes_nothing_and_is_answered_as_the_first_time()
    {
        var design = new DesignDriver();
        var batch = new Batch(Guid.NewGuid(), 0, [Add("a"), new NodeRemove("ghost")]);
        design.Send(new SubmitBatch(batch, Ann, default));
        var answer = design.State.FindRecent(batch.BatchId);
        design.Send(new SubmitBatch(batch, Ann, default));
        Assert.Equal(2, design.State.Revision);
        Assert.Same(answer, design.State.FindRecent(batch.BatchId));
        Assert.Equal([1], Assert.IsType<SubmitResult.Committed>(answer).Ignored.ToArray());
        Assert.Null(design.State.FindRecent(Guid.NewGuid()));
    }

    [Fact]
    public void Design_fields_are_set_and_checked()
    {
        var design = new DesignDriver();
        Assert.Null(design.Submit(Ann, new DesignSet(Parse("""{"name":"New","description":"d","settings":{"grid":8}}"""))));
        Assert.Equal(("New", "d", "{\"grid\":8}"), (design.State.Name, design.State.Description, design.State.Settings?.GetRawText()));
        Assert.Equal(ErrorCodes.PropertyInvalid, design.Submit(Ann, new DesignSet(Parse("""{"name":null}""")))?.Code);
        Assert.Equal(ErrorCodes.FieldUnknown, design.Submit(Ann, new DesignSet(Parse("""{"kind":"process"}""")))?.Code);
    }

    [Fact]
    public void A_connection_can_be_moved_to_other_ends()
    {
        var design = new DesignDriver();
        design.Submit(Ann, Add("s", type: "source"), Add("t", type: "sink"), Connect("c", "s", "t"));
        Assert.Null(design.Submit(Ann, new ConnectionSet("c", Parse("""{"to":{"port":"any"},"props":{"k":1}}"""))));
        Assert.Equal(new Endpoint("t", "any"), design.State.FindConnection("c")!.To);
        Assert.Equal(ErrorCodes.PortUnknown, design.Submit(Ann, new ConnectionSet("c", Parse("""{"to":{"port":"no"}}""")))?.Code);
        Assert.Equal(ErrorCodes.FieldImmutable, design.Submit(Ann, new ConnectionSet("c", Parse("""{"id":"d"}""")))?.Code);
        Assert.Equal(ErrorCodes.ConnectionDangling, design.Submit(Ann, new ConnectionSet("c", Parse("""{"to":{"node":"no"}}""")))?.Code);
    }

    [Fact]
    public void A_design_is_created_with_contents_in_any_order()
    {
        var child = Add("child", "parent").Node;
        var parent = Add("parent", type: "source").Node;
        var created = DesignState.Initial.Decide(Create(nodes: [child, parent], connections: [Connect("c", "parent", "parent").Connection]), TestCatalog.Instance, DesignLimits.Default);
        Assert.Equal(ErrorCodes.PortUnknown, created.Refusal?.Code);
        created = DesignState.Initial.Decide(Create(nodes: [child, parent]), TestCatalog.Instance, DesignLimits.Default);
        Assert.Equal(["parent", "child"], created.Next!.ToDocument().Nodes.Select(node => node.Id));
        Assert.Equal(ErrorCodes.ImportInvalid, DesignState.Initial.Decide(Create(nodes: [parent, parent]), TestCatalog.Instance, DesignLimits.Default).Refusal?.Code);
        Assert.Equal(ErrorCodes.ParentUnknown, DesignState.Initial.Decide(Create(nodes: [child]), TestCatalog.Instance, DesignLimits.Default).Refusal?.Code);
    }

    [Fact]
    public void A_deleted_design_answers_so()
    {
        var design = new DesignDriver();
        Assert.Null(design.Send(new DeleteDesign(Ann, default)));
        Assert.True(design.State.Deleted);
        Assert.Null(design.Send(new DeleteDesign(Ann, default)));
        Assert.Equal(2, design.State.Revision);
        Assert.Equal(ErrorCodes.Deleted, design.Submit(Ann, Add("a"))?.Code);
        Assert.Equal(ErrorCodes.NotFound, DesignState.Initial.Decide(new DeleteDesign(Ann, default), TestCatalog.Instance, DesignLimits.Default).Refusal?.Code);
    }

    [Fact]
    public void The_last_revision_of_a_path_is_told_for_the_path_and_what_is_below()
    {
        var design = new DesignDriver();
        design.Submit(Ann, Add("a", props: """{"style":{"w":1}}"""));
        design.Submit(Ann, Set("a", """{"x":3}"""));
        design.Submit(Ann, Set("a", """{"props":{"style":{"h":1}}}"""));
        Assert.Equal((3L, 2L, 4L, 4L, 2L), (At("x"), At("y"), At("props/style"), At("props"), At("props/style/w")));
        Assert.Null(design.State.LastRevisionOf("ghost", "x"));

        long At(string path) => design.State.LastRevisionOf("a", path)!.Value;
    }
}
