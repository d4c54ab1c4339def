using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Runs;

[Collection(RunningServer.Collection)]
public sealed class RunTests(RunningServer server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    [Spec("RU-01", "RU-02", "TR-01")]
    public async Task A_run_takes_its_inputs_through_the_design_and_answers_its_outputs()
    {
        var person = await PersonAsync();
        var design = await DesignAsync(person, [("in", "input", """{"name":"words"}"""), ("all", "collect", "{}"), ("out", "output", """{"name":"list"}""")], "in>all", "all>out");

        using var started = await server.SendAsync("POST", $"/api/v1/designs/{design}/runs", """{"inputs":{"words":["a","b",{"c":1}]}}""", person);
        var answer = await RunningServer.ReadAsync(started, 202);
        var run = await EndAsync(person, answer.GetProperty("id").GetString()!);

        Assert.Equal($"/api/v1/runs/{answer.GetProperty("id").GetString()}", started.Headers.Location!.ToString());
        Assert.Equal("completed", run.GetProperty("status").GetString());
        Assert.Equal("""{"list":[["a","b",{"c":1}]]}""", run.GetProperty("outputs").GetRawText());
        Assert.Equal("done", run.GetProperty("nodes").GetProperty("all").GetProperty("status").GetString());
        Assert.Equal(3, run.GetProperty("nodes").GetProperty("all").GetProperty("in").GetInt32());
    }

    [Theory]
    [InlineData("firing")]
    [InlineData("none")]
    public async Task Long_outputs_are_paged(string durability)
    {
        var person = await PersonAsync();
        var design = await DesignAsync(person, [("r", "range", """{"from":1,"to":1000}"""), ("m", "merge", "{}"), ("out", "output", """{"name":"n"}""")], "r>m", "m>out");
        var run = await EndAsync(person, await StartAsync(person, design, $$"""{"durability":"{{durability}}"}"""));
        var id = run.GetProperty("id").GetString();

        Assert.Equal("completed", run.GetProperty("status").GetString());
        Assert.Equal(1_000, run.GetProperty("outputCounts").GetProperty("n").GetInt32());
        Assert.Equal(100, run.GetProperty("outputs").GetProperty("n").GetArrayLength());
        using var response = await server.SendAsync("GET", $"/api/v1/runs/{id}/outputs/n?after=950&limit=40", token: person);
        var page = await RunningServer.ReadAsync(response, 200);
        Assert.Equal(Enumerable.Range(951, 40), page.GetProperty("items").EnumerateArray().Select(token => token.GetInt32()));
        Assert.Equal("990", page.GetProperty("nextCursor").GetString());
        using var none = await server.SendAsync("GET", $"/api/v1/runs/{id}/outputs/nothing", token: person);
        await RunningServer.RefusesAsync(none, 404, "not_found");
    }

    [Fact]
    public async Task A_run_waits_for_a_person_and_goes_on_with_the_answer()
    {
        var person = await PersonAsync();
        var design = await DesignAsync(
            person, [("c", "constant", """{"value":"draft"}"""), ("ask", "approval", """{"question":"Publish?"}"""), ("out", "output", """{"name":"published"}""")], "c>ask", "ask>out");
        var id = await StartAsync(person, design);
        await StatusAsync(person, id, "waiting");
        using var waits = await server.SendAsync("GET", $"/api/v1/runs/{id}/waits", token: person);
        var wait = Assert.Single((await RunningServer.ReadAsync(waits, 200)).GetProperty("items").EnumerateArray());
        Assert.Equal(("ask", "approval", "Publish?"), (wait.GetProperty("node").GetString(), wait.GetProperty("kind").GetString(), wait.GetProperty("details").GetProperty("question").GetString()));

        using var answered = await server.SendAsync("POST", $"/api/v1/runs/{id}/answers/{wait.GetProperty("id").GetString()}", """{"approved":true}""", person);
        Assert.Equal(204, (int)answered.StatusCode);
        using var late = await server.SendAsync("POST", $"/api/v1/runs/{id}/answers/{wait.GetProperty("id").GetString()}", """{"approved":false}""", person);
        await RunningServer.RefusesAsync(late, 404, "run.wait_unknown");

        var run = await EndAsync(person, id);
        Assert.Equal("""{"published":["draft"]}""", run.GetProperty("outputs").GetRawText());
    }

    [Fact]
    [Spec("CT-01", "CT-05")]
    public async Task A_run_is_paused_resumed_and_cancelled()
    {
        var person = await PersonAsync();
        var design = await DesignAsync(
            person, [("r", "range", """{"from":1,"to":100000}"""), ("d", "delay", """{"milliseconds":50}"""), ("out", "output", """{"name":"n"}""")], "r>d", "d>out");
        var id = await StartAsync(person, design);

        await ActAsync(person, id, "pause", 204);
        await StatusAsync(person, id, "paused");
        await ActAsync(person, id, "pause", 409, "run.state");
        await ActAsync(person, id, "resume", 204);
        await ActAsync(person, id, "retry", 409, "run.state");
        await ActAsync(person, id, "cancel", 204);
        Assert.Equal("cancelled", (await EndAsync(person, id)).GetProperty("status").GetString());
        await ActAsync(person, id, "cancel", 409, "run.state");
    }

    [Fact]
    [Spec("FA-05")]
    public async Task A_run_that_fails_says_why_and_which_node()
    {
        var person = await PersonAsync();
        var design = await DesignAsync(person, [("c", "constant", """{"value":1}"""), ("f", "fail", """{"message":"Not today."}""")], "c>f");

        var run = await EndAsync(person, await StartAsync(person, design));

        Assert.Equal("failed", run.GetProperty("status").GetString());
        var error = run.GetProperty("error");
        Assert.Equal(("run_failed", "Not today.", "f"), (error.GetProperty("code").GetString(), error.GetProperty("detail").GetString(), error.GetProperty("nodeId").GetString()));
        using var events = await server.SendAsync("GET", $"/api/v1/runs/{run.GetProperty("id").GetString()}/events", token: person);
        var kinds = (await RunningServer.ReadAsync(events, 200)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("kind").GetString());
        Assert.Equal(["error", "status"], kinds);
    }

    [Fact]
    [Spec("DL-03")]
    public async Task A_deadlock_is_told_with_the_cycle_of_waits()
    {
        var person = await PersonAsync();
        var design = await DesignAsync(
            person,
            [("r", "range", """{"from":1,"to":500}"""), ("all", "collect", "{}"), ("z", "zip", "{}"), ("out", "output", """{"name":"n"}""")],
            "r>z", "r>all", "all>z", "z>out");

        var run = await EndAsync(person, await StartAsync(person, design));

        Assert.Equal("run.deadlocked", run.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(["all", "r", "z"], run.GetProperty("error").GetProperty("waits").EnumerateArray().Select(wait => wait.GetProperty("node").GetString()).Order());
    }

    [Theory]
    [InlineData("m:merge", "", "run.input_unconnected")]
    [InlineData("a:delay b:delay", "a>b b>a", "run.cycle")]
    [InlineData("r:range2 m:merge", "r>m", "property_invalid")]
    [InlineData("", "", "run.empty")]
    [Spec("RU-04")]
    public async Task A_design_that_cannot_run_is_refused_and_its_nodes_are_named(string nodes, string connections, string code)
    {
        var person = await PersonAsync();
        var design = await DesignAsync(
            person,
            [.. nodes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(node => node.Split(':')).Select(node =>
                (node[0], node[1].TrimEnd('2'), node[1] == "delay" ? """{"milliseconds":1}""" : "{}"))],
            connections.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        using var response = await server.SendAsync("POST", $"/api/v1/designs/{design}/runs", "{}", person);

        var problem = await RunningServer.RefusesAsync(response, 422, code);
        Assert.Equal(nodes.Length > 0, problem.TryGetProperty("errors", out _));
    }

    [Fact]
    public async Task What_a_run_cannot_be_started_with_is_refused()
    {
        var person = await PersonAsync();
        var design = await DesignAsync(person, [("in", "input", """{"name":"x","required":true}"""), ("out", "output", """{"name":"y"}""")], "in>out");
        foreach (var (body, status, code) in new[]
        {
            ("{}", 422, "run_input_missing"),
            ("""{"inputs":{"z":[1]}}""", 422, "run.input_unknown"),
            ("""{"inputs":{"x":[1]},"revision":999}""", 404, "revision_unknown"),
        })
        {
            using var response = await server.SendAsync("POST", $"/api/v1/designs/{design}/runs", body, person);
            await RunningServer.RefusesAsync(response, status, code);
        }

        using var wireframe = await server.SendAsync("POST", $"/api/v1/designs/{await NewDesignAsync(person, "wireframe")}/runs", "{}", person);
        await RunningServer.RefusesAsync(wireframe, 422, "run.not_a_process");
    }

    [Fact]
    public async Task Runs_are_listed_by_design_and_project_and_hidden_from_strangers()
    {
        var (person, stranger) = (await PersonAsync(), await PersonAsync());
        var design = await DesignAsync(person, [("c", "constant", """{"value":1}"""), ("out", "output", """{"name":"y"}""")], "c>out");
        var run = await EndAsync(person, await StartAsync(person, design));
        var (id, project) = (run.GetProperty("id").GetString(), run.GetProperty("projectId").GetString());

        foreach (var path in new[] { $"/api/v1/designs/{design}/runs", $"/api/v1/projects/{project}/runs?status=completed" })
        {
            using var listed = await server.SendAsync("GET", path, token: person);
            Assert.Equal(id, Assert.Single((await RunningServer.ReadAsync(listed, 200)).GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
            using var hidden = await server.SendAsync("GET", path, token: stranger);
            await RunningServer.RefusesAsync(hidden, 404, "not_found");
        }

        foreach (var (method, path) in new[] { ("GET", ""), ("GET", "/events"), ("GET", "/outputs/y"), ("GET", "/waits"), ("POST", "/cancel"), ("POST", "/retry") })
        {
            using var hidden = await server.SendAsync(method, $"/api/v1/runs/{id}{path}", token: stranger);
            await RunningServer.RefusesAsync(hidden, 404, "not_found");
        }
    }

    [Fact]
    [Spec("LV-01")]
    public async Task A_run_is_followed_as_server_sent_events_to_its_end()
    {
        var person = await PersonAsync();
        var design = await DesignAsync(person, [("c", "constant", """{"value":1}"""), ("d", "delay", """{"milliseconds":200}"""), ("out", "output", """{"name":"y"}""")], "c>d", "d>out");
        var id = await StartAsync(person, design);

        using var stream = await server.SendAsync("GET", $"/api/v1/runs/{id}/events", token: person, headers: ("Accept", "text/event-stream"));
        var frames = (await stream.Content.ReadAsStringAsync()).Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal))
            .Select(line => JsonElement.Parse(line[6..])).ToList();

        Assert.Equal("end", frames[^1].GetProperty("kind").GetString());
        Assert.Equal("completed", frames[^1].GetProperty("code").GetString());
        Assert.Equal("completed", frames[^2].GetProperty("run").GetProperty("status").GetString());
        Assert.Contains(frames, frame => frame.GetProperty("kind").GetString() == "events");
    }

    private async Task<string> PersonAsync() => (await server.RegisterAsync()).Answer.GetProperty("accessToken").GetString()!;

    private async Task<string> NewDesignAsync(string person, string kind)
    {
        using var project = await server.SendAsync("POST", "/api/v1/projects", """{"name":"Runs"}""", person);
        var projectId = (await RunningServer.ReadAsync(project, 201)).GetProperty("id").GetString();
        using var design = await server.SendAsync("POST", $"/api/v1/projects/{projectId}/designs", $$"""{"name":"Run me","kind":"{{kind}}"}""", person);
        return (await RunningServer.ReadAsync(design, 201)).GetProperty("id").GetString()!;
    }

    private async Task<string> DesignAsync(string person, (string Id, string Type, string Props)[] nodes, params string[] connections)
    {
        var design = await NewDesignAsync(person, "process");
        var operations = nodes
            .Select(node => $$$"""{"op":"node.add","node":{"id":"{{{node.Id}}}","type":"{{{node.Type}}}","x":0,"y":0,"props":{{{node.Props}}} }}""")
            .Concat(connections.Select((connection, i) => Connect($"c{i}", connection.Split('>'))))
            .ToArray();
        if (operations.Length > 0)
        {
            using var submitted = await server.SendAsync(
                "POST", $"/api/v1/designs/{design}/operations", $$"""{"batchId":"{{Guid.NewGuid()}}","baseRevision":1,"operations":[{{string.Join(',', operations)}}]}""", person);
            Assert.Equal("committed", (await RunningServer.ReadAsync(submitted, 200)).GetProperty("status").GetString());
        }

        return design;
    }

    private static string Connect(string id, string[] ends) =>
        $$$"""{"op":"connection.add","connection":{"id":"{{{id}}}","from":{"node":"{{{ends[0]}}}","port":"out"},"to":{"node":"{{{ends[1]}}}","port":"in"} }}""";

    private async Task<string> StartAsync(string person, string design, string body = "{}")
    {
        using var response = await server.SendAsync("POST", $"/api/v1/designs/{design}/runs", body, person);
        return (await RunningServer.ReadAsync(response, 202)).GetProperty("id").GetString()!;
    }

    private async Task ActAsync(string person, string run, string action, int status, string? code = null)
    {
        using var response = await server.SendAsync("POST", $"/api/v1/runs/{run}/{action}", token: person);
        if (code is null)
        {
            await RunningServer.ReadAsync(response, status);
        }
        else
        {
            await RunningServer.RefusesAsync(response, status, code);
        }
    }

    private async Task StatusAsync(string person, string run, string status) => await Eventually.HoldsAsync(
        async () => (await GetAsync(person, run)).GetProperty("status").GetString() == status, Patience, $"{run} is {status}");

    private async Task<JsonElement> EndAsync(string person, string run)
    {
        JsonElement last = default;
        await Eventually.HoldsAsync(
            async () =>
            {
                last = await GetAsync(person, run);
                return last.TryGetProperty("endedAt", out _);
            },
            Patience,
            $"{run} has ended");
        return last;
    }

    private async Task<JsonElement> GetAsync(string person, string run)
    {
        using var response = await server.SendAsync("GET", $"/api/v1/runs/{run}", token: person);
        return await RunningServer.ReadAsync(response, 200);
    }
}
