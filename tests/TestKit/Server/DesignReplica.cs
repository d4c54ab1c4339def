using System.Text.Json;
using System.Text.Json.Nodes;

namespace Actors.TestKit.Server;

/// <summary>
/// A design as a client keeps it from frames alone: an independent, plain implementation of what the protocol says,
/// against which the server's own document is compared. It insists on revisions without gaps.
/// </summary>
public sealed class DesignReplica
{
    private readonly SortedDictionary<string, JsonObject> _nodes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, JsonObject> _connections = new(StringComparer.Ordinal);

    public string? Epoch { get; private set; }

    public long Revision { get; private set; }

    public int Snapshots { get; private set; }

    /// <summary>The code of the frame that ended the last stream; null while frames come in.</summary>
    public string? EndCode { get; private set; }

    /// <summary>Whether that frame told to come back.</summary>
    public bool? EndRetry { get; private set; }

    /// <summary>What <c>WatchDesign</c> wants to know; null before the first snapshot.</summary>
    public object? Position => Epoch is null ? null : new { epoch = Epoch, revision = Revision };

    /// <summary>A replica of a document as REST or a snapshot gives it.</summary>
    public static DesignReplica Of(JsonElement design)
    {
        var replica = new DesignReplica();
        replica.Load(design);
        return replica;
    }

    public void Apply(JsonElement frame)
    {
        (EndCode, EndRetry) = (null, null);
        switch (frame.GetProperty("kind").GetString())
        {
            case "snapshot":
                Load(frame.GetProperty("design"));
                Snapshots++;
                break;
            case "changes":
                foreach (var change in frame.GetProperty("changes").EnumerateArray())
                {
                    ApplyChange(change);
                }

                break;
            case "end":
                EndCode = frame.GetProperty("code").GetString();
                EndRetry = frame.GetProperty("retry").GetBoolean();
                break;
            default:
                throw new InvalidOperationException($"An unknown frame: {frame}");
        }
    }

    /// <summary>The content in a canonical form: equal text means equal designs.</summary>
    public string Canonical() => new JsonObject
    {
        ["revision"] = Revision,
        ["nodes"] = Canonical(_nodes),
        ["connections"] = Canonical(_connections),
    }.ToJsonString();

    private static JsonArray Canonical(SortedDictionary<string, JsonObject> elements) =>
        [.. elements.Values.Select(element => Canonical(element))];

    private static JsonNode? Canonical(JsonNode? value) => value switch
    {
        JsonObject members => new JsonObject(members
            .Where(member => member.Value is not null)
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Canonical(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Canonical)]),
        JsonValue number when number.GetValueKind() == JsonValueKind.Number => JsonValue.Create(number.Deserialize<double>()),
        _ => value?.DeepClone(),
    };

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject nested)
            {
                if (target[name] is not JsonObject)
                {
                    target[name] = new JsonObject();
                }

                Merge((JsonObject)target[name]!, nested);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }

    private static JsonObject Object(JsonElement value) => JsonObject.Create(value)!;

    private void Load(JsonElement design)
    {
        _nodes.Clear();
        _connections.Clear();
        foreach (var node in design.GetProperty("nodes").EnumerateArray())
        {
            _nodes.Add(node.GetProperty("id").GetString()!, Object(node));
        }

        foreach (var connection in design.GetProperty("connections").EnumerateArray())
        {
            _connections.Add(connection.GetProperty("id").GetString()!, Object(connection));
        }

        Epoch = design.GetProperty("epoch").GetString();
        Revision = design.GetProperty("revision").GetInt64();
    }

    private void ApplyChange(JsonElement change)
    {
        var revision = change.GetProperty("revision").GetInt64();
        if (revision != Revision + 1)
        {
            throw new InvalidOperationException($"Revision {revision} came after {Revision}.");
        }

        foreach (var operation in change.GetProperty("operations").EnumerateArray())
        {
            ApplyOperation(operation);
        }

        Revision = revision;
    }

    private void ApplyOperation(JsonElement operation)
    {
        switch (operation.GetProperty("op").GetString())
        {
            case "node.add":
                var node = operation.GetProperty("node");
                _nodes[node.GetProperty("id").GetString()!] = Object(node);
                break;
            case "node.set":
                Merge(_nodes[operation.GetProperty("id").GetString()!], Object(operation.GetProperty("patch")));
                break;
            case "node.remove":
                Remove(operation.GetProperty("id").GetString()!);
                break;
            case "connection.add":
                var connection = operation.GetProperty("connection");
                _connections[connection.GetProperty("id").GetString()!] = Object(connection);
                break;
            case "connection.set":
                Merge(_connections[operation.GetProperty("id").GetString()!], Object(operation.GetProperty("patch")));
                break;
            case "connection.remove":
                _connections.Remove(operation.GetProperty("id").GetString()!);
                break;
            case "design.set":
                break;
            default:
                throw new InvalidOperationException($"An unknown operation: {operation}");
        }
    }

    private void Remove(string id)
    {
        _nodes.Remove(id);
        foreach (var child in _nodes.Values.Where(node => (string?)node["parent"] == id).Select(node => (string)node["id"]!).ToList())
        {
            Remove(child);
        }

        foreach (var (key, _) in _connections.Where(pair => Touches(pair.Value, id)).ToList())
        {
            _connections.Remove(key);
        }
    }

    private static bool Touches(JsonObject connection, string id) =>
        (string?)connection["from"]!["node"] == id || (string?)connection["to"]!["node"] == id;
}
