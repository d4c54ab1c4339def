using System.Collections.Immutable;
using Actors.Components;
using Actors.Components.Services;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Grains.Tests.Infrastructure;

namespace Actors.Grains.Tests.Runs;

/// <summary>A failed run goes on from the firing that failed, and is told anew what it failed upon.</summary>
public sealed class RetryTests
{
    private const string Other = "dsg_01k9x2m4n6p8r0t2v4x6z8a0b3";

    [Fact]
    public async Task A_run_that_was_waited_for_and_failed_is_started_anew()
    {
        var fails = true;
        await using var harness = await RunHarness.StartAsync((_, context, _) => context.DesignId == Other
            ? fails ? throw new ComponentException("broken", "It broke.", retryable: false) : OneAsync("42")
            : StartOtherAsync(context));
        await OtherAsync(harness);
        await harness.StartRunAsync();
        Assert.Equal("sub_run_failed", (await harness.EndAsync("failed")).Run.Error!.Code);

        fails = false;
        Assert.Null(await harness.Run.Retry().InTime());

        Assert.Equal("[42]", (await CompletedAsync(harness)).ToString());
        Assert.Equal(["completed", "failed"], await ChildrenAsync(harness));
    }

    [Fact]
    public async Task What_a_failing_run_cancelled_is_no_answer_when_it_is_retried()
    {
        var (breaks, waits) = (Signal(), true);
        await using var harness = await RunHarness.StartAsync((_, context, _) => context switch
        {
            { DesignId: Other } => waits ? AskAsync(context, "approval") : OneAsync("42"),
            { NodeId: "q" } => BreakAsync(breaks.Task, () => waits),
            _ => StartOtherAsync(context),
        });
        await OtherAsync(harness);
        await harness.DesignAsync(
            "dsg_2",
            ["c>p", "p>o", "c>q"],
            RunHarness.Node("c", "constant", """{"value":1}"""),
            RunHarness.Node("p", "probe"),
            RunHarness.Node("q", "probe"),
            RunHarness.Node("o", "output", """{"name":"result"}"""));
        await harness.StartRunAsync(design: "dsg_2");
        await Wait.UntilAsync(async () => (await ChildrenAsync(harness)).SequenceEqual(["waiting"]));
        breaks.SetResult();
        Assert.Equal("q", (await harness.EndAsync("failed")).Run.Error!.NodeId);
        await Wait.UntilAsync(async () => (await ChildrenAsync(harness)).SequenceEqual(["cancelled"]));

        waits = false;
        Assert.Null(await harness.Run.Retry().InTime());

        Assert.Equal("[42]", (await CompletedAsync(harness)).ToString());
        Assert.Equal(["cancelled", "completed"], await ChildrenAsync(harness));
    }

    [Fact]
    public async Task A_wait_that_timed_out_is_asked_anew_under_another_name()
    {
        var patience = TimeSpan.FromMilliseconds(1);
        await using var harness = await RunHarness.StartAsync((_, context, _) => AskAsync(context, "signal", patience));
        await harness.StartRunAsync();
        Assert.Equal("wait_timed_out", (await harness.EndAsync("failed")).Run.Error!.Code);

        patience = TimeSpan.FromDays(1);
        Assert.Null(await harness.Run.Retry().InTime());
        await Wait.UntilAsync(async () => !(await harness.Run.GetWaits()).IsEmpty);
        var wait = Assert.Single(await harness.Run.GetWaits());
        Assert.Equal(ErrorCodes.RunWaitUnknown, (await harness.Run.Answer(wait.Id[..wait.Id.LastIndexOf('-')], Token.True).InTime())?.Code);
        Assert.Null(await harness.Run.Answer(wait.Id, Token.Of("go")).InTime());

        Assert.Equal("\"go\"", (await CompletedAsync(harness)).ToString());
    }

    [Fact]
    public async Task An_unusable_choice_is_made_anew_and_what_happened_before_it_is_not_repeated()
    {
        var (performed, chosen) = (0, 0);
        await using var harness = await RunHarness.StartAsync((_, context, _) => ChooseAsync(context));
        await harness.StartRunAsync();
        Assert.Equal("answer_invalid", (await harness.EndAsync("failed")).Run.Error!.Code);

        await harness.Silo.RestartAsync();
        Assert.Null(await harness.Run.Retry().InTime());

        Assert.Equal("2", (await CompletedAsync(harness)).ToString());
        Assert.Equal((1, 2), (performed, chosen));

        async IAsyncEnumerable<Output> ChooseAsync(IExecutionContext context)
        {
            await context.EffectAsync("act", (_, _) => ValueTask.FromResult(Token.Of((long)++performed)));
            var choice = await context.ChooseAsync(_ => ValueTask.FromResult(Token.Of((long)++chosen)));
            yield return choice.Json.GetInt64() > 1 ? choice : throw new ComponentException("answer_invalid", "That is no answer.", retryable: false);
        }
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Task OtherAsync(RunHarness harness) => harness.DesignAsync(
        Other,
        ["c>p", "p>o"],
        RunHarness.Node("c", "constant", """{"value":1}"""),
        RunHarness.Node("p", "probe"),
        RunHarness.Node("o", "output", """{"name":"answer"}"""));

    private static async Task<Token> CompletedAsync(RunHarness harness)
    {
        await Wait.UntilAsync(async () => (await harness.Run.GetHeader())!.Status is "completed" or "failed");
        return Assert.Single((await harness.EndAsync("completed")).Outputs["result"]);
    }

    private static async Task<string[]> ChildrenAsync(RunHarness harness)
    {
        var statuses = new List<string>();
        foreach (var link in await harness.Silo.Catalog.LinksFromAsync("run.child", "run_1", CancellationToken.None))
        {
            statuses.Add((await harness.RunOf(link.To).GetHeader())?.Status ?? "starting");
        }

        return [.. statuses.Order(StringComparer.Ordinal)];
    }

    private static async IAsyncEnumerable<Output> OneAsync(string json)
    {
        await Task.Yield();
        yield return RunHarness.TokenOf(json);
    }

    private static async IAsyncEnumerable<Output> BreakAsync(Task when, Func<bool> breaks)
    {
        await when;
        yield return breaks() ? throw new ComponentException("broken", "It broke.", retryable: false) : Token.Null;
    }

    private static async IAsyncEnumerable<Output> AskAsync(IExecutionContext context, string kind, TimeSpan? timeout = null)
    {
        yield return await context.WaitAsync(new OutsideQuestion(kind, Token.Empty, timeout))
            ?? throw new ComponentException("wait_timed_out", "Nobody answered.", retryable: false);
    }

    private static async IAsyncEnumerable<Output> StartOtherAsync(IExecutionContext context)
    {
        var starter = context.Service<IRunStarter>();
        var answer = await context.WaitAsync(
            new OutsideQuestion("run", Token.Empty),
            (wait, cancelled) => starter.StartRunAsync(wait, Other, null, ImmutableDictionary<string, IReadOnlyList<Token>>.Empty, cancelled));
        yield return answer!.Json.GetProperty("status").GetString() == "completed"
            ? Token.Of(answer.Json.GetProperty("outputs").GetProperty("answer"))
            : throw new ComponentException("sub_run_failed", "The other run failed.", retryable: false);
    }
}
