using static Actors.Frontend.Tests.Runs.RunScene;

namespace Actors.Frontend.Tests.Runs;

[Collection(RunningServer.Collection)]
public sealed class DryRunTests(RunningServer server)
{
    [Fact]
    public async Task A_dry_run_touches_nobody_and_marks_what_nobody_recorded()
    {
        var scene = await CreateAsync(server);
        var design = await scene.DesignAsync(
            [
                ("in", "input", """{"name":"text"}"""), ("tell", "notify", """{"message":"{{$}}"}"""), ("ask", "approval", """{"question":"Go on?"}"""),
                ("sum", "ai.summarize", "{}"), ("kind", "ai.classify", """{"categories":["good","bad"]}"""), ("write", "file.write", """{"path":"dry.txt"}"""),
                ("summary", "output", """{"name":"summary"}"""), ("class", "output", """{"name":"class"}"""), ("file", "output", """{"name":"file"}"""),
            ],
            "in>tell", "tell>ask", "ask>sum", "ask>kind", "sum>summary", "kind>class", "sum>write", "write>file");

        var run = await scene.RunAsync($"designs/{design}/runs", """{"dryRun":true,"inputs":{"text":["hello"]}}""");

        Assert.Equal("completed", Status(run));
        Assert.True(run.GetProperty("dryRun").GetBoolean());
        Assert.Equal("""["[dry run: no model was asked]"]""", run.GetProperty("outputs").GetProperty("summary").GetRawText());
        Assert.Equal("""[{"category":"good","confidence":0,"dryRun":true}]""", run.GetProperty("outputs").GetProperty("class").GetRawText());
        Assert.True(run.GetProperty("outputs").GetProperty("file")[0].GetProperty("dryRun").GetBoolean());
        Assert.Equal(0, await scene.VersionOfAsync("dry.txt"));
        Assert.False(run.GetProperty("nodes").GetProperty("sum").TryGetProperty("models", out _));
        Assert.Empty((await scene.GetAsync("notifications")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task What_the_latest_completed_run_recorded_stands_in_for_effects()
    {
        var scene = await CreateAsync(server);
        var design = await WritingAsync(scene);
        await scene.RunAsync($"designs/{design}/runs", """{"inputs":{"text":["a","b"]}}""");
        await scene.RunAsync($"designs/{design}/runs", """{"inputs":{"text":["b"]}}""");
        await scene.RunAsync($"designs/{design}/runs", """{"dryRun":true,"inputs":{"text":["b"]}}""");

        var run = await scene.RunAsync($"designs/{design}/runs", """{"dryRun":true,"inputs":{"text":["x","b"]}}""");

        // Nothing recorded took "x", so it has what the firing of its number gave; "b" has what "b" gave.
        var files = run.GetProperty("outputs").GetProperty("files").EnumerateArray().ToArray();
        Assert.Equal(["b.txt", "b.txt"], files.Select(file => file.GetProperty("path").GetString()));
        Assert.Equal(0, await scene.VersionOfAsync("x.txt"));
    }

    [Fact]
    public async Task A_dry_run_takes_what_the_named_run_recorded()
    {
        var scene = await CreateAsync(server);
        var design = await WritingAsync(scene);
        var first = await scene.RunAsync($"designs/{design}/runs", """{"inputs":{"text":["a"]}}""");
        await scene.RunAsync($"designs/{design}/runs", """{"inputs":{"text":["b"]}}""");

        var run = await scene.RunAsync($"designs/{design}/runs", $$"""{"dryRun":true,"from":"{{Id(first)}}","inputs":{"text":["x"]} }""");

        Assert.Equal("a.txt", run.GetProperty("outputs").GetProperty("files")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task The_run_of_a_design_inside_a_dry_run_is_dry_too()
    {
        var scene = await CreateAsync(server);
        var inner = await WritingAsync(scene);
        var outer = await scene.DesignAsync(
            [("c", "constant", """{"value":"inner"}"""), ("d", "design", $$"""{"designId":"{{inner}}","input":"text","output":"files"}"""), ("out", "output", """{"name":"n"}""")],
            "c>d", "d>out");

        var run = await scene.RunAsync($"designs/{outer}/runs", """{"dryRun":true}""");

        Assert.Equal("completed", Status(run));
        Assert.True(run.GetProperty("outputs").GetProperty("n")[0].GetProperty("dryRun").GetBoolean());
        Assert.True(Assert.Single((await scene.GetAsync($"designs/{inner}/runs")).GetProperty("items").EnumerateArray()).GetProperty("dryRun").GetBoolean());
        Assert.Equal(0, await scene.VersionOfAsync("inner.txt"));
    }

    [Fact]
    public async Task What_a_dry_run_cannot_take_from_is_refused()
    {
        var scene = await CreateAsync(server);
        var (design, other) = (await WritingAsync(scene), await WritingAsync(scene));
        var foreign = Id(await scene.RunAsync($"designs/{other}/runs"));
        var unrecorded = Id(await scene.RunAsync($"designs/{design}/runs", """{"durability":"none"}"""));

        await scene.RefusesAsync($"designs/{design}/runs", $$"""{"from":"{{unrecorded}}"}""", 400, "validation_failed");
        await scene.RefusesAsync($"designs/{design}/runs", """{"dryRun":true,"from":"yesterday"}""", 400, "validation_failed");
        await scene.RefusesAsync($"designs/{design}/runs", $$"""{"dryRun":true,"from":"{{foreign}}"}""", 404, "not_found");
        await scene.RefusesAsync($"designs/{design}/runs", $$"""{"dryRun":true,"from":"{{unrecorded}}"}""", 409, "run.not_recorded");
    }

    private static Task<string> WritingAsync(RunScene scene) => scene.DesignAsync(
        [("in", "input", """{"name":"text"}"""), ("write", "file.write", """{"path":"{{$}}.txt"}"""), ("out", "output", """{"name":"files"}""")], "in>write", "write>out");
}
