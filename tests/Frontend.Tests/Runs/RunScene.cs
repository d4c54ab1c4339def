using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Runs;

/// <summary>Somebody with a project, who makes designs in few words and runs them.</summary>
internal sealed class RunScene(RunningServer server, string person, string projectId)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public string Person => person;

    public string ProjectId => projectId;

    public static async Task<RunScene> CreateAsync(RunningServer server)
    {
        var person = (await server.RegisterAsync()).Answer.GetProperty("accessToken").GetString()!;
        using var project = await server.SendAsync("POST", "/api/v1/projects", """{"name":"Runs"}""", person);
        return new RunScene(server, person, (await RunningServer.ReadAsync(project, 201)).GetProperty("id").GetString()!);
    }

    /// <summary>A process design of nodes as <c>(id, type, props)</c> and connections as <c>a>b</c> or <c>a.port>b.port</c>.</summary>
    public async Task<string> DesignAsync((string Id, string Type, string Props)[] nodes, params string[] connections)
    {
        using var created = await server.SendAsync("POST", $"/api/v1/projects/{projectId}/designs", """{"name":"Run me","kind":"process"}""", person);
        var design = (await RunningServer.ReadAsync(created, 201)).GetProperty("id").GetString()!;
        await EditAsync(design, 1,
        [
            .. nodes.Select(node => $$$"""{"op":"node.add","node":{"id":"{{{node.Id}}}","type":"{{{node.Type}}}","x":0,"y":0,"props":{{{node.Props}}} }}"""),
            .. connections.Select((connection, i) => Connect($"c{i}", connection)),
        ]);
        return design;
    }

    public async Task EditAsync(string design, long revision, params string[] operations)
    {
        using var submitted = await server.SendAsync(
            "POST", $"/api/v1/designs/{design}/operations", $$"""{"batchId":"{{Guid.NewGuid()}}","baseRevision":{{revision}},"operations":[{{string.Join(',', operations)}}]}""", person);
        Assert.Equal("committed", (await RunningServer.ReadAsync(submitted, 200)).GetProperty("status").GetString());
    }

    public async Task<JsonElement> PostAsync(string path, string body, int status = 202)
    {
        using var response = await server.SendAsync("POST", $"/api/v1/{path}", body, person);
        return await RunningServer.ReadAsync(response, status);
    }

    public async Task<JsonElement> RefusesAsync(string path, string body, int status, string code)
    {
        using var response = await server.SendAsync("POST", $"/api/v1/{path}", body, person);
        return await RunningServer.RefusesAsync(response, status, code);
    }

    /// <summary>Starts by any of the ways to start, and waits for the end.</summary>
    public async Task<JsonElement> RunAsync(string path, string body = "{}") => await EndAsync(Id(await PostAsync(path, body)));

    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await server.SendAsync("GET", $"/api/v1/{path}", token: person);
        return await RunningServer.ReadAsync(response, 200);
    }

    public async Task<JsonElement> EndAsync(string run)
    {
        JsonElement last = default;
        await Eventually.HoldsAsync(async () => (last = await GetAsync($"runs/{run}")).TryGetProperty("endedAt", out _), Patience, $"{run} has ended");
        return last;
    }

    public Task StatusAsync(string run, string status) => Eventually.HoldsAsync(
        async () => (await GetAsync($"runs/{run}")).GetProperty("status").GetString() == status, Patience, $"{run} is {status}");

    /// <summary>The versions that a file of the project has had.</summary>
    public async Task<int> VersionOfAsync(string path)
    {
        using var response = await server.SendAsync("GET", $"/api/v1/projects/{projectId}/files?recursive=true", token: person);
        var files = (await RunningServer.ReadAsync(response, 200)).GetProperty("items").EnumerateArray();
        return files.FirstOrDefault(file => file.GetProperty("path").GetString() == path) is { ValueKind: JsonValueKind.Object } file ? file.GetProperty("version").GetInt32() : 0;
    }

    public Task<HubConnectionLite> ConnectAsync() => HubConnectionLite.ConnectAsync(server.Address, person);

    public static string Id(JsonElement run) => run.GetProperty("id").GetString()!;

    public static string Outputs(JsonElement run) => run.GetProperty("outputs").GetRawText();

    public static string? Error(JsonElement run) => run.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null;

    public static string? Status(JsonElement run) => run.GetProperty("status").GetString();

    private static string Connect(string id, string connection)
    {
        var ends = connection.Split('>').Select(end => end.Split('.')).ToArray();
        return $$$"""{"op":"connection.add","connection":{"id":"{{{id}}}","from":{"node":"{{{ends[0][0]}}}","port":"{{{ends[0].ElementAtOrDefault(1) ?? "out"}}}"},"to":{"node":"{{{ends[1][0]}}}","port":"{{{ends[1].ElementAtOrDefault(1) ?? "in"}}}"} }}""";
    }
}
