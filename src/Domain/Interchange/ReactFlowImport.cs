using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Components.BuiltIn;
using Actors.Domain.Designs;

namespace Actors.Domain.Interchange;

/// <summary>
/// Reads what React Flow's <c>toObject()</c> writes, and the files of tools that build on it: nodes, edges, and whatever
/// stands beside them. Nothing is lost: <see cref="ReactFlowExport"/> gives back what came in.
/// </summary>
public static class ReactFlowImport
{
    /// <summary>The member of a design's settings that holds what React Flow files say beside nodes and connections.</summary>
    internal const string SettingsName = "reactFlow";

    public static ImportResult Read(JsonElement root, IComponentCatalog components, DesignLimits limits)
    {
        if (ImportGate.Open(root, limits) is { } closed)
        {
            return closed;
        }

        if (root.GetList("nodes") is not { } nodes)
        {
            return ImportResult.Invalid("/nodes", "must be a list");
        }

        if (root.Get("edges") is { ValueKind: not JsonValueKind.Array })
        {
            return ImportResult.Invalid("/edges", "must be a list");
        }

        var edges = root.GetList("edges");
        var tooMany = ImportGate.TooMany("/nodes", nodes.GetArrayLength(), limits.Nodes, "nodes")
            ?? ImportGate.TooMany("/edges", edges?.GetArrayLength() ?? 0, limits.Connections, "connections");
        if (tooMany is not null)
        {
            return tooMany;
        }

        var kind = KindOf(nodes, components);
        var reading = new ReactFlowReading(kind, components, limits);
        if ((reading.ReadNodes(nodes) ?? (edges is { } list ? reading.ReadEdges(list) : null)) is { } refused)
        {
            return refused;
        }

        var imported = new ImportResult.Imported(
            kind,
            root.GetText("name") is { Length: > 0 } name ? name.Cut(limits.NameLength) : null,
            root.GetText("description")?.Cut(limits.DescriptionLength),
            ImportGate.ParentsFirst(reading.Nodes),
            [.. reading.Connections.OrderBy(connection => connection.Id, StringComparer.Ordinal)],
            Settings(root, reading),
            [.. reading.Warnings]);
        return ImportGate.Close(imported, components, limits, id => reading.Pointers.GetValueOrDefault(id) ?? reading.EdgePointers.GetValueOrDefault(id, ""));
    }

    /// <summary>A process, unless more nodes are parts of wireframes than of processes.</summary>
    private static DesignKind KindOf(JsonElement nodes, IComponentCatalog components)
    {
        var balance = 0;
        foreach (var node in nodes.EnumerateArray())
        {
            balance += node.GetText("type") is { } type && components.Find(type)?.Kinds is { Length: 1 } kinds ? (kinds[0] == DesignKind.Wireframe ? 1 : -1) : 0;
        }

        return balance > 0 ? DesignKind.Wireframe : DesignKind.Process;
    }

    private static JsonElement? Settings(JsonElement root, ReactFlowReading reading)
    {
        var fields = JsonBuild.Without(root, "nodes", "edges");
        if (!fields.EnumerateObject().Any() && reading.Dangling.Count == 0)
        {
            return null;
        }

        return JsonBuild.Object(settings =>
        {
            settings.WriteStartObject(SettingsName);
            settings.Property("fields", fields);
            settings.WriteStartArray("edges");
            foreach (var (order, edge) in reading.Dangling)
            {
                settings.WriteStartObject();
                settings.WriteString(ReactFlowEdges.Order, order);
                settings.Property(Rules.Source, edge);
                settings.WriteEndObject();
            }

            settings.WriteEndArray();
            settings.WriteEndObject();
        });
    }
}
