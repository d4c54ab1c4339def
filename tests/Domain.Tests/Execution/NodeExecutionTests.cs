using System.Text.Json;
using Actors.Domain.Execution;
using Actors.Domain.Tests.Designs;
using static Actors.Domain.Tests.Designs.DesignDriver;

namespace Actors.Domain.Tests.Execution;

public sealed class NodeExecutionTests
{
    [Fact]
    [Spec("BI-08")]
    public void Settings_are_read_as_they_are_written()
    {
        var execution = NodeExecution.Read(JsonElement.Parse(
            """{"retry":{"attempts":5,"backoffMilliseconds":20},"timeoutMilliseconds":900,"idleTimeoutMilliseconds":80,"parallelism":4,"onError":"port","inDoubt":"ask"}"""));

        Assert.Equal(
            new NodeExecution(5, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(900), TimeSpan.FromMilliseconds(80), 4, OnError.Port, InDoubt.Ask),
            execution);
        Assert.Equal(NodeExecution.Default, NodeExecution.Read(null));
    }

    [Theory]
    [InlineData("""{"retry":{"attempts":0}}""", "execution.retry.attempts")]
    [InlineData("""{"retry":3}""", "execution.retry")]
    [InlineData("""{"timeoutMilliseconds":0}""", "execution.timeoutMilliseconds")]
    [InlineData("""{"parallelism":1.5}""", "execution.parallelism")]
    [InlineData("""{"onError":"explode"}""", "execution.onError")]
    [InlineData("""{"attempts":3}""", "execution.attempts")]
    [InlineData("""{"fanOut":["out"]}""", "execution.fanOut")]
    [InlineData("""{"fanOut":{"out":"split"}}""", "execution.fanOut.out")]
    public void Settings_that_break_a_rule_refuse_the_operation_and_name_the_field(string execution, string field)
    {
        var design = new DesignDriver();
        design.Submit(Ann, Add("a"));

        var refusal = design.Submit(Ann, Set("a", $$"""{"execution":{{execution}}}"""));

        Assert.Equal(ErrorCodes.PropertyInvalid, refusal?.Code);
        Assert.StartsWith(field + ":", refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_of_which_the_settings_speak_must_be_the_components()
    {
        var design = new DesignDriver();
        design.Submit(Ann, Add("s", type: "source"));

        var refusal = design.Submit(Ann, Set("s", """{"execution":{"fanOut":{"nowhere":"compete"}}}"""));

        Assert.Equal(ErrorCodes.PortUnknown, refusal?.Code);
        Assert.StartsWith("execution.fanOut.nowhere:", refusal!.Detail, StringComparison.Ordinal);
        Assert.Null(design.Submit(Ann, Set("s", """{"execution":{"fanOut":{"out":"compete"}}}""")));
    }

    [Fact]
    public void Settings_are_set_merged_and_taken_away_by_patches()
    {
        var design = new DesignDriver();
        design.Submit(Ann, Add("a"));
        Assert.Null(design.Submit(Ann, Set("a", """{"execution":{"retry":{"attempts":3},"parallelism":2}}""")));
        Assert.Null(design.Submit(Ann, Set("a", """{"execution":{"retry":{"attempts":4},"parallelism":null}}""")));
        Assert.Equal("""{"retry":{"attempts":4}}""", design.State.FindNode("a")!.Execution?.GetRawText());
        Assert.Null(design.Submit(Ann, Set("a", """{"execution":null}""")));
        Assert.Null(design.State.FindNode("a")!.Execution);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("0.5")]
    [InlineData("100001")]
    [InlineData("\"many\"")]
    public void A_connection_with_a_capacity_out_of_bounds_is_refused(string capacity)
    {
        var design = new DesignDriver();
        design.Submit(Ann, Add("s", type: "source"), Add("t", type: "sink"), Connect("c", "s", "t"));

        var refusal = design.Submit(Ann, new Domain.Designs.ConnectionSet("c", JsonElement.Parse($$$"""{"props":{"capacity":{{{capacity}}}}}""")));

        Assert.Equal(ErrorCodes.PropertyInvalid, refusal?.Code);
    }
}
