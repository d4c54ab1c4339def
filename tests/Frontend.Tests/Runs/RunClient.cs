using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Runs;

/// <summary>Drawing and running processes, as a person does.</summary>
internal static class RunClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A process of nodes (id, type, properties) and connections (<c>from&gt;to</c>, by the ports <c>out</c> and <c>in</c>).</summary>
    public static async Task<string> CreateProcessAsync(this ApiClient client, string project, (string Id, string Type, string Props)[] nodes, params string[] connections)
    {
        var design = await client.CreateDesignAsync(project, "Run me", "process");
        (await client.SubmitAsync(design, Guid.NewGuid(), new JsonArray([.. nodes.Select(Add), .. connections.Select(Connect)]))).Expect();
        return design;
    }

    public static JsonNode Add((string Id, string Type, string Props) node) => new JsonObject
    {
        ["op"] = "node.add",
        ["node"] = new JsonObject { ["id"] = node.Id, ["type"] = node.Type, ["x"] = 0, ["y"] = 0, ["props"] = JsonNode.Parse(node.Props) },
    };

    public static async Task<string> StartRunAsync(this ApiClient client, string design) =>
        (await client.PostAsync($"designs/{design}/runs", new { })).Expect().GetProperty("id").GetString()!;

    public static async Task<JsonElement> EndRunAsync(this ApiClient client, string run, string status = "completed")
    {
        JsonElement last = default;
        await Eventually.HoldsAsync(
            async () => (last = (await client.GetAsync($"runs/{run}")).Expect()).TryGetProperty("endedAt", out _), Patience, $"{run} has ended");
        Assert.Equal(status, last.GetProperty("status").GetString());
        return last;
    }

    /// <summary>The one wait of a kind that a run has, when it has it.</summary>
    public static async Task<JsonElement> WaitOfRunAsync(this ApiClient client, string run, string kind = "approval")
    {
        JsonElement[] waits = [];
        await Eventually.HoldsAsync(
            async () =>
            {
                var items = (await client.GetAsync($"runs/{run}/waits")).Expect().GetProperty("items").EnumerateArray();
                return (waits = [.. items.Where(wait => wait.GetProperty("kind").GetString() == kind)]).Length > 0;
            },
            Patience,
            $"{run} waits");
        return Assert.Single(waits);
    }

    public static Task<ApiReply> AnswerAsync(this ApiClient client, string run, JsonElement wait, object answer) =>
        client.PostAsync($"runs/{run}/answers/{wait.GetProperty("id").GetString()}", answer);

    public static void Refuses(this ApiReply reply, int status, string code) => Assert.Equal((status, code), ((int)reply.Status, reply.Problem().Code));

    private static JsonNode Connect(string connection)
    {
        var ends = connection.Split('>');
        return new JsonObject
        {
            ["op"] = "connection.add",
            ["connection"] = new JsonObject { ["id"] = $"{ends[0]}-{ends[1]}", ["from"] = End(ends[0], "out"), ["to"] = End(ends[1], "in") },
        };
    }

    /// <summary>A node, or a node and its port: <c>node.port</c>.</summary>
    private static JsonObject End(string end, string port)
    {
        var parts = end.Split('.');
        return new JsonObject { ["node"] = parts[0], ["port"] = parts.Length > 1 ? parts[1] : port };
    }
}
