using System.Text.Json;
using Actors.Domain.Designs;
using static Actors.Domain.Tests.Designs.DesignDriver;

namespace Actors.Domain.Tests.Designs;

public sealed class UndoTests
{
    [Fact]
    public void Undo_and_redo_go_by_author()
    {
        var design = new DesignDriver();
        design.Submit(Ann, Add("a"));
        design.Submit(Ann, Set("a", """{"x":10}"""));
        design.Submit(Bob, Set("a", """{"y":20}"""));
        Assert.Null(design.Undo(Ann));
        Assert.Equal((1d, 20d), At(design));
        Assert.Equal(BatchCause.Undo, design.Last.Cause);
        Assert.Null(design.Redo(Ann));
        Assert.Equal((10d, 20d), At(design));
        Assert.Null(design.Undo(Bob));
        Assert.Equal((10d, 2d), At(design));
    }

    [Fact]
    public void What_someone_else_set_since_stays()
    {
        var design = new DesignDriver();
        design.Submit(Bob, Add("a", props: """{"color":"red","size":1}"""));
        design.Submit(Ann, Set("a", """{"x":10,"y":11,"props":{"color":"blue","size":2}}"""));
        design.Submit(Bob, Set("a", """{"x":50,"props":{"size":3}}"""));
        Assert.Null(design.Undo(Ann));
        Assert.Equal((50d, 2d), At(design));
        Assert.Equal("""{"color":"red","size":3}""", design.State.FindNode("a")!.Props.GetRawText());
    }

    [Fact]
    public void A_batch_of_which_nothing_is_left_is_skipped()
    {
        var design = new DesignDriver();
        design.Submit(Bob, Add("a"));
        design.Submit(Ann, Set("a", """{"y":5}"""));
        design.Submit(Ann, Set("a", """{"x":10}"""));
        design.Submit(Bob, Set("a", """{"x":50}"""));
        Assert.Null(design.Undo(Ann));
        Assert.Equal((50d, 2d), At(design));
        Assert.Equal(2, design.Last.TakenBack!.Entries);
        Assert.Equal(ErrorCodes.NothingToUndo, design.Undo(Ann)?.Code);
    }

    [Fact]
    public void A_node_that_others_changed_filled_or_connected_stays()
    {
        foreach (var touch in new Operation[] { Set("s", """{"x":9}"""), Add("in", "s"), Connect("c", "s", "t") })
        {
            var design = new DesignDriver();
            design.Submit(Bob, Add("t", type: "sink"));
            design.Submit(Ann, Add("s", type: "source"));
            design.Submit(Bob, touch);
            Assert.Equal(ErrorCodes.NothingToUndo, design.Undo(Ann)?.Code);
            Assert.NotNull(design.State.FindNode("s"));
        }
    }

    [Fact]
    public void Removed_nodes_come_back_whole_and_still_tell_who_wrote_what()
    {
        var design = new DesignDriver();
        design.Submit(Bob, Add("p"), Add("s", "p", "source"), Add("t", type: "sink"), Connect("c", "s", "t"));
        design.Submit(Ann, Set("s", """{"x":7}"""));
        var before = design.Contents();
        design.Submit(Ann, new NodeRemove("p"));
        Assert.Null(design.Undo(Ann));
        AssertSame(before, design.Contents());
        Assert.Equal(2, design.State.LastRevisionOf("s", "y"));
        Assert.Null(design.Undo(Ann));
        Assert.Equal(1, design.State.FindNode("s")!.X);
        Assert.Null(design.Redo(Ann));
        Assert.Null(design.Redo(Ann));
        Assert.Null(design.State.FindNode("p"));
    }

    [Fact]
    public void What_has_lost_its_parent_or_its_ends_is_left_out()
    {
        var design = new DesignDriver();
        design.Submit(Bob, Add("p"), Add("s", "p", "source"), Add("t", type: "sink"), Connect("c", "s", "t"));
        design.Submit(Ann, new NodeRemove("s"), new NodeRemove("t"));
        design.Submit(Bob, new NodeRemove("p"));
        Assert.Null(design.Undo(Ann));
        Assert.Equal((1, 0), (design.State.NodeCount, design.State.ConnectionCount));
        Assert.NotNull(design.State.FindNode("t"));
    }

    [Fact]
    public void A_new_edit_clears_what_could_be_repeated()
    {
        var design = new DesignDriver();
        design.Submit(Ann, Add("a"));
        design.Submit(Ann, Set("a", """{"x":10}"""));
        design.Undo(Ann);
        design.Submit(Ann, Set("a", """{"y":1}"""));
        Assert.Equal(ErrorCodes.NothingToRedo, design.Redo(Ann)?.Code);
    }

    [Fact]
    public void A_property_that_replaced_another_shape_is_restored_with_it()
    {
        var design = new DesignDriver();
        design.Submit(Ann, Add("a", props: """{"style":{"w":1,"h":{"k":[null]}}}"""));
        var before = design.Contents();
        design.Submit(Ann, Set("a", """{"props":{"style":5,"extra":{"deep":{"er":1}}}}"""));
        design.Submit(Ann, Set("a", """{"props":{"style":{"z":1}}}"""));
        design.Undo(Ann);
        design.Undo(Ann);
        AssertSame(before, design.Contents());
    }

    [Fact]
    public void Of_an_object_that_two_filled_each_takes_back_their_own()
    {
        var design = new DesignDriver();
        design.Submit(Bob, Add("a"));
        design.Submit(Ann, Set("a", """{"props":{"style":{"w":1}}}"""));
        design.Submit(Bob, Set("a", """{"props":{"style":{"h":2}}}"""));
        Assert.Null(design.Undo(Ann));
        Assert.Equal("""{"style":{"h":2}}""", design.State.FindNode("a")!.Props.GetRawText());
    }

    [Fact]
    public void A_job_is_reverted_as_a_whole_and_the_revert_can_be_undone()
    {
        var design = new DesignDriver();
        design.Submit(Ann, Add("a"));
        var before = design.Contents();
        design.Submit(Robot, Set("a", """{"x":10}"""));
        design.Submit(Robot, Add("b", "a"), Add("c", "b"));
        design.Submit(Robot, new NodeRemove("c"), Set("a", """{"x":11,"label":"Robot"}"""));
        var after = design.Contents();
        Assert.Null(design.Revert(Bob, "job_1"));
        Assert.Equal(BatchCause.Revert, design.Last.Cause);
        AssertSame(before, design.Contents());
        Assert.Equal(ErrorCodes.NothingToUndo, design.Revert(Bob, "job_1")?.Code);
        Assert.Null(design.Undo(Bob));
        AssertSame(after, design.Contents());
    }

    [Fact]
    public void A_revert_leaves_what_people_set_since()
    {
        var design = new DesignDriver();
        design.Submit(Ann, Add("a"));
        design.Submit(Robot, Set("a", """{"x":10,"y":10}"""), Add("b"));
        design.Submit(Ann, Set("a", """{"x":77}"""), Set("b", """{"label":"mine now"}"""));
        Assert.Null(design.Revert(Ann, "job_1"));
        Assert.Equal((77d, 2d), At(design));
        Assert.NotNull(design.State.FindNode("b"));
    }

    [Fact]
    public void At_least_the_promised_number_of_batches_can_be_taken_back()
    {
        var design = new DesignDriver();
        design.Submit(Bob, Add("a"));
        for (var i = 0; i < 250; i++)
        {
            design.Submit(Ann, Set("a", $$"""{"x":{{1_000 + i}}}"""));
        }

        var undone = 0;
        while (design.Undo(Ann) is null)
        {
            undone++;
        }

        Assert.InRange(undone, DesignRetention.UndoDepth, 2 * DesignRetention.UndoDepth);
    }

    private static void AssertSame(JsonElement expected, JsonElement actual) =>
        Assert.True(JsonElement.DeepEquals(expected, actual), $"expected {expected}\nactual   {actual}");

    private static (double X, double Y) At(DesignDriver design) => (design.State.FindNode("a")!.X, design.State.FindNode("a")!.Y);
}
