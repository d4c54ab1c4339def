using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Runs;

/// <summary>Designs in few words, their runs and what came of them.</summary>
internal static class RunCalls
{
    private const int Page = 100;

    /// <summary>A process design in a project of its own.</summary>
    /// <param name="nodes">Id, type, properties and, where they matter, the settings of execution, both as JSON.</param>
    /// <param name="connections"><c>a>b</c>, or <c>a.port>b.port</c>.</param>
    public static async Task<string> CreateProcessAsync(
        this ApiClient account, (string Id, string Type, string Props, string? Execution)[] nodes, params string[] connections) =>
        await account.CreateProcessAsync(await account.CreateProjectAsync("Runs"), nodes, connections);

    /// <summary>A process design in a project.</summary>
    public static async Task<string> CreateProcessAsync(
        this ApiClient account, string project, (string Id, string Type, string Props, string? Execution)[] nodes, params string[] connections)
    {
        var design = await account.CreateDesignAsync(project, "Run me", "process");
        var operations = new JsonArray();
        foreach (var (id, type, props, execution) in nodes)
        {
            var node = new JsonObject { ["id"] = id, ["type"] = type, ["x"] = 0, ["y"] = 0, ["props"] = JsonNode.Parse(props) };
            if (execution is not null)
            {
                node["execution"] = JsonNode.Parse(execution);
            }

            operations.Add(new JsonObject { ["op"] = "node.add", ["node"] = node });
        }

        foreach (var (connection, index) in connections.Select((connection, index) => (connection.Split('>'), index)))
        {
            operations.Add(new JsonObject
            {
                ["op"] = "connection.add",
                ["connection"] = new JsonObject { ["id"] = $"c{index}", ["from"] = End(connection[0], "out"), ["to"] = End(connection[1], "in") },
            });
        }

        var committed = (await account.SubmitAsync(design, Guid.NewGuid(), operations)).Expect();
        Assert.Equal("committed", committed.GetProperty("status").GetString());
        return design;

        static JsonObject End(string text, string port) =>
            new() { ["node"] = text.Split('.')[0], ["port"] = text.Split('.').ElementAtOrDefault(1) ?? port };
    }

    public static async Task<string> StartRunAsync(this ApiClient account, string design, object? body = null) =>
        (await account.PostAsync($"designs/{design}/runs", body ?? new { })).Expect().GetProperty("id").GetString()!;

    public static async Task<JsonElement> GetRunAsync(this ApiClient account, string run) => (await account.GetAsync($"runs/{run}")).Expect();

    /// <summary>The run when it has ended.</summary>
    public static async Task<JsonElement> EndOfRunAsync(this ApiClient account, string run, TimeSpan within)
    {
        JsonElement last = default;
        await Eventually.HoldsAsync(
            async () => (last = await account.GetRunAsync(run)).TryGetProperty("endedAt", out _), within, $"{run} has ended");
        return last;
    }

    /// <summary>Every token of one output, in order.</summary>
    public static async Task<List<string>> OutputsOfRunAsync(this ApiClient account, string run, string name)
    {
        var tokens = new List<string>();
        while (true)
        {
            var items = (await account.GetAsync($"runs/{run}/outputs/{name}?after={tokens.Count}&limit={Page}")).Expect().GetProperty("items");
            tokens.AddRange(items.EnumerateArray().Select(token => token.GetRawText()));
            if (items.GetArrayLength() < Page)
            {
                return tokens;
            }
        }
    }
}
