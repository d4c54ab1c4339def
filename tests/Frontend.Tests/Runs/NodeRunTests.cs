using static Actors.Frontend.Tests.Runs.RunScene;

namespace Actors.Frontend.Tests.Runs;

[Collection(RunningServer.Collection)]
public sealed class NodeRunTests(RunningServer server)
{
    [Fact]
    public async Task A_node_runs_alone_with_sample_tokens_though_its_design_cannot_run()
    {
        var scene = await CreateAsync(server);
        var design = await scene.DesignAsync([("f", "filter", """{"condition":"$ > 2"}"""), ("lonely", "merge", "{}")]);
        await scene.RefusesAsync($"designs/{design}/runs", "{}", 422, "run.input_unconnected");

        var run = await scene.RunAsync($"designs/{design}/nodes/f/run", """{"inputs":{"in":[1,2,3,4]}}""");

        Assert.Equal("completed", Status(run));
        Assert.Equal("f", run.GetProperty("nodeId").GetString());
        Assert.Equal("[3,4]", run.GetProperty("outputs").GetProperty("out").GetRawText());
        Assert.Equal("[1,2]", run.GetProperty("outputs").GetProperty("rejected").GetRawText());
        Assert.Equal("f", Assert.Single(run.GetProperty("nodes").EnumerateObject()).Name);
        Assert.Equal(4, run.GetProperty("nodes").GetProperty("f").GetProperty("in").GetInt32());
        Assert.Empty(run.GetProperty("connections").EnumerateObject());
        var listed = (await scene.GetAsync($"designs/{design}/runs")).GetProperty("items").EnumerateArray();
        Assert.Equal("f", Assert.Single(listed).GetProperty("nodeId").GetString());
    }

    [Fact]
    public async Task A_node_that_has_an_effect_can_be_tried_dry_and_replayed()
    {
        var scene = await CreateAsync(server);
        var design = await scene.DesignAsync([("w", "file.write", """{"path":"{{$}}.txt"}""")]);

        var dry = await scene.RunAsync($"designs/{design}/nodes/w/run", """{"inputs":{"in":["a"]},"dryRun":true}""");
        Assert.True(dry.GetProperty("dryRun").GetBoolean());
        Assert.True(dry.GetProperty("outputs").GetProperty("out")[0].GetProperty("dryRun").GetBoolean());
        Assert.Equal(0, await scene.VersionOfAsync("a.txt"));

        var run = await scene.RunAsync($"designs/{design}/nodes/w/run", """{"inputs":{"in":["a"]}}""");
        var replay = await scene.RunAsync($"runs/{Id(run)}/replay");
        Assert.Equal(Outputs(run), Outputs(replay));
        Assert.Equal("w", replay.GetProperty("nodeId").GetString());
        Assert.Equal(1, await scene.VersionOfAsync("a.txt"));
    }

    [Theory]
    [InlineData("none", """{"in":[1]}""", 404, "not_found")]
    [InlineData("j", """{"out":["{}"]}""", 422, "port_unknown")]
    [InlineData("j", """{"in":["{}",1]}""", 422, "port_mismatch")]
    [InlineData("j", "{}", 422, "run.input_unconnected")]
    [InlineData("j", """{"in":null}""", 400, "validation_failed")]
    [InlineData("a", """{"in":[1]}""", 422, "property_invalid")]
    public async Task What_a_node_cannot_be_tried_with_is_refused(string node, string inputs, int status, string code)
    {
        var scene = await CreateAsync(server);
        var design = await scene.DesignAsync([("j", "json.parse", "{}"), ("a", "delay", "{}")]);
        await scene.RefusesAsync($"designs/{design}/nodes/{node}/run", $$"""{"inputs":{{inputs}}}""", status, code);
        await (await CreateAsync(server)).RefusesAsync($"designs/{design}/nodes/{node}/run", "{}", 404, "not_found");
    }
}
