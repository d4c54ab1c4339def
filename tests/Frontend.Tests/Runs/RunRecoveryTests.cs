using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Runs;

[Collection(RunningServer.Collection)]
public sealed class RunRecoveryTests(RunningServer server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_failed_run_is_retried_from_the_firing_that_failed()
    {
        var (person, project) = await ProjectAsync();
        var design = await DesignAsync(
            person,
            project,
            [
                Node("c", "constant", """{"value":1}"""),
                Node("o1", "output", """{"name":"one"}"""),
                Node("f", "file.read", """{"path":"in.txt"}"""),
                Node("o2", "output", """{"name":"text"}"""),
            ],
            "c>o1",
            "f>o2");
        var id = await StartAsync(person, design);
        var failed = await EndAsync(person, id);
        Assert.Equal(("failed", "file_missing", "f"), (failed.GetProperty("status").GetString(), failed.GetProperty("error").GetProperty("code").GetString(), failed.GetProperty("error").GetProperty("nodeId").GetString()));

        using var file = await server.SendAsync("POST", $"/api/v1/projects/{project}/files", """{"path":"in.txt","content":"hello"}""", person);
        Assert.True(file.IsSuccessStatusCode);
        using var retried = await server.SendAsync("POST", $"/api/v1/runs/{id}/retry", token: person);
        Assert.Equal(204, (int)retried.StatusCode);

        await Eventually.HoldsAsync(async () => (await GetAsync(person, id)).GetProperty("status").GetString() == "completed", Patience, $"{id} is completed");
        var run = await GetAsync(person, id);
        Assert.Contains("hello", run.GetProperty("outputs").GetProperty("text")[0].GetRawText(), StringComparison.Ordinal);
        Assert.Equal(1, run.GetProperty("nodes").GetProperty("c").GetProperty("firings").GetInt32());
        Assert.False(run.TryGetProperty("error", out _));
        using var again = await server.SendAsync("POST", $"/api/v1/runs/{id}/retry", token: person);
        await RunningServer.RefusesAsync(again, 409, "run.state");
    }

    [Fact]
    public async Task Connections_of_an_output_compete_for_its_tokens_when_the_node_says_so()
    {
        var (person, project) = await ProjectAsync();
        var design = await DesignAsync(
            person,
            project,
            [
                Node("r", "range", """{"from":1,"to":100}"""),
                Node("m", "merge", "{}", """{"fanOut":{"out":"compete"}}"""),
                Node("one", "output", """{"name":"one"}"""),
                Node("two", "output", """{"name":"two"}"""),
            ],
            "r>m",
            "m>one",
            "m>two");

        var id = await StartAsync(person, design);
        await EndAsync(person, id);

        var (one, two) = (await OutputAsync("one"), await OutputAsync("two"));
        Assert.Equal(Enumerable.Range(1, 100), one.Concat(two).Order());
        Assert.All([one, two], tokens => Assert.NotEmpty(tokens));

        async Task<int[]> OutputAsync(string name)
        {
            using var response = await server.SendAsync("GET", $"/api/v1/runs/{id}/outputs/{name}?limit=100", token: person);
            return [.. (await RunningServer.ReadAsync(response, 200)).GetProperty("items").EnumerateArray().Select(token => token.GetInt32())];
        }
    }

    [Fact]
    public async Task Settings_for_an_output_that_the_node_does_not_have_are_refused()
    {
        var (person, project) = await ProjectAsync();
        var design = await DesignAsync(person, project, [Node("m", "merge", "{}")]);

        using var response = await server.SendAsync(
            "POST",
            $"/api/v1/designs/{design}/operations",
            $$$"""{"batchId":"{{{Guid.NewGuid()}}}","baseRevision":2,"operations":[{"op":"node.set","id":"m","patch":{"execution":{"fanOut":{"nowhere":"compete"} } } }]}""",
            person);

        await RunningServer.RefusesAsync(response, 422, "port_unknown");
    }

    private static string Node(string id, string type, string props, string? execution = null) =>
        $$$"""{"op":"node.add","node":{"id":"{{{id}}}","type":"{{{type}}}","x":0,"y":0,"props":{{{props}}}{{{(execution is null ? "" : $",\"execution\":{execution}")}}} }}""";

    private async Task<(string Person, string Project)> ProjectAsync()
    {
        var person = (await server.RegisterAsync()).Answer.GetProperty("accessToken").GetString()!;
        using var project = await server.SendAsync("POST", "/api/v1/projects", """{"name":"Runs"}""", person);
        return (person, (await RunningServer.ReadAsync(project, 201)).GetProperty("id").GetString()!);
    }

    private async Task<string> DesignAsync(string person, string project, string[] nodes, params string[] connections)
    {
        using var created = await server.SendAsync("POST", $"/api/v1/projects/{project}/designs", """{"name":"Run me","kind":"process"}""", person);
        var design = (await RunningServer.ReadAsync(created, 201)).GetProperty("id").GetString()!;
        var operations = nodes.Concat(connections.Select((connection, i) => connection.Split('>') is var ends
            ? $$$"""{"op":"connection.add","connection":{"id":"c{{{i}}}","from":{"node":"{{{ends[0]}}}","port":"out"},"to":{"node":"{{{ends[1]}}}","port":"in"} }}"""
            : ""));
        using var submitted = await server.SendAsync(
            "POST", $"/api/v1/designs/{design}/operations", $$"""{"batchId":"{{Guid.NewGuid()}}","baseRevision":1,"operations":[{{string.Join(',', operations)}}]}""", person);
        Assert.Equal("committed", (await RunningServer.ReadAsync(submitted, 200)).GetProperty("status").GetString());
        return design;
    }

    private async Task<string> StartAsync(string person, string design)
    {
        using var response = await server.SendAsync("POST", $"/api/v1/designs/{design}/runs", "{}", person);
        return (await RunningServer.ReadAsync(response, 202)).GetProperty("id").GetString()!;
    }

    private async Task<JsonElement> EndAsync(string person, string run)
    {
        await Eventually.HoldsAsync(async () => (await GetAsync(person, run)).TryGetProperty("endedAt", out _), Patience, $"{run} has ended");
        return await GetAsync(person, run);
    }

    private async Task<JsonElement> GetAsync(string person, string run)
    {
        using var response = await server.SendAsync("GET", $"/api/v1/runs/{run}", token: person);
        return await RunningServer.ReadAsync(response, 200);
    }
}
