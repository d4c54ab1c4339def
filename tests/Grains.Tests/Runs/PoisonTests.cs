using Actors.Components;
using Actors.Grains.Tests.Infrastructure;

namespace Actors.Grains.Tests.Runs;

public sealed class PoisonTests
{
    [Fact]
    public async Task A_component_that_poisons_ends_all_that_is_connected_with_it_and_the_run_goes_on_with_the_rest()
    {
        await using var harness = await RunHarness.StartAsync((firing, _, _) => PoisonAsync(firing));
        await harness.DesignAsync(
            "dsg_2",
            ["r>p", "p>o", "c>o2"],
            RunHarness.Node("r", "range", """{"from":1,"to":1000000000}"""),
            RunHarness.Node("p", "probe"),
            RunHarness.Node("o", "output", """{"name":"result"}"""),
            RunHarness.Node("c", "constant", """{"value":7}"""),
            RunHarness.Node("o2", "output", """{"name":"beside"}"""));
        await harness.StartRunAsync(design: "dsg_2");

        var view = await harness.EndAsync("completed");

        Assert.Equal(["beside"], view.Outputs.Keys);
        Assert.All(view.Nodes.Values, node => Assert.Equal("done", node.Status));
        Assert.Equal(3, view.Nodes["p"].Firings);
        Assert.Equal(0, view.Nodes["o"].Queued);
    }

    private static async IAsyncEnumerable<Output> PoisonAsync(IFiring firing)
    {
        await Task.Yield();
        if (firing.Number == 3)
        {
            firing.Poison();
            yield return firing[0]!;
        }
    }
}
