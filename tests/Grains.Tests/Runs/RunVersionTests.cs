using Actors.Components;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Grains.Tests.Infrastructure;

namespace Actors.Grains.Tests.Runs;

public sealed class RunVersionTests
{
    [Fact]
    public async Task A_run_that_comes_back_to_another_version_of_a_component_fails_and_names_it()
    {
        await using var harness = await RunHarness.StartAsync((_, context, _) => AskAsync(context));
        await harness.StartRunAsync();
        await Wait.UntilAsync(async () => (await harness.Run.GetWaits()).Length == 1);
        Assert.Equal(("probe", 1), ((await harness.Run.Get())!.Nodes["p"].Component, (await harness.Run.Get())!.Nodes["p"].Version));

        harness.Probe.Version = 2;
        await harness.Silo.RestartAsync();

        var ended = await harness.EndAsync("failed");
        Assert.Equal((ErrorCodes.ComponentVersionChanged, "p"), (ended.Run.Error!.Code, ended.Run.Error.NodeId));
        Assert.Contains("version 1 of 'probe'; there is version 2", ended.Run.Error.Detail, StringComparison.Ordinal);

        // It still shows what it ran with, and new runs take what there is.
        Assert.Equal(1, ended.Nodes["p"].Version);
        await harness.StartRunAsync("run_2");
        Assert.Equal(2, (await harness.RunOf("run_2").Get())!.Nodes["p"].Version);
    }

    [Fact]
    public async Task A_run_that_has_ended_is_shown_whatever_became_of_its_components()
    {
        await using var harness = await RunHarness.StartAsync((_, _, _) => OneAsync());
        await harness.StartRunAsync();
        await harness.EndAsync("completed");

        harness.Probe.Version = 2;
        await harness.Silo.RestartAsync();

        await harness.EndAsync("completed");
    }

    private static async IAsyncEnumerable<Output> AskAsync(IExecutionContext context)
    {
        yield return await context.WaitAsync(new OutsideQuestion("approval", Token.Null)) ?? Token.Null;
    }

    private static async IAsyncEnumerable<Output> OneAsync()
    {
        await Task.Yield();
        yield return Token.Null;
    }
}
