using static Actors.Frontend.Tests.Runs.RunScene;

namespace Actors.Frontend.Tests.Runs;

[Collection(RunningServer.Collection)]
public sealed class ReplayTests(RunningServer server)
{
    [Fact]
    [Spec("FA-10")]
    public async Task A_replay_gives_the_same_and_touches_and_asks_nothing()
    {
        var scene = await CreateAsync(server);
        var design = await PaidDesignAsync(scene);
        var run = await scene.RunAsync($"designs/{design}/runs", """{"inputs":{"text":["first","second"]}}""");
        Assert.Equal(1, await scene.VersionOfAsync("first.txt"));
        Assert.True(run.GetProperty("nodes").GetProperty("ask").GetProperty("models").GetProperty("inputTokens").GetInt64() > 0);

        var started = await scene.PostAsync($"runs/{Id(run)}/replay", "{}");
        var replay = await scene.EndAsync(Id(started));

        Assert.Equal("completed", Status(replay));
        Assert.Equal(Outputs(run), Outputs(replay));
        Assert.Equal(Id(run), replay.GetProperty("replayOf").GetString());
        Assert.False(replay.TryGetProperty("fromNode", out _));
        Assert.Equal(1, await scene.VersionOfAsync("first.txt"));
        Assert.False(replay.GetProperty("nodes").GetProperty("ask").TryGetProperty("models", out _));
        Assert.Equal(2, replay.GetProperty("nodes").GetProperty("ask").GetProperty("firings").GetInt32());
    }

    [Fact]
    [Spec("FA-10")]
    public async Task From_a_node_on_a_replay_executes_and_before_it_feeds_what_was_recorded()
    {
        var scene = await CreateAsync(server);
        var design = await scene.DesignAsync(
            [
                ("r", "range", """{"from":1,"to":3}"""), ("early", "log", """{"message":"early {{$}}"}"""), ("late", "log", """{"message":"late {{$}}"}"""),
                ("side", "output", """{"name":"side"}"""), ("out", "output", """{"name":"n"}"""),
            ],
            "r>early", "early>late", "early>side", "late>out");
        var run = await scene.RunAsync($"designs/{design}/runs");

        var replay = await scene.RunAsync($"runs/{Id(run)}/replay", """{"node":"late"}""");

        Assert.Equal("completed", Status(replay));
        Assert.Equal("late", replay.GetProperty("fromNode").GetString());
        Assert.Equal("""{"n":[1,2,3]}""", Outputs(replay));
        var lines = (await scene.GetAsync($"runs/{Id(replay)}/events")).GetProperty("items").EnumerateArray()
            .Where(item => item.GetProperty("kind").GetString() == "log").Select(item => item.GetProperty("message").GetString());
        Assert.Equal(["late 1", "late 2", "late 3"], lines);
        Assert.Equal(3, replay.GetProperty("nodes").GetProperty("early").GetProperty("firings").GetInt32());
    }

    [Fact]
    public async Task A_run_that_waited_for_a_person_is_replayed_without_asking_again()
    {
        var scene = await CreateAsync(server);
        var design = await scene.DesignAsync(
            [("c", "constant", """{"value":"draft"}"""), ("ask", "approval", """{"question":"Publish?"}"""), ("no", "output", """{"name":"rejected"}""")],
            "c>ask", "ask.rejected>no");
        var id = Id(await scene.PostAsync($"designs/{design}/runs", "{}"));
        await scene.StatusAsync(id, "waiting");
        var wait = (await scene.GetAsync($"runs/{id}/waits")).GetProperty("items")[0].GetProperty("id").GetString();
        await scene.PostAsync($"runs/{id}/answers/{wait}", """{"approved":false}""", 204);
        await scene.EndAsync(id);

        var replay = await scene.RunAsync($"runs/{id}/replay", """{"node":"ask"}""");

        Assert.Equal(("completed", """{"rejected":["draft"]}"""), (Status(replay), Outputs(replay)));
    }

    [Fact]
    public async Task What_was_never_recorded_fails_a_replay_unless_it_may_be_done()
    {
        var scene = await CreateAsync(server);
        var design = await scene.DesignAsync(
            [("c", "constant", """{"value":"text"}"""), ("ask", "approval", """{"question":"Write?"}"""), ("w", "file.write", """{"path":"out.txt"}"""), ("out", "output", """{"name":"file"}""")],
            "c>ask", "ask>w", "w>out");
        var id = Id(await scene.PostAsync($"designs/{design}/runs", "{}"));
        await scene.StatusAsync(id, "waiting");
        await scene.PostAsync($"runs/{id}/cancel", "{}", 204);
        await scene.EndAsync(id);

        var safe = await scene.RunAsync($"runs/{id}/replay", """{"node":"ask"}""");
        Assert.Equal(("failed", "run.replay_diverged"), (Status(safe), Error(safe)));
        Assert.Equal("ask", safe.GetProperty("error").GetProperty("nodeId").GetString());

        var live = Id(await scene.PostAsync($"runs/{id}/replay", """{"node":"ask","effects":"live"}"""));
        await scene.StatusAsync(live, "waiting");
        var wait = (await scene.GetAsync($"runs/{live}/waits")).GetProperty("items")[0].GetProperty("id").GetString();
        await scene.PostAsync($"runs/{live}/answers/{wait}", """{"approved":true}""", 204);
        Assert.Equal("completed", Status(await scene.EndAsync(live)));
        Assert.Equal(1, await scene.VersionOfAsync("out.txt"));
    }

    [Fact]
    public async Task A_firing_that_failed_and_was_passed_over_fails_again_in_its_replay()
    {
        var scene = await CreateAsync(server);
        var design = await scene.DesignAsync(
            [("c", "constant", """{"value":"../x"}"""), ("w", "file.write", """{"path":"{{$}}"}"""), ("out", "output", """{"name":"error"}""")],
            "c>w", "w.error>out");
        await scene.EditAsync(design, 2, """{"op":"node.set","id":"w","patch":{"execution":{"onError":"port"}}}""");
        var run = await scene.RunAsync($"designs/{design}/runs");
        var code = run.GetProperty("outputs").GetProperty("error")[0].GetProperty("code").GetString();

        var replay = await scene.RunAsync($"runs/{Id(run)}/replay");

        Assert.Equal("completed", Status(replay));
        Assert.Equal(code, replay.GetProperty("outputs").GetProperty("error")[0].GetProperty("code").GetString());
        Assert.Equal("skipped", replay.GetProperty("nodes").GetProperty("w").GetProperty("status").GetString());
    }

    [Fact]
    public async Task What_cannot_be_replayed_is_refused()
    {
        var scene = await CreateAsync(server);
        var design = await scene.DesignAsync([("c", "constant", """{"value":1}"""), ("ask", "approval", """{"question":"?"}""")], "c>ask");
        var waiting = Id(await scene.PostAsync($"designs/{design}/runs", "{}"));
        await scene.RefusesAsync($"runs/{waiting}/replay", "{}", 409, "run.state");

        var plain = await scene.DesignAsync([("c", "constant", """{"value":1}"""), ("out", "output", """{"name":"n"}""")], "c>out");
        var kept = Id(await scene.RunAsync($"designs/{plain}/runs"));
        await scene.RefusesAsync($"runs/{kept}/replay", """{"node":"none"}""", 422, "run.node_unknown");
        await scene.RefusesAsync($"runs/{kept}/replay", """{"effects":"some"}""", 400, "validation_failed");
        var result = Id(await scene.RunAsync($"designs/{plain}/runs", """{"durability":"none"}"""));
        await scene.RefusesAsync($"runs/{result}/replay", "{}", 409, "run.not_recorded");
        await (await CreateAsync(server)).RefusesAsync($"runs/{kept}/replay", "{}", 404, "not_found");
    }

    [Fact]
    public async Task A_replay_can_be_replayed()
    {
        var scene = await CreateAsync(server);
        var design = await PaidDesignAsync(scene);
        var run = await scene.RunAsync($"designs/{design}/runs", """{"inputs":{"text":["first"]}}""");
        var replay = await scene.RunAsync($"runs/{Id(run)}/replay", """{"node":"write"}""");
        var again = await scene.RunAsync($"runs/{Id(replay)}/replay");

        Assert.Equal(Outputs(run), Outputs(again));
        Assert.Equal(1, await scene.VersionOfAsync("first.txt"));
    }

    /// <summary>Asks a model and writes a file for each text.</summary>
    private static Task<string> PaidDesignAsync(RunScene scene) => scene.DesignAsync(
        [
            ("in", "input", """{"name":"text"}"""), ("ask", "ai.summarize", """{"maximumWords":5}"""), ("write", "file.write", """{"path":"{{$}}.txt"}"""),
            ("out", "output", """{"name":"files"}"""),
        ],
        "in>ask", "ask>write", "write>out");
}
