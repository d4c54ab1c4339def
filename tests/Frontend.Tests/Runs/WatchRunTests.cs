using System.Text;
using System.Text.Json;
using Actors.TestKit.Server;
using static Actors.Frontend.Tests.Runs.RunScene;

namespace Actors.Frontend.Tests.Runs;

[Collection(RunningServer.Collection)]
public sealed class WatchRunTests(RunningServer server)
{
    [Fact]
    [Spec("LV-08")]
    public async Task Two_who_watch_a_run_at_once_see_the_same_end_and_one_who_comes_late_gets_what_it_missed()
    {
        var scene = await CreateAsync(server);
        var design = await scene.DesignAsync(
            [
                ("r", "range", """{"from":1,"to":300}"""), ("d", "delay", """{"milliseconds":20}"""), ("line", "log", """{"message":"{{$}}"}"""),
                ("ask", "approval", """{"question":"End?"}"""), ("all", "collect", "{}"), ("out", "output", """{"name":"n"}"""),
            ],
            "r>d", "d>line", "line>all", "all>ask", "ask>out");
        var id = Id(await scene.PostAsync($"designs/{design}/runs", "{}"));
        await using var one = await scene.ConnectAsync();
        await using var two = await scene.ConnectAsync();
        await using var late = await scene.ConnectAsync();
        var (first, second) = (one.Stream("WatchRun", id, 0), two.Stream("WatchRun", id, 0));

        // Both have seen it run before it ends, and the third comes when everything but the answer is over.
        var early = (await WatchedAsync(first, IsWaiting), await WatchedAsync(second, IsWaiting));
        var third = late.Stream("WatchRun", id, 0);
        var lateFrames = await WatchedAsync(third, IsWaiting);
        await scene.PostAsync($"runs/{id}/answers/{early.Item1[^1].GetProperty("run").GetProperty("waits")[0].GetProperty("id").GetString()}", """{"approved":true}""", 204);
        List<JsonElement>[] seen = [[.. early.Item1, .. await RestAsync(first)], [.. early.Item2, .. await RestAsync(second)], [.. lateFrames, .. await RestAsync(third)]];

        Assert.All(seen, frames => Assert.Equal("completed", frames[^1].GetProperty("code").GetString()));
        Assert.Single(seen.Select(frames => frames[^2].GetProperty("run").GetRawText()).Distinct());
        Assert.Single(seen.Select(frames => string.Join('\n', Events(frames).Select(item => item.GetRawText()))).Distinct());
        Assert.Equal(Enumerable.Range(1, 300).Select(n => $"{n}"), Events(seen[2]).Where(IsLine).Select(item => item.GetProperty("message").GetString()));

        static bool IsWaiting(JsonElement run) => Status(run) == "waiting" && run.GetProperty("waits").GetArrayLength() == 1;
    }

    [Fact]
    public async Task Who_may_not_see_a_run_is_told_that_there_is_none()
    {
        var scene = await CreateAsync(server);
        var design = await scene.DesignAsync([("c", "constant", """{"value":1}"""), ("out", "output", """{"name":"n"}""")], "c>out");
        var run = await scene.RunAsync($"designs/{design}/runs");
        await using var stranger = await (await CreateAsync(server)).ConnectAsync();
        Assert.Equal("not_found", (await stranger.Stream("WatchRun", Id(run), null).NextAsync(Patience)).GetProperty("code").GetString());
    }

    [Fact]
    [Spec("LV-03")]
    public async Task A_connection_tells_how_much_passed_and_how_the_newest_token_begins()
    {
        var scene = await CreateAsync(server);
        var text = new string('ä', 400);
        var design = await scene.DesignAsync(
            [("in", "input", """{"name":"text"}"""), ("ask", "approval", """{"question":"?"}"""), ("out", "output", """{"name":"n"}""")], "in>ask", "ask>out");
        var id = Id(await scene.PostAsync($"designs/{design}/runs", $$"""{"inputs":{"text":[1,"{{text}}"]} }"""));
        await using var hub = await scene.ConnectAsync();

        var connection = (await WatchedAsync(hub.Stream("WatchRun", id, null), run => Status(run) == "waiting"))[^1].GetProperty("run").GetProperty("connections").GetProperty("c0");
        var plain = (await scene.GetAsync($"runs/{id}")).GetProperty("connections").GetProperty("c0");

        var preview = connection.GetProperty("preview").GetString()!;
        Assert.StartsWith("\"ä", preview, StringComparison.Ordinal);
        Assert.EndsWith("ä…", preview, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(preview), 250, 256);
        Assert.Equal((2, 1 + Encoding.UTF8.GetByteCount(text) + 2), (connection.GetProperty("tokens").GetInt32(), connection.GetProperty("bytes").GetInt32()));
        Assert.Equal(2, plain.GetProperty("tokens").GetInt32());
        Assert.False(plain.TryGetProperty("preview", out _));
    }

    [Fact]
    [Spec("LV-05")]
    public async Task A_node_tells_how_long_a_firing_takes_and_what_it_asked_of_models()
    {
        var scene = await CreateAsync(server);
        var design = await scene.DesignAsync(
            [("r", "range", """{"from":1,"to":20}"""), ("d", "delay", """{"milliseconds":30}"""), ("s", "ai.summarize", "{}"), ("out", "output", """{"name":"n"}""")],
            "r>d", "d>s", "s>out");

        var nodes = (await scene.RunAsync($"designs/{design}/runs")).GetProperty("nodes");

        var (p50, p99) = (nodes.GetProperty("d").GetProperty("p50").GetDouble(), nodes.GetProperty("d").GetProperty("p99").GetDouble());
        Assert.InRange(p50, 16, p99);
        var models = nodes.GetProperty("s").GetProperty("models");
        Assert.True(models.GetProperty("inputTokens").GetInt64() > 0 && models.GetProperty("outputTokens").GetInt64() > 0);
        Assert.Equal(0, models.GetProperty("cost").GetDecimal());
        Assert.Equal((20, 20, 20, 0), (Figure(nodes, "s", "firings"), Figure(nodes, "s", "in"), Figure(nodes, "s", "out"), Figure(nodes, "s", "errors")));
        Assert.False(nodes.GetProperty("d").TryGetProperty("models", out _));
    }

    [Fact]
    [Spec("LV-02")]
    public async Task Nodes_are_blocked_waiting_skipped_and_failed()
    {
        var scene = await CreateAsync(server);
        var design = await scene.DesignAsync(
            [
                ("r", "range", """{"from":1,"to":1000}"""), ("ask", "approval", """{"question":"?"}"""),
                ("bad", "constant", """{"value":"../x"}"""), ("skip", "file.write", """{"path":"{{$}}"}"""),
            ],
            "r>ask", "bad>skip");
        await scene.EditAsync(design, 2, """{"op":"node.set","id":"skip","patch":{"execution":{"onError":"skip"}}}""");
        var id = Id(await scene.PostAsync($"designs/{design}/runs", "{}"));

        await Eventually.HoldsAsync(
            async () =>
            {
                var nodes = (await scene.GetAsync($"runs/{id}")).GetProperty("nodes");
                return NodeStatus(nodes, "r") == "blocked" && NodeStatus(nodes, "ask") == "waiting" && NodeStatus(nodes, "skip") == "skipped";
            },
            Patience,
            "a node is blocked, one waits and one is skipped");
        await scene.PostAsync($"runs/{id}/cancel", "{}", 204);

        var failing = await scene.DesignAsync([("c", "constant", """{"value":1}"""), ("f", "fail", "{}")], "c>f");
        Assert.Equal("failed", NodeStatus((await scene.RunAsync($"designs/{failing}/runs")).GetProperty("nodes"), "f"));
    }

    [Fact]
    [Spec("ED-02")]
    public async Task A_run_says_that_its_design_has_moved_on_while_it_stands_still()
    {
        var scene = await CreateAsync(server);
        var design = await scene.DesignAsync([("c", "constant", """{"value":1}"""), ("ask", "approval", """{"question":"?"}""")], "c>ask");
        var id = Id(await scene.PostAsync($"designs/{design}/runs", "{}"));
        await using var hub = await scene.ConnectAsync();
        var stream = hub.Stream("WatchRun", id, null);
        var before = (await WatchedAsync(stream, run => Status(run) == "waiting"))[^1].GetProperty("run");

        await scene.EditAsync(design, 2, """{"op":"node.set","id":"c","patch":{"x":5}}""");
        var after = (await WatchedAsync(stream, run => run.GetProperty("designRevision").GetInt64() != 2))[^1].GetProperty("run");

        Assert.Equal((2, 2), (before.GetProperty("revision").GetInt64(), before.GetProperty("designRevision").GetInt64()));
        Assert.Equal((2, 3), (after.GetProperty("revision").GetInt64(), after.GetProperty("designRevision").GetInt64()));
    }

    [Fact]
    [Spec("LV-06")]
    public async Task A_fast_run_makes_few_frames()
    {
        var scene = await CreateAsync(server);
        var design = await scene.DesignAsync(
            [("r", "range", """{"from":1,"to":100000}"""), ("m", "merge", "{}"), ("all", "aggregate", """{"operation":"count"}"""), ("out", "output", """{"name":"n"}""")],
            "r>m", "m>all", "all>out");
        var id = Id(await scene.PostAsync($"designs/{design}/runs", "{}"));
        await using var hub = await scene.ConnectAsync();

        var frames = await RestAsync(hub.Stream("WatchRun", id, 0));

        // 10 states a second, whatever happens between them, and one at the end.
        var run = frames[^2].GetProperty("run");
        var seconds = (run.GetProperty("endedAt").GetDateTimeOffset() - run.GetProperty("createdAt").GetDateTimeOffset()).TotalSeconds;
        Assert.Equal(100_000, Figure(run.GetProperty("nodes"), "m", "firings"));
        Assert.InRange(frames.Count(frame => frame.GetProperty("kind").GetString() == "state"), 1, (int)(seconds * 10) + 3);
        Assert.InRange(frames.Count(frame => frame.GetProperty("kind").GetString() == "events"), 1, (int)(seconds * 10) + 3);
    }

    private static int Figure(JsonElement nodes, string node, string figure) => nodes.GetProperty(node).GetProperty(figure).GetInt32();

    private static string? NodeStatus(JsonElement nodes, string node) => nodes.GetProperty(node).GetProperty("status").GetString();

    private static bool IsLine(JsonElement item) => item.GetProperty("kind").GetString() == "log";

    private static IEnumerable<JsonElement> Events(IEnumerable<JsonElement> frames) =>
        frames.Where(frame => frame.GetProperty("kind").GetString() == "events").SelectMany(frame => frame.GetProperty("events").EnumerateArray());

    /// <summary>The frames up to a state that is waited for.</summary>
    private static async Task<List<JsonElement>> WatchedAsync(HubStream stream, Func<JsonElement, bool> until)
    {
        var frames = new List<JsonElement>();
        do
        {
            frames.Add(await stream.NextAsync(Patience));
        }
        while (frames[^1].GetProperty("kind").GetString() != "state" || !until(frames[^1].GetProperty("run")));
        return frames;
    }

    private static async Task<List<JsonElement>> RestAsync(HubStream stream)
    {
        using var deadline = new CancellationTokenSource(Patience);
        return await stream.Items.ReadAllAsync(deadline.Token).ToListAsync(deadline.Token);
    }
}
