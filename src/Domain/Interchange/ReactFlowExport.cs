using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Components.BuiltIn;
using Actors.Domain.Designs;

namespace Actors.Domain.Interchange;

/// <summary>
/// Writes a design for React Flow. What was imported from React Flow comes out as it went in, every field of it, except
/// where it was edited since.
/// </summary>
public static class ReactFlowExport
{
    private static readonly JsonElement NoSettings = Node.EmptyObject;

    public static JsonElement Write(DesignDocument design, IComponentCatalog components)
    {
        var writing = new ReactFlowWriting(design, components, DesignLimits.Default);
        var kept = design.Settings?.GetObject(ReactFlowImport.SettingsName) ?? NoSettings;
        return JsonBuild.Object(writer =>
        {
            writer.WriteStartArray("nodes");
            foreach (var node in InDrawingOrder(design))
            {
                writing.Node(node).WriteTo(writer);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("edges");
            foreach (var edge in Edges(design, writing, kept))
            {
                edge.WriteTo(writer);
            }

            writer.WriteEndArray();
            if (kept.GetObject("fields") is { } fields)
            {
                JsonBuild.CopyExcept(writer, fields, "nodes", "edges");
            }
        });
    }

    /// <summary>By order key, and parents before children, as React Flow wants it.</summary>
    private static IEnumerable<Node> InDrawingOrder(DesignDocument design)
    {
        var children = design.Nodes.Where(node => node.Parent is not null).ToLookup(node => node.Parent!, StringComparer.Ordinal);
        var ready = new PriorityQueue<Node, (string Order, string Id)>(Comparer<(string Order, string Id)>.Create((a, b) =>
            string.CompareOrdinal(a.Order, b.Order) is var order and not 0 ? order : string.CompareOrdinal(a.Id, b.Id)));
        foreach (var node in design.Nodes.Where(node => node.Parent is null))
        {
            ready.Enqueue(node, (node.Order, node.Id));
        }

        while (ready.TryDequeue(out var node, out _))
        {
            yield return node;
            foreach (var child in children[node.Id])
            {
                ready.Enqueue(child, (child.Order, child.Id));
            }
        }
    }

    private static IEnumerable<JsonElement> Edges(DesignDocument design, ReactFlowWriting writing, JsonElement kept)
    {
        var edges = new List<(string? Order, string Id, JsonElement Edge)>();
        foreach (var connection in design.Connections)
        {
            var order = ReactFlowNodes.Original(connection.Props) is null ? null : connection.Props.GetText(ReactFlowEdges.Order);
            edges.Add((order, connection.Id, writing.Edge(connection)));
        }

        if (kept.GetList("edges") is { } dangling)
        {
            foreach (var entry in dangling.EnumerateArray())
            {
                if (entry.GetObject(Rules.Source) is { } edge)
                {
                    edges.Add((entry.GetText(ReactFlowEdges.Order), "", edge));
                }
            }
        }

        // New connections come after those that know their place.
        return edges
            .OrderBy(edge => edge.Order is null)
            .ThenBy(edge => edge.Order, StringComparer.Ordinal)
            .ThenBy(edge => edge.Id, StringComparer.Ordinal)
            .Select(edge => edge.Edge);
    }
}
