using Actors.Components;
using Actors.Domain;
using Actors.Domain.Components;
using Actors.Domain.Execution;
using Actors.Grains.Tests.Infrastructure;

namespace Actors.Grains.Tests.Runs;

/// <summary>An unsafe effect of which nobody knows whether it happened follows the node's policy, and is never repeated silently.</summary>
public sealed class InDoubtTests
{
    private readonly ManualClock _clock = new();
    private readonly ProbeComponent _probe = new(EffectClass.Unsafe);
    private int _performed;

    [Theory]
    [InlineData("verify", "\"verified\"", 1)]
    [InlineData("retry", "2", 2)]
    public async Task An_attempt_that_timed_out_inside_an_effect_leaves_it_in_doubt(string policy, string result, int performed)
    {
        await using var harness = await TimedOutAsync(policy);
        await EndAsync(harness);

        Assert.Equal(result, Assert.Single((await harness.EndAsync("completed")).Outputs["result"]).ToString());
        Assert.Equal(performed, _performed);
    }

    [Theory]
    [InlineData("""{"happened":true,"outcome":"it did"}""", "\"it did\"", 1)]
    [InlineData("""{"happened":false}""", "2", 2)]
    public async Task A_person_is_asked(string answer, string result, int performed)
    {
        await using var harness = await TimedOutAsync("ask");
        var wait = await AskedAsync(harness);
        Assert.Equal(1, _performed);
        Assert.Null(await harness.Run.Answer(wait, RunHarness.TokenOf(answer)).InTime());
        await EndAsync(harness);

        Assert.Equal(result, Assert.Single((await harness.EndAsync("completed")).Outputs["result"]).ToString());
        Assert.Equal(performed, _performed);
    }

    [Fact]
    public async Task A_person_is_asked_of_each_doubt_anew()
    {
        await using var harness = await TimedOutAsync("ask", hangs: 2);
        var first = await AskedAsync(harness);
        Assert.Null(await harness.Run.Answer(first, RunHarness.TokenOf("""{"happened":false}""")).InTime());
        await Wait.UntilAsync(() => _performed == 2);
        _clock.Advance(TimeSpan.FromMinutes(1));
        var second = await AskedAsync(harness);

        Assert.NotEqual(first, second);
        Assert.Null(await harness.Run.Answer(second, RunHarness.TokenOf("""{"happened":true}""")).InTime());
        await EndAsync(harness);
        Assert.Equal("null", Assert.Single((await harness.EndAsync("completed")).Outputs["result"]).ToString());
        Assert.Equal(2, _performed);
    }

    [Fact]
    public async Task The_firing_fails_and_whoever_retries_the_run_then_has_been_told()
    {
        await using var harness = await TimedOutAsync("fail");
        await EndAsync(harness);
        var error = (await harness.EndAsync("failed")).Run.Error!;
        Assert.Equal((ErrorCodes.EffectInDoubt, "p", 1), (error.Code, error.NodeId, _performed));

        Assert.Null(await harness.Run.Retry().InTime());
        await Wait.UntilAsync(async () => (await harness.Run.GetHeader())!.Status == "completed");
        Assert.Equal(2, _performed);
    }

    [Fact]
    public async Task An_effect_that_another_nodes_failure_broke_off_is_in_doubt_when_the_run_is_retried()
    {
        var breaks = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var harness = await TwoNodesAsync(breaks.Task, (_, cancelled) => HangAsync(1, cancelled));
        await Wait.UntilAsync(() => _performed == 1);
        breaks.SetResult();
        await harness.EndAsync("failed");
        Assert.Null(await harness.Run.Retry().InTime());

        var wait = await AskedAsync(harness);
        Assert.Equal(1, _performed);
        Assert.Null(await harness.Run.Answer(wait, RunHarness.TokenOf("""{"happened":true,"outcome":7}""")).InTime());
        await Wait.UntilAsync(async () => (await harness.Run.GetHeader())!.Status == "completed");
        Assert.Equal(1, _performed);
    }

    [Fact]
    public async Task An_outcome_that_comes_within_the_grace_after_another_nodes_failure_is_kept()
    {
        var (breaks, ends) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource<Token>(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var harness = await TwoNodesAsync(breaks.Task, async (_, _) =>
        {
            _performed++;
            return await ends.Task;
        });
        await Wait.UntilAsync(() => _performed == 1);
        breaks.SetResult();
        await harness.EndAsync("failed");
        var stored = harness.Silo.Journal.Appends;
        ends.SetResult(RunHarness.TokenOf("7"));
        await Wait.UntilAsync(() => harness.Silo.Journal.Appends > stored);
        Assert.Null(await harness.Run.Retry().InTime());

        await Wait.UntilAsync(async () => (await harness.Run.GetHeader())!.Status == "completed");
        Assert.Equal("7", Assert.Single((await harness.EndAsync("completed")).Outputs["result"]).ToString());
        Assert.Equal(1, _performed);
    }

    [Theory]
    [InlineData(false, "completed", 2)]
    [InlineData(true, "failed", 1)]
    public async Task An_effect_that_says_that_it_did_not_happen_is_simply_tried_again(bool unknown, string status, int performed)
    {
        _probe.Behave = (_, context, _) => ActAsync(context, (_, _) => ++_performed == 1
            ? throw new ComponentException("busy", "Not now.") { OutcomeUnknown = unknown }
            : ValueTask.FromResult(RunHarness.TokenOf("7")));
        await using var harness = await RunHarness.StartAsync(_probe, """{"retry":{"attempts":2,"backoffMilliseconds":0},"inDoubt":"fail"}""");
        await harness.StartRunAsync();

        Assert.Equal(unknown ? ErrorCodes.EffectInDoubt : null, (await harness.EndAsync(status)).Run.Error?.Code);
        Assert.Equal(performed, _performed);
    }

    /// <summary>A run whose first attempts hang inside their effect until their time is up.</summary>
    private async Task<RunHarness> TimedOutAsync(string policy, int hangs = 1)
    {
        _probe.Behave = (_, context, _) => ActAsync(
            context,
            (_, cancelled) => HangAsync(hangs, cancelled),
            policy == "verify" ? (_, _) => ValueTask.FromResult<Token?>(Token.Of("verified")) : null);
        var harness = await RunHarness.StartAsync(
            _probe, $$"""{"timeoutMilliseconds":60000,"retry":{"attempts":5,"backoffMilliseconds":1},"inDoubt":"{{policy}}"}""", _clock, ("Runs:RestAfter", "1:00:00"));
        await harness.StartRunAsync();
        await Wait.UntilAsync(() => _performed == 1);
        _clock.Advance(TimeSpan.FromMinutes(1));
        return harness;
    }

    /// <summary>A run of two nodes, of which one acts while the other waits for its time to fail, the first time.</summary>
    private async Task<RunHarness> TwoNodesAsync(Task breaks, Func<EffectId, CancellationToken, ValueTask<Token>> perform)
    {
        var broke = false;
        _probe.Behave = (_, context, _) => context.NodeId == "p" ? ActAsync(context, perform) : BreakAsync();
        var harness = await RunHarness.StartAsync(_probe, settings: ("Runs:CancelGrace", "0:01:00"));
        await harness.DesignAsync(
            "dsg_2",
            ["c>p", "p>o", "c>q"],
            RunHarness.Node("c", "constant", """{"value":1}"""),
            RunHarness.Node("p", "probe", execution: """{"inDoubt":"ask"}"""),
            RunHarness.Node("q", "probe"),
            RunHarness.Node("o", "output", """{"name":"result"}"""));
        await harness.StartRunAsync(design: "dsg_2");
        return harness;

        async IAsyncEnumerable<Output> BreakAsync()
        {
            await breaks;
            if (!broke)
            {
                broke = true;
                throw new ComponentException("broken", "It broke.", retryable: false);
            }

            yield break;
        }
    }

    /// <summary>Time goes on in steps that end no attempt.</summary>
    private async Task EndAsync(RunHarness harness) => await Wait.UntilAsync(async () =>
    {
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        return (await harness.Run.GetHeader())!.EndedAt is not null;
    });

    private async Task<string> AskedAsync(RunHarness harness)
    {
        await Wait.UntilAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            return (await harness.Run.GetWaits()).Length == 1;
        });
        var wait = Assert.Single(await harness.Run.GetWaits());
        Assert.Equal(("p", "in_doubt"), (wait.Node, wait.Kind));
        return wait.Id;
    }

    private async ValueTask<Token> HangAsync(int hangs, CancellationToken cancelled)
    {
        if (++_performed <= hangs)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancelled);
        }

        return Token.Of((long)_performed);
    }

    private static async IAsyncEnumerable<Output> ActAsync(
        IExecutionContext context,
        Func<EffectId, CancellationToken, ValueTask<Token>> perform,
        Func<EffectId, CancellationToken, ValueTask<Token?>>? verify = null)
    {
        yield return await context.EffectAsync("act", perform, verify);
    }
}
