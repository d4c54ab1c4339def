using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Actors.Components;
using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Domain.Execution;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Runs;
using Actors.Grains.Tests.Infrastructure;
using Actors.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Runs;

/// <summary>What a run is when it comes back, and what bounds it.</summary>
public sealed class RecoveryTests
{
    [Fact]
    [Spec("DU-03", "DU-04", "DU-05", "EF-02")]
    public async Task A_firing_that_is_begun_again_is_told_the_same_time_chance_and_choices()
    {
        var (gate, told, choices) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new ConcurrentQueue<string>(), 0);
        await using var harness = await RunHarness.StartAsync((firing, context, _) => Behave(firing, context));
        await harness.StartRunAsync();
        await Wait.UntilAsync(() => told.Count == 1);
        await harness.Silo.DeactivateAsync(harness.Run).InTime();
        gate.SetResult();
        await harness.Run.Wake();
        await harness.EndAsync("completed");

        var (first, again) = (told.First(), told.Last());
        Assert.Equal(2, told.Count);
        Assert.Equal(first, again);
        Assert.Equal(1, choices);

        async IAsyncEnumerable<Output> Behave(IFiring firing, IExecutionContext context)
        {
            var (now, random) = (firing.Now, firing.NextRandom());
            var choice = await context.ChooseAsync(_ => ValueTask.FromResult(Token.Of((long)Interlocked.Increment(ref choices))));
            yield return await context.EffectAsync("act", async (id, _) =>
            {
                told.Enqueue($"{now:O} {random} {choice} {id}");
                await gate.Task;
                return choice;
            });
        }
    }

    [Fact]
    [Spec("DU-03")]
    public async Task Another_attempt_is_told_another_time()
    {
        var (clock, told) = (new ManualClock(), new List<DateTimeOffset>());
        await using var harness = await RunHarness.StartAsync((firing, _, _) => Behave(firing), clock);
        await DrawAsync(harness.Silo, "dsg_retry", [("c", "constant", """{"value":1}""", null), ("p", "probe", "{}", """{"retry":{"attempts":2,"backoffMilliseconds":1000}}""")], "c>p");
        await StartAsync(harness, "dsg_retry");
        await Wait.UntilAsync(() => told.Count == 1);
        await Wait.UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return told.Count == 2;
        });

        Assert.True(told[1] > told[0]);

        async IAsyncEnumerable<Output> Behave(IFiring firing)
        {
            await Task.Yield();
            told.Add(firing.Now);
            yield return told.Count < 2 ? throw new ComponentException("busy", "Not now.") : Token.Null;
        }
    }

    [Fact]
    [Spec("DU-06", "DU-07", "DL-02")]
    public async Task Recovery_executes_no_firing_that_was_committed()
    {
        var executed = 0;
        await using var harness = await RunHarness.StartAsync((firing, _, _) => CountAsync(firing));
        await DrawAsync(
            harness.Silo, "dsg_wait", [("r", "range", """{"from":1,"to":5}""", null), ("p", "probe", "{}", null), ("all", "collect", "{}", null), ("a", "approval", """{"question":"Go on?"}""", null), ("o", "output", """{"name":"result"}""", null)],
            "r>p", "p>all", "all>a", "a>o");
        await StartAsync(harness, "dsg_wait");
        await Wait.UntilAsync(async () => (await harness.Run.GetHeader())!.Status == "waiting");

        for (var restart = 0; restart < 3; restart++)
        {
            await harness.Silo.DeactivateAsync(harness.Run).InTime();
            Assert.Equal(5, (await harness.Run.Get())!.Nodes["p"].Firings);
        }

        Assert.Null(await harness.Run.Answer((await harness.Run.GetWaits())[0].Id, RunHarness.TokenOf("""{"approved":true}""")));
        Assert.Equal("[1,2,3,4,5]", Assert.Single((await harness.EndAsync("completed")).Outputs["result"]).ToString());
        Assert.Equal(5, executed);

        async IAsyncEnumerable<Output> CountAsync(IFiring firing)
        {
            await Task.Yield();
            Interlocked.Increment(ref executed);
            yield return firing[0]!;
        }
    }

    [Fact]
    [Spec("DU-06", "DU-08", "CH-01")]
    public async Task A_run_comes_back_from_its_last_snapshot_and_what_follows_it()
    {
        const int Tokens = 2_000;
        var (reached, gate) = (new TaskCompletionSource(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var harness = await RunHarness.StartAsync((firing, _, _) => PassAsync(firing), null, ("Runs:SnapshotAfterBytes", "1024"));
        await DrawAsync(
            harness.Silo, "dsg_long", [("r", "range", $$"""{"from":1,"to":{{Tokens}}}""", null), ("p", "probe", "{}", null), ("o", "output", """{"name":"result"}""", null)], "r>p", "p>o");
        await StartAsync(harness, "dsg_long");
        await reached.Task.InTime();
        var snapshots = harness.Silo.Services.GetRequiredService<ISnapshotStore>();
        await Wait.UntilAsync(async () => await snapshots.LoadAsync("run/run_1", CancellationToken.None) is not null);

        await harness.Silo.DeactivateAsync(harness.Run).InTime();
        gate.SetResult();
        await harness.Run.Wake();
        await harness.EndAsync("completed");

        var all = new List<string>();
        while (await harness.Run.GetOutput("result", all.Count, 1_000) is { Items.Length: > 0 } page)
        {
            all.AddRange(page.Items.Select(token => token.ToString()));
        }

        Assert.Equal(Enumerable.Range(1, Tokens).Select(n => $"{n}"), all);

        async IAsyncEnumerable<Output> PassAsync(IFiring firing)
        {
            if (firing[0]!.Json.GetInt32() == Tokens * 3 / 4)
            {
                reached.TrySetResult();
                await gate.Task;
            }

            yield return firing[0]!;
        }
    }

    [Fact]
    [Spec("DU-10")]
    public async Task Firings_are_journalled_in_groups()
    {
        await using var harness = await RunHarness.StartAsync((firing, _, _) => OnceAsync(firing[0]!));
        await DrawAsync(
            harness.Silo, "dsg_many", [("r", "range", """{"from":1,"to":5000}""", null), ("m", "merge", "{}", null), ("o", "output", """{"name":"result"}""", null)], "r>m", "m>o");
        await StartAsync(harness, "dsg_many");
        var view = await harness.EndAsync("completed");

        var entries = await harness.Silo.Journal.Stored.ReadAsync("run/run_1", 0, 10_000, CancellationToken.None).CountAsync();
        Assert.True(view.Nodes.Values.Sum(node => node.Firings) > 10_000);
        Assert.InRange(entries, 2, 1_000);
    }

    [Fact]
    [Spec("DU-11")]
    public async Task A_run_that_keeps_only_its_result_does_not_outlive_its_process_and_says_so()
    {
        await using var harness = await RunHarness.StartAsync((_, context, _) => HoldAsync(context));
        await DrawAsync(harness.Silo, "dsg_light", [("c", "constant", """{"value":1}""", null), ("p", "probe", "{}", null)], "c>p");
        await StartAsync(harness, "dsg_light", RunDurability.None);
        await Wait.UntilAsync(async () => (await harness.Run.GetWaits()).Length == 1);

        await harness.Silo.DeactivateAsync(harness.Run).InTime();

        Assert.Equal(ErrorCodes.RunInterrupted, (await harness.EndAsync("failed")).Run.Error!.Code);

        static async IAsyncEnumerable<Output> HoldAsync(IExecutionContext context)
        {
            yield return (await context.WaitAsync(new OutsideQuestion("approval", RunHarness.TokenOf("{}"))))!;
        }
    }

    [Fact]
    [Spec("CT-04", "CT-05")]
    public async Task What_is_in_flight_when_a_run_is_paused_finishes_and_nothing_new_starts()
    {
        var (gate, executed) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), 0);
        await using var harness = await RunHarness.StartAsync((firing, _, _) => PassAsync(firing));
        await DrawAsync(
            harness.Silo, "dsg_pause", [("r", "range", """{"from":1,"to":3}""", null), ("p", "probe", "{}", """{"parallelism":1}"""), ("o", "output", """{"name":"result"}""", null)], "r>p", "p>o");
        await StartAsync(harness, "dsg_pause");
        await Wait.UntilAsync(() => Volatile.Read(ref executed) == 1);

        Assert.Null(await harness.Run.Pause());
        gate.SetResult();
        RunView? view = null;
        await Wait.UntilAsync(async () => (view = await harness.Run.Get())!.Nodes["p"].Firings == 1);
        Assert.Equal(("paused", 1, 0L), (view!.Run.Status, executed, view.Nodes["o"].Firings));

        Assert.Null(await harness.Run.Resume());
        Assert.Equal(["1", "2", "3"], (await harness.EndAsync("completed")).Outputs["result"].Select(token => token.ToString()));

        async IAsyncEnumerable<Output> PassAsync(IFiring firing)
        {
            Interlocked.Increment(ref executed);
            await gate.Task;
            yield return firing[0]!;
        }
    }

    [Theory]
    [InlineData("Firings", "2", "firings:")]
    [InlineData("TokensPerFiring", "1", "tokensPerFiring:")]
    [InlineData("TokenBytes", "8", "tokenBytes:")]
    [Spec("CT-08", "CT-09", "CT-10")]
    public async Task A_run_that_does_too_much_fails_and_names_the_limit(string limit, string value, string named)
    {
        await using var harness = await RunHarness.StartAsync((_, _, _) => TwiceAsync(), null, ($"Runs:Limits:{limit}", value));
        await harness.StartRunAsync();
        var error = (await harness.EndAsync("failed")).Run.Error!;

        Assert.Equal(ErrorCodes.LimitReached, error.Code);
        Assert.StartsWith(named, error.Detail, StringComparison.Ordinal);

        static async IAsyncEnumerable<Output> TwiceAsync()
        {
            await Task.Yield();
            yield return RunHarness.TokenOf("\"long enough\"");
            yield return RunHarness.TokenOf("\"long enough\"");
        }
    }

    [Fact]
    [Spec("CT-10")]
    public async Task A_run_in_which_too_much_waits_fails_and_names_the_limit()
    {
        await using var harness = await RunHarness.StartAsync((firing, _, _) => OnceAsync(firing[0]!), null, ("Runs:Limits:QueuedBytes", "1000"));
        await DrawAsync(harness.Silo, "dsg_heap", [("r", "range", """{"from":1,"to":1000000}""", null), ("all", "collect", "{}", null)], "r>all");
        await StartAsync(harness, "dsg_heap");
        var error = (await harness.EndAsync("failed")).Run.Error!;

        Assert.Equal(ErrorCodes.LimitReached, error.Code);
        Assert.StartsWith("queuedBytes:", error.Detail, StringComparison.Ordinal);
    }

    private static async IAsyncEnumerable<Output> OnceAsync(Token token)
    {
        await Task.Yield();
        yield return token;
    }

    private static async Task DrawAsync(TestSilo silo, string id, (string Id, string Type, string Props, string? Execution)[] nodes, params string[] connections)
    {
        var created = await silo.Grains.GetGrain<IDesignGrain>(id).Create(new DesignCaller(new Author("usr_ann", AuthorKind.User), true), new NewDesign(
            "prj_1",
            id,
            DesignKind.Process,
            null,
            null,
            [
                .. nodes.Select((node, i) => new Node
                {
                    Id = node.Id, Type = node.Type, Props = JsonElement.Parse(node.Props), Execution = node.Execution is null ? null : JsonElement.Parse(node.Execution), Order = $"a{i}",
                }),
            ],
            [
                .. connections.Select(connection => connection.Split('>')).Select(ends => new Connection
                {
                    Id = $"{ends[0]}-{ends[1]}", From = new Endpoint(ends[0], "out"), To = new Endpoint(ends[1], "in"),
                }),
            ])).InTime();
        Assert.Null(created.Refusal);
    }

    private static async Task StartAsync(RunHarness harness, string design, RunDurability durability = RunDurability.Firing)
    {
        var started = await harness.Run.Start(new NewRun(design, "usr_ann", null, durability, ImmutableDictionary<string, ImmutableArray<Token>>.Empty)).InTime();
        Assert.Null(started.Refusal);
    }
}
