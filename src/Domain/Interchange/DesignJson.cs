using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Json;

namespace Actors.Domain.Interchange;

/// <summary>
/// The product's own file: a whole design, which imports to an equal one (same ids, order, properties). What belongs to
/// one installation (design and project id, epoch, revision, times) is not in it.
/// </summary>
public static class DesignJson
{
    public const string Format = "actors.design";
    public const int Version = 1;

    private static readonly string[] Fields = ["format", "version", "name", "kind", "description", "settings", "nodes", "connections"];
    private static readonly string[] NodeFields = ["id", "type", "parent", "x", "y", "width", "height", "order", "label", "props", "execution"];
    private static readonly string[] ConnectionFields = ["id", "from", "to", "props"];
    private static readonly string[] EndFields = ["node", "port"];

    public static JsonElement Write(DesignDocument design) => JsonBuild.Object(writer =>
    {
        writer.WriteString("format", Format);
        writer.WriteNumber("version", Version);
        writer.WriteString("name", design.Name);
        writer.WriteString("kind", design.Kind == DesignKind.Process ? "process" : "wireframe");
        if (design.Description is not null)
        {
            writer.WriteString("description", design.Description);
        }

        if (design.Settings is { } settings)
        {
            writer.Property("settings", settings);
        }

        writer.WriteStartArray("nodes");
        foreach (var node in design.Nodes)
        {
            JsonSerializer.Serialize(writer, node, DomainJsonContext.Default.Node);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("connections");
        foreach (var connection in design.Connections)
        {
            JsonSerializer.Serialize(writer, connection, DomainJsonContext.Default.Connection);
        }

        writer.WriteEndArray();
    });

    public static ImportResult Read(JsonElement root, IComponentCatalog components, DesignLimits limits)
    {
        if (ImportGate.Open(root, limits) is { } closed)
        {
            return closed;
        }

        if (CheckHeader(root, limits) is { } refused)
        {
            return refused;
        }

        var pointers = new Dictionary<string, string>(StringComparer.Ordinal);
        var nodes = new List<Node>();
        foreach (var json in root.GetList("nodes")!.Value.EnumerateArray())
        {
            var pointer = Invariant($"/nodes/{nodes.Count}");
            if (CheckNode(json) is var (path, rule))
            {
                return ImportResult.Invalid(pointer + path, rule);
            }

            var node = ReadNode(json);
            if (!pointers.TryAdd(node.Id, pointer))
            {
                return ImportResult.Invalid(pointer + "/id", "must be unique");
            }

            nodes.Add(node);
        }

        var connections = ImmutableArray.CreateBuilder<Connection>();
        foreach (var json in root.GetList("connections")!.Value.EnumerateArray())
        {
            var pointer = Invariant($"/connections/{connections.Count}");
            if (CheckConnection(json) is var (path, rule))
            {
                return ImportResult.Invalid(pointer + path, rule);
            }

            var connection = ReadConnection(json);
            pointers["\n" + connection.Id] = pointer;
            connections.Add(connection);
        }

        var ordered = ImportGate.ParentsFirst(nodes);
        if (ordered.Length < nodes.Count)
        {
            var reached = ordered.Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
            return ImportResult.Invalid(pointers[nodes.First(node => !reached.Contains(node.Id)).Id] + "/parent", "must lead to the top of the design");
        }

        // Nodes that already stand parents first keep their places, so that a round trip gives the same list.
        var imported = new ImportResult.Imported(
            root.GetText("kind") == "process" ? DesignKind.Process : DesignKind.Wireframe,
            root.GetText("name"),
            root.GetText("description"),
            StandParentsFirst(nodes) ? [.. nodes] : ordered,
            connections.ToImmutable(),
            root.GetObject("settings")?.Clone(),
            []);
        return ImportGate.Close(imported, components, limits, id => pointers.GetValueOrDefault(id) ?? pointers.GetValueOrDefault("\n" + id, ""));
    }

    private static bool StandParentsFirst(List<Node> nodes)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return nodes.TrueForAll(node => (node.Parent is null || seen.Contains(node.Parent)) && seen.Add(node.Id));
    }

    private static ImportResult.Refused? CheckHeader(JsonElement root, DesignLimits limits)
    {
        if (root.GetText("format") != Format)
        {
            return ImportResult.Invalid("/format", $"must be '{Format}'");
        }

        if (root.GetNumber("version") is not Version)
        {
            return ImportResult.Invalid("/version", string.Create(CultureInfo.InvariantCulture, $"must be {Version}"));
        }

        if (Unknown(root, Fields) is { } unknown)
        {
            return ImportResult.Invalid("/" + unknown, "is not a field of a design");
        }

        if (root.GetText("name") is not { Length: > 0 } name || name.Length > limits.NameLength)
        {
            return ImportResult.Invalid("/name", Invariant($"must be a text of 1 to {limits.NameLength} characters"));
        }

        if (root.GetText("kind") is not ("wireframe" or "process"))
        {
            return ImportResult.Invalid("/kind", "must be wireframe or process");
        }

        if (root.Get("description") is { } description && (description.ValueKind != JsonValueKind.String || description.GetString()!.Length > limits.DescriptionLength))
        {
            return ImportResult.Invalid("/description", Invariant($"must be a text of at most {limits.DescriptionLength} characters"));
        }

        if (root.Get("settings") is { ValueKind: not JsonValueKind.Object })
        {
            return ImportResult.Invalid("/settings", "must be an object");
        }

        if (root.GetList("nodes") is not { } nodes)
        {
            return ImportResult.Invalid("/nodes", "must be a list");
        }

        if (root.GetList("connections") is not { } connections)
        {
            return ImportResult.Invalid("/connections", "must be a list");
        }

        return ImportGate.TooMany("/nodes", nodes.GetArrayLength(), limits.Nodes, "nodes")
            ?? ImportGate.TooMany("/connections", connections.GetArrayLength(), limits.Connections, "connections");
    }

    private static (string Path, string Rule)? CheckNode(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return ("", "must be an object");
        }

        if (Unknown(json, NodeFields) is { } unknown)
        {
            return ("/" + unknown, "is not a field of a node");
        }

        foreach (var name in (ReadOnlySpan<string>)["id", "type", "order"])
        {
            if (json.GetText(name) is null)
            {
                return ("/" + name, "must be text");
            }
        }

        foreach (var name in (ReadOnlySpan<string>)["x", "y"])
        {
            if (json.GetNumber(name) is null)
            {
                return ("/" + name, "must be a number");
            }
        }

        foreach (var name in (ReadOnlySpan<string>)["width", "height"])
        {
            if (json.Get(name) is { } value && value.AsNumber() is not >= 0)
            {
                return ("/" + name, "must be a number from 0");
            }
        }

        foreach (var name in (ReadOnlySpan<string>)["parent", "label"])
        {
            if (json.Get(name) is { ValueKind: not JsonValueKind.String })
            {
                return ("/" + name, "must be text");
            }
        }

        foreach (var name in (ReadOnlySpan<string>)["props", "execution"])
        {
            if (json.Get(name) is { ValueKind: not JsonValueKind.Object })
            {
                return ("/" + name, "must be an object");
            }
        }

        return null;
    }

    private static (string Path, string Rule)? CheckConnection(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return ("", "must be an object");
        }

        if (Unknown(json, ConnectionFields) is { } unknown)
        {
            return ("/" + unknown, "is not a field of a connection");
        }

        if (json.GetText("id") is null)
        {
            return ("/id", "must be text");
        }

        foreach (var end in (ReadOnlySpan<string>)["from", "to"])
        {
            if (json.GetObject(end) is not { } value || value.GetText("node") is null || value.GetText("port") is null || Unknown(value, EndFields) is not null)
            {
                return ("/" + end, "must be an object of a node and a port");
            }
        }

        return json.Get("props") is { ValueKind: not JsonValueKind.Object } ? ("/props", "must be an object") : null;
    }

    private static Node ReadNode(JsonElement json) => new()
    {
        Id = json.GetText("id")!,
        Type = json.GetText("type")!,
        Parent = json.GetText("parent"),
        X = json.GetNumber("x")!.Value,
        Y = json.GetNumber("y")!.Value,
        Width = json.GetNumber("width"),
        Height = json.GetNumber("height"),
        Order = json.GetText("order")!,
        Label = json.GetText("label"),
        Props = json.Get("props")?.Clone() ?? Node.EmptyObject,
        Execution = json.Get("execution")?.Clone(),
    };

    private static Connection ReadConnection(JsonElement json) => new()
    {
        Id = json.GetText("id")!,
        From = ReadEnd(json.GetObject("from")!.Value),
        To = ReadEnd(json.GetObject("to")!.Value),
        Props = json.Get("props")?.Clone() ?? Node.EmptyObject,
    };

    private static Endpoint ReadEnd(JsonElement json) => new(json.GetText("node")!, json.GetText("port")!);

    private static string? Unknown(JsonElement json, string[] known)
    {
        foreach (var property in json.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                return property.Name;
            }
        }

        return null;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
