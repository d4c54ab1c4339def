using System.Collections.Concurrent;
using Actors.Components;
using Actors.Domain.Execution;
using Actors.Grains.Tests.Infrastructure;

namespace Actors.Grains.Tests.Runs;

/// <summary>Runs whose silo is killed at random times.</summary>
public sealed class RunCrashTests
{
    private const int Each = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_run_that_is_killed_at_any_time_gives_each_result_once_and_each_effect_its_own_token(int seed)
    {
        var random = new Random(seed);
        var tokens = new ConcurrentDictionary<string, long>();
        var mixed = new ConcurrentQueue<string>();
        var performed = 0;
        await using var harness = await RunHarness.StartAsync((firing, context, _) => DoubleAsync(firing[0]!.Json.GetInt64(), context));
        await harness.DesignAsync(
            "dsg_2",
            ["a>m", "b>m", "m>p", "p>o"],
            RunHarness.Node("a", "range", $$"""{"from":1,"to":{{Each}}}"""),
            RunHarness.Node("b", "range", $$"""{"from":1001,"to":{{1_000 + Each}}}"""),
            RunHarness.Node("m", "merge"),
            RunHarness.Node("p", "probe", execution: """{"parallelism":8}"""),
            RunHarness.Node("o", "output", """{"name":"result"}"""));
        await harness.StartRunAsync(design: "dsg_2");
        for (var kills = 0; kills < 4; kills++)
        {
            var next = Volatile.Read(ref performed) + random.Next(1, 25);
            await Wait.UntilAsync(async () =>
            {
                // What is left of the silo that was killed may still write, and so end the activation that came after it.
                await harness.Run.Wake();
                return Volatile.Read(ref performed) >= next || tokens.Count == 2 * Each;
            });
            await harness.Silo.KillAsync();
        }

        var view = await harness.EndAsync("completed");

        var expected = Enumerable.Range(1, Each).Concat(Enumerable.Range(1_001, Each)).Select(value => 2L * value);
        Assert.Equal(expected, (await harness.Run.GetOutput("result", 0, 1_000).InTime())!.Items.Select(token => token.Json.GetInt64()).Order());
        Assert.Equal(2 * Each, view.Nodes["p"].Firings);
        Assert.Empty(mixed);

        async IAsyncEnumerable<Output> DoubleAsync(long value, IExecutionContext context)
        {
            yield return await context.EffectAsync("double", async (id, _) =>
            {
                await Task.Yield();
                if (tokens.GetOrAdd(id.Value, value) != value)
                {
                    mixed.Enqueue($"{id}: {value}");
                }

                Interlocked.Increment(ref performed);
                return Token.Of(2 * value);
            });
        }
    }
}
