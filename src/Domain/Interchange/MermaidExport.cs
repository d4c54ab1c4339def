using System.Text;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Interchange.Mermaid;
using Actors.Domain.Interchange.Svg;

namespace Actors.Domain.Interchange;

/// <summary>A process as a Mermaid flowchart from left to right; what is inside a node is a subgraph. The same design always gives the same text.</summary>
public static class MermaidExport
{
    public static string Write(DesignDocument design, IComponentCatalog components)
    {
        var scene = new Scene(design, components);
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var node in scene.Painted)
        {
            ids.TryAdd(node.Node.Id, "n" + Html.Escaping.Digits(ids.Count + 1));
        }

        var chart = new StringBuilder("flowchart LR\n");
        foreach (var root in scene.Roots)
        {
            Write(chart, scene, root, ids);
        }

        foreach (var connection in design.Connections)
        {
            if (ids.TryGetValue(connection.From.Node, out var from) && ids.TryGetValue(connection.To.Node, out var to))
            {
                MermaidWriter.Edge(chart, connection, from, to);
            }
        }

        return chart.ToString();
    }

    private static void Write(StringBuilder chart, Scene scene, SvgNode node, Dictionary<string, string> ids)
    {
        var id = ids[node.Node.Id];
        if (!scene.Children(node).Any())
        {
            MermaidWriter.Node(chart, node, id);
            return;
        }

        chart.Append("    subgraph ").Append(id).Append(" [\"").Append(MermaidWriter.Text(node.Node.Label ?? node.Component?.Title ?? node.Node.Type)).Append("\"]\n");
        foreach (var child in scene.Children(node))
        {
            Write(chart, scene, child, ids);
        }

        chart.Append("    end\n");
    }
}
