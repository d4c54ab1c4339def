using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Actors.Components;
using Actors.Domain;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Execution;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Runs;
using Actors.Grains.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Runs;

public sealed class RunTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _performed = new();
    private TestSilo _silo = null!;
    private ProbeComponent _probe = null!;

    private IRunGrain Run => _silo.Grains.GetGrain<IRunGrain>("run_1");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    [Spec("EF-03")]
    public async Task An_effect_begins_only_when_its_intent_is_stored()
    {
        var (reached, gate) = (NewSignal(), NewSignal());
        await StartSiloAsync(EffectClass.Keyed, (_, context, _) => Behave(context));
        await StartRunAsync();
        await reached.Task.InTime();
        _silo.Journal.Hold();
        gate.SetResult();
        await Wait.UntilAsync(() => _silo.Journal.Held > 0);
        Assert.Empty(_performed);

        _silo.Journal.Release();
        await EndAsync("completed");
        Assert.Single(_performed);

        async IAsyncEnumerable<Output> Behave(IExecutionContext context)
        {
            reached.SetResult();
            await gate.Task;
            yield return await EffectAsync(context, "one");
        }
    }

    [Fact]
    [Spec("EF-02", "EF-03", "EF-04")]
    public async Task A_firing_that_is_begun_again_repeats_only_the_effect_whose_outcome_was_lost_and_under_the_same_id()
    {
        var gate = NewSignal();
        await StartSiloAsync(EffectClass.Keyed, (_, context, _) => TwoEffects(context, gate.Task));
        await StartRunAsync();
        await Wait.UntilAsync(() => _performed.Count == 2);

        await _silo.DeactivateAsync(Run).InTime();
        gate.SetResult();
        await Run.Wake();
        var view = await EndAsync("completed");

        var ids = _performed.ToArray();
        Assert.Equal(["one", "two", "two"], ids.Select(id => id.Split(' ')[0]));
        Assert.Equal(ids[1], ids[2]);
        Assert.NotEqual(ids[0].Split(' ')[1], ids[1].Split(' ')[1]);
        Assert.Single(view.Outputs["result"]);
    }

    [Fact]
    [Spec("EF-05", "EF-06")]
    public async Task An_unsafe_effect_in_doubt_is_put_to_a_person_and_not_repeated()
    {
        var gate = NewSignal();
        await StartSiloAsync(EffectClass.Unsafe, (_, context, _) => TwoEffects(context, gate.Task));
        await StartRunAsync();
        await Wait.UntilAsync(() => _performed.Count == 2);
        await _silo.DeactivateAsync(Run).InTime();
        gate.SetResult();
        await Run.Wake();
        await Wait.UntilAsync(async () => (await Run.GetWaits()).Length == 1);
        var wait = (await Run.GetWaits())[0];
        Assert.Equal(("p", "in_doubt"), (wait.Node, wait.Kind));

        Assert.Null(await Run.Answer(wait.Id, TokenOf("""{"happened":true,"outcome":"it did"}""")));

        var view = await EndAsync("completed");
        Assert.Equal("\"it did\"", view.Outputs["result"][0].ToString());
        Assert.Equal(2, _performed.Count);
    }

    [Fact]
    [Spec("EF-03", "FA-01")]
    public async Task Another_attempt_repeats_no_effect_that_was_done()
    {
        await StartSiloAsync(EffectClass.Keyed, (_, context, _) => Behave(context));
        await StartRunAsync("""{"retry":{"attempts":3,"backoffMilliseconds":1}}""");
        await EndAsync("completed");

        Assert.Equal(["one", "two"], _performed.Select(id => id.Split(' ')[0]));

        async IAsyncEnumerable<Output> Behave(IExecutionContext context)
        {
            await EffectAsync(context, "one");
            if (context.Attempt < 3)
            {
                throw new ComponentException("busy", "Not now.");
            }

            yield return await EffectAsync(context, "two");
        }
    }

    [Fact]
    [Spec("FA-03")]
    public async Task A_firing_that_takes_too_long_is_cancelled()
    {
        await StartSiloAsync(EffectClass.Pure, (_, _, cancellationToken) => Hang(cancellationToken));
        await StartRunAsync("""{"timeoutMilliseconds":30}""");
        var view = await EndAsync("failed");

        Assert.Equal((ErrorCodes.ComponentTimedOut, "p"), (view.Run.Error!.Code, view.Run.Error.NodeId));
    }

    [Fact]
    [Spec("DU-08")]
    public async Task A_run_waits_for_its_storage_and_counts_each_result_once()
    {
        var (reached, gate) = (NewSignal(), NewSignal());
        await StartSiloAsync(EffectClass.Keyed, (_, context, _) => Behave(context));
        await StartRunAsync();
        await reached.Task.InTime();
        foreach (var fault in new[] { Fault.Lost, Fault.StoredInSilence, Fault.Overloaded, Fault.Lost })
        {
            _silo.Journal.Next.Enqueue(fault);
        }

        gate.SetResult();
        var view = await EndAsync("completed");

        Assert.Single(_performed);
        Assert.Single(view.Outputs["result"]);
        Assert.True(_silo.Journal.Next.IsEmpty);

        async IAsyncEnumerable<Output> Behave(IExecutionContext context)
        {
            reached.SetResult();
            await gate.Task;
            yield return await EffectAsync(context, "one");
        }
    }

    [Fact]
    [Spec("DL-02")]
    public async Task A_run_that_only_waits_leaves_memory_and_wakes_with_the_answer()
    {
        await StartSiloAsync(EffectClass.Pure, (_, context, _) => Ask(context));
        await StartRunAsync();
        await Wait.UntilAsync(async () => (await Run.GetHeader())!.Status == "waiting");
        var wait = Assert.Single(await Run.GetWaits());
        await _silo.WaitForDeactivationAsync(Run).InTime();

        Assert.Null(await Run.Answer(wait.Id, TokenOf("42")));

        Assert.Equal("42", (await EndAsync("completed")).Outputs["result"][0].ToString());
        Assert.Equal(ErrorCodes.RunWaitUnknown, (await Run.Answer(wait.Id, TokenOf("43")))?.Code);

        static async IAsyncEnumerable<Output> Ask(IExecutionContext context)
        {
            yield return (await context.WaitAsync(new OutsideQuestion("approval", TokenOf("{}"))))!;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Token TokenOf(string json) => Token.Of(JsonElement.Parse(json));

    private static async IAsyncEnumerable<Output> Hang([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        yield break;
    }

    private async IAsyncEnumerable<Output> TwoEffects(IExecutionContext context, Task gate)
    {
        await EffectAsync(context, "one");
        yield return await EffectAsync(context, "two", gate);
    }

    private ValueTask<Token> EffectAsync(IExecutionContext context, string name, Task? gate = null) => context.EffectAsync(name, async (id, _) =>
    {
        _performed.Enqueue($"{name} {id}");
        await (gate ?? Task.CompletedTask);
        return Token.Of(name);
    });

    private async Task StartSiloAsync(EffectClass effects, ProbeComponent.Behaviour behave)
    {
        _probe = new ProbeComponent(effects) { Behave = behave };
        _silo = await TestSilo.StartAsync(
            services =>
            {
                services.AddSingleton<IComponent>(_probe);
                services.AddSingleton<IComponentCatalog>(ComponentCatalog.BuiltIn.With(_probe.Descriptor));
            },
            ("Runs:RestAfter", "0:00:00"),
            ("Runs:StorageRetry", "0:00:00.010"),
            ("Runs:CancelGrace", "0:00:00"));
    }

    private async Task StartRunAsync(string? execution = null)
    {
        Node[] nodes =
        [
            new() { Id = "c", Type = "constant", Props = JsonElement.Parse("""{"value":1}"""), Order = "a0" },
            new() { Id = "p", Type = "probe", Execution = execution is null ? null : JsonElement.Parse(execution), Order = "a1" },
            new() { Id = "o", Type = "output", Props = JsonElement.Parse("""{"name":"result"}"""), Order = "a2" },
        ];
        Connection[] connections =
        [
            new() { Id = "1", From = new Endpoint("c", "out"), To = new Endpoint("p", "in") },
            new() { Id = "2", From = new Endpoint("p", "out"), To = new Endpoint("o", "in") },
        ];
        var author = new DesignCaller(new Author("usr_ann", AuthorKind.User), true);
        var design = await _silo.Grains.GetGrain<IDesignGrain>("dsg_1").Create(
            author, new NewDesign("prj_1", "Run me", DesignKind.Process, null, null, [.. nodes], [.. connections])).InTime();
        Assert.Null(design.Refusal);
        var started = await Run.Start(new NewRun("dsg_1", "usr_ann", null, RunDurability.Firing, ImmutableDictionary<string, ImmutableArray<Token>>.Empty)).InTime();
        Assert.Null(started.Refusal);
    }

    private async Task<RunView> EndAsync(string status)
    {
        RunView? view = null;
        await Wait.UntilAsync(async () => (view = await Run.Get())!.Run.EndedAt is not null);
        Assert.Equal(status, view!.Run.Status);
        return view;
    }
}
