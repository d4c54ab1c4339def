using System.Collections.Concurrent;
using System.Collections.Immutable;
using Actors.Components;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Grains.Interfaces.Runs;
using Actors.Grains.Tests.Infrastructure;

namespace Actors.Grains.Tests.Runs;

/// <summary>Replays, and figures: what rests on the journal.</summary>
public sealed class RunRecordedTests
{
    private readonly ConcurrentQueue<string> _performed = new();

    [Fact]
    public async Task A_replay_that_a_crash_interrupted_goes_on_and_performs_nothing()
    {
        var gate = NewSignal();
        var began = 0;
        await using var harness = await RunHarness.StartAsync((_, context, _) => Behave(context));
        await harness.StartRunAsync();
        var original = await harness.EndAsync("completed");

        var replay = harness.RunOf("run_2");
        Assert.Null((await replay.Start(ReplayOf("run_1")).InTime()).Refusal);
        await Wait.UntilAsync(() => Volatile.Read(ref began) == 2);
        await harness.Silo.DeactivateAsync(replay).InTime();
        gate.SetResult();
        await replay.Wake();
        var view = await harness.EndAsync("completed", "run_2");

        Assert.Equal("effect", Assert.Single(_performed));
        Assert.Equal(original.Outputs["result"].Select(token => token.ToString()), view.Outputs["result"].Select(token => token.ToString()));

        async IAsyncEnumerable<Output> Behave(IExecutionContext context)
        {
            var outcome = await EffectAsync(context);
            Interlocked.Increment(ref began);
            if (context.RunId == "run_2")
            {
                await gate.Task;
            }

            yield return outcome;
        }
    }

    [Fact]
    public async Task An_effect_that_was_never_recorded_fails_a_replay_whatever_the_policy_of_its_node()
    {
        var gate = NewSignal();
        await using var harness = await RunHarness.StartAsync((_, context, _) => Behave(context), """{"onError":"skip"}""");
        await harness.StartRunAsync();
        await Wait.UntilAsync(() => !_performed.IsEmpty);
        Assert.Null(await harness.Run.Cancel());
        gate.SetResult();
        await harness.EndAsync("cancelled");

        Assert.Null((await harness.RunOf("run_2").Start(ReplayOf("run_1")).InTime()).Refusal);
        var view = await harness.EndAsync("failed", "run_2");
        Assert.Equal((ErrorCodes.RunReplayDiverged, "p"), (view.Run.Error!.Code, view.Run.Error.NodeId));
        Assert.Single(_performed);

        Assert.Null((await harness.RunOf("run_3").Start(ReplayOf("run_1", ReplayEffects.Live)).InTime()).Refusal);
        await harness.EndAsync("completed", "run_3");
        Assert.Equal(2, _performed.Count);

        async IAsyncEnumerable<Output> Behave(IExecutionContext context)
        {
            yield return await context.EffectAsync("effect", async (_, cancelled) =>
            {
                _performed.Enqueue("effect");
                await gate.Task.WaitAsync(cancelled);
                return Token.True;
            });
        }
    }

    [Fact]
    public async Task A_replay_is_refused_when_what_was_recorded_is_too_much()
    {
        await using var harness = await RunHarness.StartAsync((_, context, _) => Long(), null, ("Runs:RecordedBytes", "2000"));
        await harness.StartRunAsync();
        await harness.EndAsync("completed");

        Assert.Equal(ErrorCodes.LimitReached, (await harness.RunOf("run_2").Start(ReplayOf("run_1")).InTime()).Refusal!.Code);

        static async IAsyncEnumerable<Output> Long()
        {
            await Task.CompletedTask;
            yield return Token.Of(new string('a', 4_000));
        }
    }

    [Fact]
    public async Task Figures_are_shown_when_what_they_rest_on_is_stored()
    {
        var (reached, gate) = (NewSignal(), NewSignal());
        await using var harness = await RunHarness.StartAsync((_, _, _) => Behave(), null, ("Runs:StorageTimeout", "0:00:00.100"));
        await harness.StartRunAsync();
        await reached.Task.InTime();
        await Wait.UntilAsync(async () => (await harness.Run.Get())!.Nodes["c"].Firings == 1);
        harness.Silo.Journal.Hold();
        gate.SetResult();
        await Wait.UntilAsync(() => harness.Silo.Journal.Held > 0);

        var ahead = await harness.Run.Get().InTime();
        Assert.Equal((0, 1, "running"), (ahead!.Nodes["p"].Firings, ahead.Nodes["c"].Firings, ahead.Run.Status));

        harness.Silo.Journal.Release();
        var view = await harness.EndAsync("completed");
        Assert.Equal((1, "done"), (view.Nodes["p"].Firings, view.Nodes["p"].Status));

        async IAsyncEnumerable<Output> Behave()
        {
            reached.SetResult();
            await gate.Task;
            yield return Token.True;
        }
    }

    [Fact]
    [Spec("LV-02")]
    public async Task A_node_that_waits_for_another_attempt_is_retrying()
    {
        await using var harness = await RunHarness.StartAsync((_, _, _) => Busy(), """{"retry":{"attempts":2,"backoffMilliseconds":60000}}""");
        await harness.StartRunAsync();

        await Wait.UntilAsync(async () => (await harness.Run.Get())!.Nodes["p"].Status == "retrying");

        var node = (await harness.Run.Get())!.Nodes["p"];
        Assert.Equal((0, 1, 1), (node.Firings, node.Errors, node.Retries));

        static async IAsyncEnumerable<Output> Busy()
        {
            yield return await Task.FromException<Token>(new ComponentException("busy", "Not now."));
        }
    }

    private static NewRun ReplayOf(string run, ReplayEffects effects = ReplayEffects.Recorded) =>
        new("dsg_1", "usr_ann", null, RunDurability.Firing, ImmutableDictionary<string, ImmutableArray<Token>>.Empty) { Replay = new RunReplay(run, null, effects) };

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ValueTask<Token> EffectAsync(IExecutionContext context) => context.EffectAsync("effect", (_, _) =>
    {
        _performed.Enqueue("effect");
        return ValueTask.FromResult(Token.Of("done"));
    });
}
