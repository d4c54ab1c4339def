using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Triggers;

/// <summary>What a trigger gives to the nodes of its kind.</summary>
[Collection(RunningServer.Collection)]
public sealed class TriggerNodeTests(RunningServer server) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private ApiClient _owner = null!;
    private string _project = "";
    private string _design = "";

    public async Task InitializeAsync()
    {
        _owner = await ApiClient.RegisterAsync(server.Address, "owner");
        _project = await _owner.CreateProjectAsync("Fed");
        _design = await _owner.CreateDesignAsync(_project, "Fed by triggers", "process");
        var operations = JsonNode.Parse("""
            [{"op":"node.add","node":{"id":"hook","type":"webhook","x":0,"y":0,"props":{} }},
             {"op":"node.add","node":{"id":"plain","type":"webhook","x":0,"y":0,"props":{"contentType":"text/plain"}}},
             {"op":"node.add","node":{"id":"clock","type":"schedule","x":0,"y":0,"props":{"everyMilliseconds":3600000,"count":1}}},
             {"op":"node.add","node":{"id":"out1","type":"output","x":0,"y":0,"props":{"name":"all"}}},
             {"op":"node.add","node":{"id":"out2","type":"output","x":0,"y":0,"props":{"name":"plain"}}},
             {"op":"node.add","node":{"id":"out3","type":"output","x":0,"y":0,"props":{"name":"ticks"}}},
             {"op":"connection.add","connection":{"id":"c1","from":{"node":"hook","port":"out"},"to":{"node":"out1","port":"in"}}},
             {"op":"connection.add","connection":{"id":"c2","from":{"node":"plain","port":"out"},"to":{"node":"out2","port":"in"}}},
             {"op":"connection.add","connection":{"id":"c3","from":{"node":"clock","port":"out"},"to":{"node":"out3","port":"in"}}}]
            """)!.AsArray();
        (await _owner.SubmitAsync(_design, Guid.NewGuid(), operations)).Expect();
    }

    public Task DisposeAsync()
    {
        _owner.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    [Spec("TR-03", "TR-05")]
    public async Task A_request_to_the_hook_leaves_the_webhook_nodes_that_take_its_media_type()
    {
        var hook = (await CreateAsync(new JsonObject { ["kind"] = "webhook" })).GetProperty("hookUrl").GetString()!;
        var answer = await RunningServer.ReadAsync(await server.SendAsync("POST", $"{hook}?page=2", """{"order":7}""", headers: [("X-Kind", "order")]), 202);
        var outputs = (await EndAsync(answer.GetProperty("runId").GetString()!)).GetProperty("outputs");
        var request = Assert.Single(outputs.GetProperty("all").EnumerateArray());
        Assert.Equal(["method", "path", "contentType", "headers", "query", "body"], request.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("POST", "/hooks", "application/json"), (Text(request, "method"), Text(request, "path"), Text(request, "contentType")));
        Assert.Equal("order", Text(request.GetProperty("headers"), "x-kind"));
        Assert.Equal("2", Text(request.GetProperty("query"), "page"));
        Assert.Equal("""{"order":7}""", request.GetProperty("body").GetRawText());
        Assert.False(outputs.TryGetProperty("plain", out _));

        // The schedule is not this trigger's: it ticks as in a run that was started by hand.
        Assert.Equal(1, Assert.Single(outputs.GetProperty("ticks").EnumerateArray()).GetProperty("number").GetInt32());

        var other = await RunningServer.ReadAsync(await server.SendAsync("POST", hook, "hello", contentType: "text/plain"), 202);
        var text = Assert.Single((await EndAsync(other.GetProperty("runId").GetString()!)).GetProperty("outputs").GetProperty("plain").EnumerateArray());
        Assert.Equal("hello", Text(text, "body"));
    }

    [Fact]
    public async Task A_hook_that_is_fired_by_hand_sends_what_it_is_given_or_an_empty_request()
    {
        var id = (await CreateAsync(new JsonObject { ["kind"] = "webhook" })).GetProperty("trigger").GetProperty("id").GetString()!;
        var given = await FireAsync(id, new { payload = new { body = 1 } });
        Assert.Equal("""[{"body":1}]""", given.GetProperty("all").GetRawText());
        var request = Assert.Single((await FireAsync(id, new { })).GetProperty("all").EnumerateArray());
        Assert.Equal(("POST", JsonValueKind.Null), (Text(request, "method"), request.GetProperty("body").ValueKind));
    }

    [Fact]
    [Spec("TR-02", "TR-05")]
    public async Task A_schedule_gives_its_nodes_the_time_at_which_it_came_due()
    {
        var schedule = new JsonObject { ["cron"] = "0 3 * * *" };
        var id = (await CreateAsync(new JsonObject { ["kind"] = "schedule", ["schedule"] = schedule })).GetProperty("trigger").GetProperty("id").GetString()!;
        var tick = Assert.Single((await FireAsync(id, new { })).GetProperty("ticks").EnumerateArray());
        var firing = (await _owner.GetAsync($"projects/{_project}/triggers/{id}/firings")).Expect().GetProperty("items")[0];
        Assert.Equal(firing.GetProperty("dueAt").GetDateTimeOffset(), tick.GetProperty("time").GetDateTimeOffset());
        Assert.Equal(1, tick.GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task Whoever_starts_a_run_by_hand_may_feed_the_nodes_of_triggers_by_their_ids_and_no_others()
    {
        var started = (await _owner.PostAsync($"designs/{_design}/runs", new { inputs = new { hook = new[] { new { body = "sample" } } } })).Expect();
        Assert.Equal("""[{"body":"sample"}]""", (await EndAsync(started.GetProperty("id").GetString()!)).GetProperty("outputs").GetProperty("all").GetRawText());
        var refused = await _owner.PostAsync($"designs/{_design}/runs", new { inputs = new { out1 = new[] { 1 } } });
        Assert.Equal((422, "run.input_unknown"), ((int)refused.Status, refused.Problem().Code));
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private async Task<JsonElement> CreateAsync(JsonObject body)
    {
        body["name"] = "Feeds";
        body["designId"] = _design;
        body["overlap"] = "parallel";
        return (await _owner.PostAsync($"projects/{_project}/triggers", body)).Expect();
    }

    private async Task<JsonElement> FireAsync(string id, object body)
    {
        var fired = (await _owner.PostAsync($"projects/{_project}/triggers/{id}/fire", body)).Expect();
        return (await EndAsync(fired.GetProperty("runId").GetString()!)).GetProperty("outputs");
    }

    private async Task<JsonElement> EndAsync(string runId)
    {
        JsonElement run = default;
        await Eventually.HoldsAsync(
            async () => (run = (await _owner.GetAsync($"runs/{runId}")).Expect()).GetProperty("status").GetString() == "completed", Patience, "the run has ended");
        return run;
    }
}
