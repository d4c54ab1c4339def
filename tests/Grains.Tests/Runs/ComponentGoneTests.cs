using Actors.Components;
using Actors.Domain;
using Actors.Domain.Components;
using Actors.Domain.Execution;
using Actors.Grains.Tests.Infrastructure;

namespace Actors.Grains.Tests.Runs;

/// <summary>A run that comes back to a server without the components that it was started with.</summary>
public sealed class ComponentGoneTests
{
    private readonly ProbeComponent _probe = new(EffectClass.Pure) { Behave = (_, context, _) => AskAsync(context) };

    [Fact]
    public async Task A_run_whose_component_went_away_fails_and_names_node_and_component_and_can_be_read()
    {
        await using var harness = await WaitingAsync();
        _probe.IsInstalled = false;
        await harness.Silo.RestartAsync();

        var view = await harness.EndAsync("failed");
        Assert.Equal((ErrorCodes.RunComponentUnavailable, "p"), (view.Run.Error!.Code, view.Run.Error.NodeId));
        Assert.Contains("'probe'", view.Run.Error.Detail, StringComparison.Ordinal);
        Assert.Contains("'p'", view.Run.Error.Detail, StringComparison.Ordinal);
        var events = (await harness.Run.GetOutput("", 0, 10).InTime())!.Items;
        Assert.Contains("asking", events[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.RunState, (await harness.Run.Cancel().InTime())?.Code);
        var refusal = await harness.Run.Retry().InTime();
        Assert.Equal((ErrorCodes.RunComponentUnavailable, view.Run.Error.Detail), (refusal?.Code, refusal?.Detail));
    }

    [Fact]
    public async Task When_the_component_is_back_the_run_is_retried_from_where_it_was()
    {
        await using var harness = await WaitingAsync();
        _probe.IsInstalled = false;
        await harness.Silo.RestartAsync();
        await harness.EndAsync("failed");
        _probe.IsInstalled = true;
        await harness.Silo.RestartAsync();

        Assert.Null(await harness.Run.Retry().InTime());
        await Wait.UntilAsync(async () => (await harness.Run.GetWaits()).Length == 1);
        Assert.Null(await harness.Run.Answer((await harness.Run.GetWaits())[0].Id, Token.Of("yes")).InTime());
        await Wait.UntilAsync(async () => (await harness.Run.GetHeader())!.Status == "completed");
        Assert.Equal("\"yes\"", Assert.Single((await harness.EndAsync("completed")).Outputs["result"]).ToString());
    }

    [Fact]
    public async Task A_run_whose_component_has_other_ports_now_fails_too()
    {
        await using var harness = await WaitingAsync();
        _probe.Descriptor = _probe.Descriptor with { Outputs = [new PortDescriptor("first", PortType.Any), .. _probe.Descriptor.Outputs] };
        await harness.Silo.RestartAsync();

        var error = (await harness.EndAsync("failed")).Run.Error!;
        Assert.Equal((ErrorCodes.RunComponentUnavailable, "p"), (error.Code, error.NodeId));
        Assert.Contains("'probe' has other ports", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_had_ended_stays_as_it_ended()
    {
        await using var harness = await WaitingAsync();
        Assert.Null(await harness.Run.Answer((await harness.Run.GetWaits())[0].Id, Token.Of("yes")).InTime());
        await harness.EndAsync("completed");
        _probe.IsInstalled = false;
        await harness.Silo.RestartAsync();

        Assert.Equal("\"yes\"", Assert.Single((await harness.EndAsync("completed")).Outputs["result"]).ToString());
    }

    private async Task<RunHarness> WaitingAsync()
    {
        var harness = await RunHarness.StartAsync(_probe);
        await harness.DesignAsync(
            "dsg_2",
            ["c>l", "l>p", "p>o"],
            RunHarness.Node("c", "constant", """{"value":1}"""),
            RunHarness.Node("l", "log", """{"message":"asking"}"""),
            RunHarness.Node("p", "probe"),
            RunHarness.Node("o", "output", """{"name":"result"}"""));
        await harness.StartRunAsync(design: "dsg_2");
        await Wait.UntilAsync(async () => (await harness.Run.GetWaits()).Length == 1);
        return harness;
    }

    private static async IAsyncEnumerable<Output> AskAsync(IExecutionContext context)
    {
        yield return (await context.WaitAsync(new OutsideQuestion("approval", Token.Empty)))!;
    }
}
