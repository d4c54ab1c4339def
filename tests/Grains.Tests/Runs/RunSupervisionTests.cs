using System.Runtime.CompilerServices;
using Actors.Components;
using Actors.Domain;
using Actors.Domain.Notifications;
using Actors.Grains.Interfaces.Notifications;
using Actors.Grains.Interfaces.Rooms;
using Actors.Grains.Interfaces.Runs;
using Actors.Grains.Tests.Infrastructure;

namespace Actors.Grains.Tests.Runs;

public sealed class RunSupervisionTests
{
    [Fact]
    public async Task A_start_that_storage_does_not_take_is_refused_and_what_it_would_have_done_is_not_done()
    {
        var performed = 0;
        await using var harness = await RunHarness.StartAsync(
            (_, context, _) => EffectAsync(context, () => performed++), null, ("Runs:StorageTimeout", "0:00:00.050"));
        harness.Silo.Journal.Hold();

        var reply = await harness.StartRunAsync();

        Assert.Equal((ErrorCodes.StorageUnavailable, true), (reply.Refusal?.Code, reply.Refusal?.Retryable));
        Assert.Equal(ErrorCodes.StorageUnavailable, (await harness.StartRunAsync()).Refusal?.Code);
        harness.Silo.Journal.Release();
        await harness.EndAsync("cancelled");
        Assert.Equal(0, performed);
    }

    [Fact]
    [Spec("CT-08")]
    public async Task A_run_that_works_for_too_long_fails_and_names_the_limit()
    {
        await using var harness = await RunHarness.StartAsync(
            (_, _, cancellationToken) => HangAsync(cancellationToken), null, ("Runs:Limits:Duration", "0:00:00.050"));
        await harness.StartRunAsync();

        var error = (await harness.EndAsync("failed")).Run.Error!;

        Assert.Equal((ErrorCodes.LimitReached, "p"), (error.Code, error.NodeId));
        Assert.StartsWith("duration:", error.Detail, StringComparison.Ordinal);
        Assert.EndsWith("node 'p' was at work", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    [Spec("FA-11")]
    public async Task A_declared_wait_is_no_work()
    {
        var clock = new ManualClock();
        await using var harness = await RunHarness.StartAsync(
            (_, context, _) => DelayAsync(context), clock, ("Runs:Limits:Duration", "0:05:00"), ("Runs:RestAfter", "1:00:00"));
        await harness.StartRunAsync();
        await Wait.UntilAsync(async () => (await harness.Run.GetHeader())!.Status == "waiting");

        clock.Advance(TimeSpan.FromMinutes(10));

        var header = (await harness.EndAsync("completed")).Run;
        Assert.True(header.Waited);

        // The clock goes on while the run wakes: what it shows then is work, the ten minutes before are not.
        Assert.InRange(header.WorkedMilliseconds, 0, TimeSpan.FromMinutes(5).TotalMilliseconds);
    }

    [Theory]
    [InlineData("Tokens", "tokens:")]
    [InlineData("Bytes", "bytes:")]
    [InlineData("Firings", "firings:")]
    [Spec("CT-09", "CT-10")]
    public async Task A_run_in_which_too_much_flows_fails_and_names_the_limit_and_who_used_most(string limit, string named)
    {
        await using var harness = await RunHarness.StartAsync((_, _, _) => ManyAsync(), null, ($"Runs:Limits:{limit}", "5"));
        await harness.StartRunAsync();

        var error = (await harness.EndAsync("failed")).Run.Error!;

        var guilty = limit == "Firings" ? "o" : "p";
        Assert.Equal((ErrorCodes.LimitReached, guilty), (error.Code, error.NodeId));
        Assert.StartsWith(named, error.Detail, StringComparison.Ordinal);
        Assert.Contains($"most are of node '{guilty}'", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    [Spec("LV-07")]
    public async Task The_room_is_shown_how_the_runs_of_its_project_stand()
    {
        await using var harness = await RunHarness.StartAsync((_, _, _) => OneAsync());
        await using var watch = harness.Silo.Grains.GetGrain<IRoomGrain>("prj_1").Watch(null).GetAsyncEnumerator();
        Assert.IsType<RoomFeedItem.State>(await watch.NextAsync());
        await harness.StartRunAsync();

        RunSummary summary;
        do
        {
            summary = Assert.Single(Assert.IsType<RoomFeedItem.RunsChanged>(await watch.NextAsync()).Change.Runs);
        }
        while (summary.Status == "running");

        Assert.Equal(("run_1", "dsg_1", "completed", "usr_ann"), (summary.Id, summary.DesignId, summary.Status, summary.StartedBy));
        Assert.Equal((3, 0, 1), (summary.Firings, summary.Errors, summary.Outputs));
    }

    [Fact]
    public async Task Whoever_started_a_run_is_told_once_that_it_failed_and_not_that_a_short_one_completed()
    {
        var fails = false;
        await using var harness = await RunHarness.StartAsync((_, _, _) => fails ? throw new ComponentException("broken", "It broke.", retryable: false) : OneAsync());
        var inbox = harness.Silo.Grains.GetGrain<IInboxGrain>("usr_ann");
        await harness.StartRunAsync();
        await harness.EndAsync("completed");
        fails = true;
        await harness.StartRunAsync("run_2");
        await harness.EndAsync("failed", "run_2");

        await Wait.UntilAsync(async () => (await inbox.GetSummary()).Unread > 0);
        await using var watch = inbox.Watch(null).GetAsyncEnumerator();
        var told = Assert.Single(Assert.IsType<InboxFeedItem.State>(await watch.NextAsync()).Notifications);
        Assert.Equal((NotificationKinds.RunFinished, "It broke.", "run_2"), (told.Kind, told.Text, told.Subject!["runId"]));
    }

    private static async IAsyncEnumerable<Output> OneAsync()
    {
        await Task.Yield();
        yield return RunHarness.TokenOf("7");
    }

    private static async IAsyncEnumerable<Output> ManyAsync()
    {
        for (var i = 0; i < 20; i++)
        {
            await Task.Yield();
            yield return RunHarness.TokenOf("7");
        }
    }

    private static async IAsyncEnumerable<Output> DelayAsync(IExecutionContext context)
    {
        await context.DelayAsync(TimeSpan.FromMinutes(9));
        yield return RunHarness.TokenOf("7");
    }

    private static async IAsyncEnumerable<Output> EffectAsync(IExecutionContext context, Action perform)
    {
        yield return await context.EffectAsync("act", (_, _) =>
        {
            perform();
            return ValueTask.FromResult(RunHarness.TokenOf("7"));
        });
    }

    private static async IAsyncEnumerable<Output> HangAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        yield break;
    }
}
