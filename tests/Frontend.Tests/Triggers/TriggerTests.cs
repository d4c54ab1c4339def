using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Triggers;

[Collection(RunningServer.Collection)]
public sealed class TriggerTests(RunningServer server) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private ApiClient _owner = null!;
    private ApiClient _viewer = null!;
    private ApiClient _stranger = null!;
    private string _project = "";
    private string _design = "";
    private string _path = "";

    public async Task InitializeAsync()
    {
        _owner = await ApiClient.RegisterAsync(server.Address, "owner");
        _viewer = await ApiClient.RegisterAsync(server.Address, "viewer");
        _stranger = await ApiClient.RegisterAsync(server.Address, "stranger");
        _project = await _owner.CreateProjectAsync("Site");
        await _owner.AddMemberAsync(_project, _viewer, "viewer");
        _design = await _owner.CreateDesignAsync(_project, "Run me", "process");
        _path = $"projects/{_project}/triggers";
        var operations = JsonNode.Parse("""
            [{"op":"node.add","node":{"id":"in","type":"input","x":0,"y":0,"props":{"name":"event"}}},
             {"op":"node.add","node":{"id":"out","type":"output","x":0,"y":0,"props":{"name":"result"}}},
             {"op":"connection.add","connection":{"id":"c","from":{"node":"in","port":"out"},"to":{"node":"out","port":"in"}}}]
            """)!.AsArray();
        (await _owner.SubmitAsync(_design, Guid.NewGuid(), operations)).Expect();
    }

    public Task DisposeAsync()
    {
        foreach (var client in new[] { _owner, _viewer, _stranger })
            client.Dispose();

        return Task.CompletedTask;
    }

    [Fact]
    [Spec("TR-03")]
    public async Task A_webhook_starts_a_run_with_what_it_was_sent_once_for_each_delivery()
    {
        var (id, hook) = await CreateHookAsync();
        var first = await PostAsync(hook, """{"order":7}""", ("X-GitHub-Delivery", "d1"), ("X-Kind", "order"), ("Authorization", "Bearer secret"));
        var answer = await RunningServer.ReadAsync(first, 202);
        Assert.Equal("started", answer.GetProperty("status").GetString());

        var result = (await EndAsync(answer.GetProperty("runId").GetString()!)).GetProperty("outputs").GetProperty("result")[0];
        Assert.Equal(7, result.GetProperty("body").GetProperty("order").GetInt32());
        Assert.Equal("order", result.GetProperty("headers").GetProperty("x-kind").GetString());
        Assert.False(result.GetProperty("headers").TryGetProperty("authorization", out _));

        var again = await RunningServer.ReadAsync(await PostAsync(hook, """{"order":7}""", ("X-GitHub-Delivery", "d1")), 202);
        Assert.Equal(answer.GetProperty("runId").GetString(), again.GetProperty("runId").GetString());
        var other = await RunningServer.ReadAsync(await PostAsync(hook, "plain", "text/plain", ("Idempotency-Key", "d2")), 202);
        Assert.NotEqual(answer.GetProperty("runId").GetString(), other.GetProperty("runId").GetString());
        Assert.Equal(2, (await FiringsAsync(id)).Length);
        Assert.DoesNotContain(hook.Split('/')[^1], (await _owner.GetAsync($"{_path}/{id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hook_refuses_what_it_does_not_take()
    {
        var (id, hook) = await CreateHookAsync(new JsonObject { ["webhook"] = new JsonObject { ["maximumBytes"] = 10, ["perMinute"] = 4, ["contentTypes"] = new JsonArray("application/json") } });
        await RunningServer.RefusesAsync(await PostAsync(hook, "x", "text/plain"), 415, "unsupported_media_type");
        await RunningServer.RefusesAsync(await PostAsync(hook, "\"0123456789\""), 413, "body_too_large");
        await RunningServer.RefusesAsync(await PostAsync(hook, new string('x', 300_000)), 413, "body_too_large");
        await RunningServer.RefusesAsync(await PostAsync(hook[..^1] + (hook[^1] == 'A' ? 'E' : 'A'), "1"), 404, "not_found");
        await RunningServer.RefusesAsync(await PostAsync("/api/v1/hooks/short", "1"), 404, "not_found");
        await RunningServer.RefusesAsync(await server.SendAsync("GET", hook), 405, "method_not_allowed");
        await RunningServer.ReadAsync(await PostAsync(hook, "1"), 202);
        await RunningServer.ReadAsync(await PostAsync(hook, "1"), 202);
        await RunningServer.RefusesAsync(await PostAsync(hook, "1"), 429, "rate_limited");

        (await ChangeAsync(id, new JsonObject { ["enabled"] = false })).Expect();
        await RunningServer.RefusesAsync(await PostAsync(hook, "1"), 409, "trigger_disabled");
    }

    [Fact]
    public async Task Signatures_are_verified()
    {
        const string Key = "a-signing-secret";
        var (_, hook) = await CreateHookAsync(new JsonObject { ["signingSecret"] = Key });
        const string Body = """{"a":1}""";
        var signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes(Body)));
        await RunningServer.ReadAsync(await PostAsync(hook, Body, ("X-Signature-256", signature)), 202);
        await RunningServer.RefusesAsync(await PostAsync(hook, Body + " ", ("X-Signature-256", signature)), 401, "signature_invalid");
        await RunningServer.RefusesAsync(await PostAsync(hook, Body, ("X-Signature-256", "sha256=" + new string('0', 64))), 401, "signature_invalid");
        await RunningServer.RefusesAsync(await PostAsync(hook, Body, ("X-Signature-256", "nonsense")), 401, "signature_invalid");
        await RunningServer.RefusesAsync(await PostAsync(hook, Body), 401, "signature_invalid");
    }

    [Fact]
    [Spec("TR-03")]
    public async Task A_rolled_token_ends_the_one_before()
    {
        var (id, hook) = await CreateHookAsync();
        var rolled = (await _owner.PostAsync($"{_path}/{id}/token", new { })).Expect();
        await RunningServer.RefusesAsync(await PostAsync(hook, "1"), 404, "not_found");
        var url = rolled.GetProperty("hookUrl").GetString()!;
        await RunningServer.ReadAsync(await PostAsync(url, "1"), 202);
        (await _owner.SendAsync(HttpMethod.Delete, $"{_path}/{id}")).Expect();
        await RunningServer.RefusesAsync(await PostAsync(url, "1"), 404, "not_found");
        Refuses(await _owner.GetAsync($"{_path}/{id}"), 404, "not_found");
    }

    [Fact]
    public async Task A_schedule_says_when_it_comes_due_and_is_fired_by_hand()
    {
        var created = await CreateAsync(Schedule());
        var trigger = created.GetProperty("trigger");
        var id = trigger.GetProperty("id").GetString()!;
        Assert.True(trigger.GetProperty("nextDueAt").GetDateTimeOffset() > DateTimeOffset.UtcNow);
        Assert.False(created.TryGetProperty("token", out var token) && token.ValueKind == JsonValueKind.String);

        var off = (await ChangeAsync(id, new JsonObject { ["enabled"] = false, ["name"] = "Off" })).Expect();
        Assert.Equal("Off", off.GetProperty("name").GetString());
        Assert.False(off.TryGetProperty("nextDueAt", out var due) && due.ValueKind == JsonValueKind.String);
        var fired = (await _owner.PostAsync($"{_path}/{id}/fire", new { payload = new { x = 1 } })).Expect();
        var run = await EndAsync(fired.GetProperty("runId").GetString()!);
        Assert.Equal("""[{"x":1}]""", run.GetProperty("outputs").GetProperty("result").GetRawText());
        Assert.Equal(_owner.AccountId, Assert.Single(await FiringsAsync(id)).GetProperty("by").GetString());

        Assert.Equal(id, Assert.Single((await _owner.GetAsync($"{_path}?status=disabled")).Expect().GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        Assert.Empty((await _owner.GetAsync($"{_path}?status=enabled")).Expect().GetProperty("items").EnumerateArray());
        Refuses(await _owner.GetAsync($"{_path}?status=x"), 400, "validation_failed");
    }

    [Fact]
    public async Task Many_who_switch_a_schedule_off_and_on_at_once_are_all_answered()
    {
        var made = (await _owner.PostAsync(_path, new { name = "Busy", designId = _design, kind = "schedule", schedule = new { everySeconds = 3600 } })).Expect();
        var trigger = $"{_path}/{made.GetProperty("trigger").GetProperty("id").GetString()}";
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => _owner.SendAsync(HttpMethod.Patch, trigger, new { enabled = i % 4 == 0 })));
        Assert.All(answers, answer => Assert.True(answer.IsSuccess, answer.Text));
    }

    [Fact]
    [Spec("TR-04")]
    public async Task Changes_of_a_design_fire_once_they_come_to_rest()
    {
        var watched = await _owner.CreateDesignAsync(_project, "Watched");
        var body = Body("design");
        body["design"] = new JsonObject { ["designId"] = watched, ["debounceSeconds"] = 1 };
        var id = (await CreateAsync(body)).GetProperty("trigger").GetProperty("id").GetString()!;
        for (var i = 0; i < 3; i++)
        {
            var operations = JsonNode.Parse($$$"""[{"op":"node.add","node":{"id":"n{{{i}}}","type":"foreign","x":0,"y":0,"props":{} } }]""")!.AsArray();
            (await _owner.SubmitAsync(watched, Guid.NewGuid(), operations)).Expect();
        }

        var firing = (await FiredAsync(id))[0];
        var result = (await EndAsync(firing.GetProperty("runId").GetString()!)).GetProperty("outputs").GetProperty("result")[0];
        var revision = (await _owner.GetDesignAsync(watched)).GetProperty("revision").GetInt64();
        Assert.Equal((watched, revision), (result.GetProperty("designId").GetString(), result.GetProperty("revision").GetInt64()));
    }

    [Fact]
    [Spec("TR-04")]
    public async Task Changes_of_files_below_a_folder_fire()
    {
        var body = Body("file");
        body["file"] = new JsonObject { ["path"] = "data", ["debounceSeconds"] = 1 };
        var id = (await CreateAsync(body)).GetProperty("trigger").GetProperty("id").GetString()!;
        foreach (var path in new[] { "other.txt", "data/in.csv" })
            (await _owner.PostAsync($"projects/{_project}/files", new { path, content = "a,b" })).Expect();

        var firing = (await FiredAsync(id))[0];
        var result = (await EndAsync(firing.GetProperty("runId").GetString()!)).GetProperty("outputs").GetProperty("result")[0];
        Assert.Equal(["data/in.csv"], result.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("path").GetString()));
    }

    [Fact]
    public async Task Viewers_read_and_strangers_see_nothing()
    {
        var id = (await CreateAsync(Schedule())).GetProperty("trigger").GetProperty("id").GetString()!;
        (await _viewer.GetAsync(_path)).Expect();
        (await _viewer.GetAsync($"{_path}/{id}")).Expect();
        (await _viewer.GetAsync($"{_path}/{id}/firings")).Expect();
        foreach (var (client, status, code) in new[] { (_viewer, 403, "forbidden"), (_stranger, 404, "not_found") })
        {
            Refuses(await client.PostAsync(_path, Schedule()), status, code);
            Refuses(await client.SendAsync(HttpMethod.Patch, $"{_path}/{id}", new { enabled = false }), status, code);
            Refuses(await client.SendAsync(HttpMethod.Delete, $"{_path}/{id}"), status, code);
            Refuses(await client.PostAsync($"{_path}/{id}/fire", new { }), status, code);
            Refuses(await client.PostAsync($"{_path}/{id}/token", new { }), status, code);
        }

        foreach (var path in new[] { _path, $"{_path}/{id}", $"{_path}/{id}/firings" })
            Refuses(await _stranger.GetAsync(path), 404, "not_found");

        // A trigger is found in its own project alone.
        var elsewhere = await _stranger.CreateProjectAsync("Elsewhere");
        Refuses(await _stranger.GetAsync($"projects/{elsewhere}/triggers/{id}"), 404, "not_found");
    }

    [Fact]
    public async Task What_is_no_trigger_is_refused_with_the_field()
    {
        foreach (var (field, value, named) in new (string, JsonNode?, string)[]
        {
            ("name", "", "name"),
            ("designId", "x", "designId"),
            ("schedule", new JsonObject { ["cron"] = "nonsense" }, "schedule.cron"),
            ("schedule", new JsonObject { ["cron"] = "@daily", ["timeZone"] = "Nowhere" }, "schedule.timeZone"),
            ("signingSecret", "long enough", "signingSecret"),
        })
        {
            var body = Schedule();
            body[field] = value;
            var reply = await _owner.PostAsync(_path, body);
            Assert.Equal(400, (int)reply.Status);
            Assert.True(reply.Body.GetProperty("errors").TryGetProperty(named, out _), reply.Text);
        }

        var foreign = Schedule();
        foreign["designId"] = await _stranger.CreateDesignAsync(await _stranger.CreateProjectAsync("Other"), "Other");
        Refuses(await _owner.PostAsync(_path, foreign), 404, "not_found");
        Refuses(await _owner.GetAsync($"{_path}/nonsense"), 400, "identifier_invalid");
        var id = (await CreateAsync(Schedule())).GetProperty("trigger").GetProperty("id").GetString()!;
        Refuses(await _owner.PostAsync($"{_path}/{id}/token", new { }), 400, "validation_failed");
    }

    private JsonObject Body(string kind) => new() { ["name"] = "Trigger", ["designId"] = _design, ["kind"] = kind, ["payloadInput"] = "event" };

    private JsonObject Schedule()
    {
        var body = Body("schedule");
        body["schedule"] = new JsonObject { ["cron"] = "0 3 * * *", ["timeZone"] = "Europe/Berlin" };
        return body;
    }

    private async Task<JsonElement> CreateAsync(JsonObject body) => (await _owner.PostAsync(_path, body)).Expect();

    private async Task<(string Id, string Hook)> CreateHookAsync(JsonObject? more = null)
    {
        var body = Body("webhook");
        body["overlap"] = "parallel";
        foreach (var (name, value) in more ?? [])
            body[name] = value?.DeepClone();

        var created = await CreateAsync(body);
        return (created.GetProperty("trigger").GetProperty("id").GetString()!, created.GetProperty("hookUrl").GetString()!);
    }

    private Task<ApiReply> ChangeAsync(string id, JsonObject body) => _owner.SendAsync(HttpMethod.Patch, $"{_path}/{id}", body);

    private Task<HttpResponseMessage> PostAsync(string hook, string body, params (string, string)[] headers) => PostAsync(hook, body, "application/json", headers);

    private Task<HttpResponseMessage> PostAsync(string hook, string body, string contentType, params (string, string)[] headers) =>
        server.SendAsync("POST", hook, body, contentType: contentType, headers: headers);

    private async Task<JsonElement[]> FiringsAsync(string id) =>
        [.. (await _owner.GetAsync($"{_path}/{id}/firings")).Expect().GetProperty("items").EnumerateArray()];

    private async Task<JsonElement[]> FiredAsync(string id)
    {
        JsonElement[] firings = [];
        await Eventually.HoldsAsync(
            async () => (firings = await FiringsAsync(id)).Any(firing => firing.GetProperty("status").GetString() == "started"), Patience, "the trigger has fired");
        return firings;
    }

    private async Task<JsonElement> EndAsync(string runId)
    {
        JsonElement run = default;
        await Eventually.HoldsAsync(
            async () => (run = (await _owner.GetAsync($"runs/{runId}")).Expect()).GetProperty("status").GetString() == "completed", Patience, "the run has ended");
        return run;
    }

    private static void Refuses(ApiReply reply, int status, string code) => Assert.Equal((status, code), ((int)reply.Status, reply.Problem().Code));
}
