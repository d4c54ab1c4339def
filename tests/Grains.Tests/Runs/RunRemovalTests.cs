using Actors.Components;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Domain.Projects;
using Actors.Grains.Interfaces.Projects;
using Actors.Grains.Interfaces.Runs;
using Actors.Grains.Runs;
using Actors.Grains.Tests.Infrastructure;
using Actors.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Runs;

public sealed class RunRemovalTests
{
    private const string Large = "x";

    [Fact]
    public async Task A_deleted_run_leaves_nothing_and_takes_nothing_from_others()
    {
        await using var harness = await RunHarness.StartAsync((_, _, _) => LargeAsync());
        foreach (var id in new[] { "run_1", "run_2" })
        {
            await harness.StartRunAsync(id);
            await harness.EndAsync("completed", id);
        }

        var blobs = harness.Silo.Services.GetRequiredService<IBlobStore>();
        Assert.Single(await blobs.ListAsync("run/run_1/", null, 10, default));
        Assert.Single(await blobs.ListAsync("run-design/", null, 10, default));

        Assert.Null(await DeleteAsync(harness, "run_1"));

        Assert.Null(await harness.RunOf("run_1").GetHeader().InTime());
        Assert.Equal(["run_2"], await RunsAsync(harness));
        await Wait.UntilAsync(async () => (await blobs.ListAsync("run/run_1/", null, 10, default)).Count == 0);
        await CleanAsync(harness);
        Assert.Equal(0, await harness.Silo.Services.GetRequiredService<IJournal>().GetHeadAsync("run/run_1", default));

        // The other one has the same design and an equal token, and comes back with both.
        await harness.Silo.DeactivateAsync(harness.RunOf("run_2"));
        var output = await harness.RunOf("run_2").GetOutput("result", 0, 10).InTime();
        Assert.Equal(LargeToken(), Assert.Single(output!.Items));

        Assert.Null(await DeleteAsync(harness, "run_2"));
        await CleanAsync(harness);
        Assert.Empty(await blobs.ListAsync("run", null, 10, default));
        Assert.Equal(ErrorCodes.NotFound, (await DeleteAsync(harness, "run_2"))!.Code);
    }

    [Fact]
    public async Task A_run_of_a_design_that_went_with_the_last_run_before_comes_back()
    {
        await using var harness = await RunHarness.StartAsync((_, _, _) => LargeAsync());
        await harness.StartRunAsync();
        await harness.EndAsync("completed");
        await DeleteAsync(harness, "run_1");
        await CleanAsync(harness);

        await harness.StartRunAsync("run_2");
        await harness.EndAsync("completed", "run_2");

        await harness.Silo.RestartAsync();
        Assert.Equal("completed", (await harness.RunOf("run_2").Get().InTime())!.Run.Status);
    }

    [Fact]
    public async Task A_run_that_is_under_way_is_not_deleted()
    {
        var goOn = new TaskCompletionSource();
        await using var harness = await RunHarness.StartAsync((_, _, _) => AfterAsync(goOn.Task));
        await harness.StartRunAsync();

        Assert.Equal(ErrorCodes.RunState, (await DeleteAsync(harness, "run_1"))!.Code);

        goOn.SetResult();
        await harness.EndAsync("completed");
        Assert.Null(await DeleteAsync(harness, "run_1"));
    }

    [Fact]
    public async Task Of_the_runs_that_have_ended_the_newest_are_kept()
    {
        await using var harness = await RunHarness.StartAsync(
            (_, _, _) => LargeAsync(), null, ("Runs:EndedPerDesign", "2"), ("Runs:SweepInterval", "0:00:00.200"));
        await CreateProjectAsync(harness);
        foreach (var id in new[] { "run_1", "run_2", "run_3", "run_4" })
        {
            await harness.StartRunAsync(id);
        }

        await Wait.UntilAsync(async () => (await RunsAsync(harness)).SequenceEqual(["run_4", "run_3"]));
    }

    [Fact]
    public async Task A_run_is_deleted_when_it_ended_long_enough_ago()
    {
        await using var harness = await RunHarness.StartAsync(
            (_, _, _) => LargeAsync(), null, ("Runs:KeepEnded", "0:00:01"), ("Runs:SweepInterval", "0:00:00.200"));
        await CreateProjectAsync(harness);
        await harness.StartRunAsync();
        await Wait.UntilAsync(async () => (await RunsAsync(harness)).Length == 0);
        await Wait.UntilAsync(async () => (await harness.Silo.Services.GetRequiredService<IStreamRemoval>().ListAsync(10, default)).Count == 0);
    }

    [Fact]
    public async Task The_runs_of_a_project_that_is_gone_end_and_go()
    {
        // The harness's project was never created.
        await using var harness = await RunHarness.StartAsync((_, _, _) => AfterAsync(new TaskCompletionSource().Task), null, ("Runs:SweepInterval", "0:00:00.200"));
        await harness.StartRunAsync();
        await Wait.UntilAsync(async () => (await RunsAsync(harness)).Length == 0);
    }

    private static Task<Refusal?> DeleteAsync(RunHarness harness, string id) => harness.Silo.Grains.GetGrain<IRunDirectoryGrain>(0).Delete(id).InTime();

    private static Task CleanAsync(RunHarness harness) => harness.Silo.Services.GetRequiredService<RunRemoval>().CleanAsync(default).InTime();

    private static async Task<string[]> RunsAsync(RunHarness harness) =>
        [.. (await harness.Silo.Catalog.ListAsync(new CatalogQuery { Kind = "run", Descending = true }, default)).Items.Select(run => run.Id)];

    private static async Task CreateProjectAsync(RunHarness harness) =>
        Assert.IsType<ProjectReply.Done>(await harness.Silo.Grains.GetGrain<IProjectGrain>("prj_1").Create(new NewProject("usr_ann", "Runs", null)).InTime());

    private static Token LargeToken() => Token.Of(new string(Large[0], 40_000));

    private static async IAsyncEnumerable<Output> LargeAsync()
    {
        await Task.Yield();
        yield return LargeToken();
    }

    private static async IAsyncEnumerable<Output> AfterAsync(Task done)
    {
        await done;
        yield return Token.Null;
    }
}
