using System.Runtime.CompilerServices;
using Actors.Components;
using Actors.Domain;
using Actors.Domain.Components;
using Actors.Domain.Execution;
using Actors.Grains.Tests.Infrastructure;

namespace Actors.Grains.Tests.Runs;

/// <summary>Time limits of attempts, and what becomes of those that are told to end.</summary>
public sealed class AttemptTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task An_attempt_that_ignores_its_end_leaves_no_trace_in_the_next_one()
    {
        var (begun, release, over, second) = (Signal(), Signal(), Signal(), Signal());
        await using var harness = await StartAsync(Behave, """{"timeoutMilliseconds":60000,"retry":{"attempts":2,"backoffMilliseconds":1}}""");
        await harness.StartRunAsync();
        await begun.Task.InTime();
        var next = begun = Signal();
        await Wait.UntilAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return next.Task.IsCompleted;
        });

        release.SetResult();
        await over.Task.InTime();
        second.SetResult();

        var view = await harness.EndAsync("completed");
        Assert.Equal(["\"two\""], view.Outputs["result"].Select(token => token.ToString()));
        Assert.Equal(["result"], view.Outputs.Keys);
        Assert.Equal((1, 1), (view.Nodes["p"].Firings, view.Nodes["p"].Out));

        async IAsyncEnumerable<Output> Behave(IFiring firing, IExecutionContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            begun.SetResult();
            if (context.Attempt == 2)
            {
                yield return Token.Of("two");
                await second.Task;
                yield break;
            }

            await release.Task;
            firing.Publish("late", Token.Of("late"));
            firing.State["late"] = Token.True;
            firing.End();
            yield return Token.Of("late");
            try
            {
                await context.EffectAsync("late", (_, _) => throw new InvalidOperationException("It acted although its time was up."));
            }
            finally
            {
                over.SetResult();
            }
        }
    }

    [Fact]
    [Spec("CT-02")]
    public async Task A_cancelled_firing_that_ends_within_the_grace_counts()
    {
        var begun = Signal();
        await using var harness = await StartAsync(Behave, null, ("Runs:CancelGrace", "0:00:05"));
        await harness.StartRunAsync();
        await begun.Task.InTime();

        Assert.Null(await harness.Run.Cancel().InTime());

        var view = await harness.EndAsync("cancelled");
        Assert.Equal("\"so far\"", Assert.Single(view.Outputs["kept"]).ToString());
        Assert.Equal(1, view.Nodes["p"].Firings);
        Assert.Equal(0, view.Nodes["o"].Firings);

        async IAsyncEnumerable<Output> Behave(IFiring firing, IExecutionContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var cancelled = Signal();
            await using var registration = cancellationToken.Register(cancelled.SetResult);
            begun.SetResult();
            await cancelled.Task;
            firing.Publish("kept", Token.Of("so far"));
            yield return Token.Of("so far");
        }
    }

    [Fact]
    public async Task A_cancelled_firing_that_does_not_end_is_given_up_after_the_grace()
    {
        var (begun, release, over) = (Signal(), Signal(), Signal());
        await using var harness = await StartAsync(Behave, null, ("Runs:CancelGrace", "0:00:05"));
        await harness.StartRunAsync();
        await begun.Task.InTime();
        Assert.Null(await harness.Run.Cancel().InTime());
        Assert.Null(await harness.Run.Cancel().InTime());
        Assert.Equal("running", (await harness.Run.GetHeader())!.Status);

        await Wait.UntilAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return (await harness.Run.GetHeader())!.EndedAt is not null;
        });
        release.SetResult();
        await over.Task.InTime();

        var view = await harness.EndAsync("cancelled");
        Assert.Empty(view.Outputs);
        Assert.Equal(0, view.Nodes["p"].Firings);
        Assert.Equal(ErrorCodes.RunState, (await harness.Run.Cancel().InTime())?.Code);

        async IAsyncEnumerable<Output> Behave(IFiring firing, IExecutionContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            begun.SetResult();
            await release.Task;
            firing.Publish("kept", Token.Of("too late"));
            over.SetResult();
            yield return Token.Of("too late");
        }
    }

    [Fact]
    [Spec("FA-04")]
    public async Task A_firing_without_a_sign_of_life_is_ended_and_a_heartbeat_is_one()
    {
        using var beat = new SemaphoreSlim(0);
        using var beaten = new SemaphoreSlim(0);
        await using var harness = await StartAsync(Behave, """{"idleTimeoutMilliseconds":1000}""");
        await harness.StartRunAsync();
        for (var i = 0; i < 5; i++)
        {
            beat.Release();
            await beaten.WaitAsync().InTime();
            _clock.Advance(TimeSpan.FromMilliseconds(900));
            Assert.Null((await harness.Run.GetHeader())!.EndedAt);
        }

        _clock.Advance(TimeSpan.FromMilliseconds(200));

        var error = (await harness.EndAsync("failed")).Run.Error!;
        Assert.Equal((ErrorCodes.ComponentTimedOut, "p"), (error.Code, error.NodeId));

        async IAsyncEnumerable<Output> Behave(IFiring firing, IExecutionContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                await beat.WaitAsync(cancellationToken);
                context.Heartbeat(0.5, "still here");
                beaten.Release();
            }

            yield break;
        }
    }

    [Fact]
    public async Task Attempts_come_after_pauses_that_grow()
    {
        var attempts = new List<DateTimeOffset>();
        await using var harness = await StartAsync(
            (_, _, _) =>
            {
                attempts.Add(_clock.GetUtcNow());
                throw new ComponentException("busy", "Not now.");
            },
            """{"retry":{"attempts":5,"backoffMilliseconds":1000}}""");
        await harness.StartRunAsync();
        await Wait.UntilAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            return (await harness.Run.GetHeader())!.EndedAt is not null;
        });

        Assert.Equal(5, attempts.Count);
        foreach (var (pause, least) in attempts.Zip(attempts.Skip(1), (one, next) => next - one).Zip([500, 1_000, 2_000, 4_000]))
        {
            Assert.True(pause >= TimeSpan.FromMilliseconds(least), $"{pause} is shorter than {least} ms.");
        }
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<RunHarness> StartAsync(ProbeComponent.Behaviour behave, string? execution, params (string Key, string Value)[] settings) => RunHarness.StartAsync(
        new ProbeComponent(EffectClass.Keyed) { Behave = behave }, execution, _clock, [("Runs:RestAfter", "1:00:00"), .. settings]);
}
