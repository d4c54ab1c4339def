using Actors.Domain.Execution;

namespace Actors.Domain.Tests.Execution;

public sealed class PlanCompilerTests
{
    [Fact]
    [Spec("CL-05", "RU-04")]
    public void A_cycle_needs_a_node_that_fires_by_any_of_its_inputs() =>
        Refused(new TestNetwork().Node("a", "pass").Node("b", "pass").Connect("a>b").Connect("b>a"), ErrorCodes.RunCycle, "a", "b");

    [Fact]
    [Spec("CL-06", "RU-04")]
    public void A_cycle_of_capacity_0_is_refused() =>
        Refused(new TestNetwork().Node("m", "merge").Node("p", "pass").Connect("m>p", 0).Connect("p>m", 0), ErrorCodes.RunRendezvousCycle, "m", "p");

    [Fact]
    [Spec("RU-04")]
    public void A_required_input_without_a_connection_is_refused() =>
        Refused(new TestNetwork().Node("p", "pass"), ErrorCodes.RunInputUnconnected, "p");

    [Fact]
    [Spec("PT-02", "RU-04")]
    public void Ports_whose_types_do_not_fit_are_refused() =>
        Refused(new TestNetwork().Node("n", "number").Node("t", "text").Connect("n>t"), ErrorCodes.PortMismatch, "n", "t");

    [Fact]
    public void Settings_for_an_output_that_is_not_there_are_refused() =>
        Refused(new TestNetwork().Node("s", "source", execution: """{"fanOut":{"nowhere":"compete"}}"""), ErrorCodes.PortUnknown, "s");

    [Fact]
    public void An_unknown_component_is_refused() => Refused(new TestNetwork().Node("x", "nothing"), ErrorCodes.TypeUnknown, "x");

    [Fact]
    public void A_design_without_nodes_is_refused() => Refused(new TestNetwork(), ErrorCodes.RunEmpty);

    [Fact]
    [Spec("CT-11", "RU-04")]
    public void A_design_over_a_limit_is_refused()
    {
        var result = new TestNetwork().Node("a", "source").Node("b", "source").Compile(new RunLimits { Nodes = 1 });
        Assert.Equal((ErrorCodes.LimitReached, "nodes: at most 1 take part in a run"), (result.Issues[0].Code, result.Issues[0].Detail));
    }

    private static void Refused(TestNetwork design, string code, params string[] nodes)
    {
        var result = design.Compile();
        Assert.Null(result.Plan);
        Assert.Equal((code, string.Join(',', nodes)), (result.Issues[0].Code, string.Join(',', result.Issues[0].Nodes)));
    }
}
