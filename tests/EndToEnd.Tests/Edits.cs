using System.Text.Json.Nodes;

namespace Actors.EndToEnd.Tests;

/// <summary>Operations as clients write them.</summary>
internal static class Edits
{
    public static JsonObject Add(string id, double x = 0, double y = 0, string type = "shape.rectangle", string? label = null) => new()
    {
        ["op"] = "node.add",
        ["node"] = new JsonObject { ["id"] = id, ["type"] = type, ["x"] = x, ["y"] = y, ["width"] = 120, ["height"] = 60, ["label"] = label ?? id, ["props"] = new JsonObject() },
    };

    public static JsonObject Move(string id, double x, double y) => Set(id, new JsonObject { ["x"] = x, ["y"] = y });

    public static JsonObject Set(string id, JsonObject patch) => new() { ["op"] = "node.set", ["id"] = id, ["patch"] = patch };

    public static JsonObject Remove(string id) => new() { ["op"] = "node.remove", ["id"] = id };

    public static object Batch(Guid batchId, params JsonNode[] operations) => new { batchId, baseRevision = 0, operations };
}
