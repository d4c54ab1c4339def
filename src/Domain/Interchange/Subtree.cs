using Actors.Domain.Designs;

namespace Actors.Domain.Interchange;

/// <summary>A part of a design as a design of its own.</summary>
public static class Subtree
{
    /// <summary>The node with all that is in it and the connections between them; null when the design has no such node.</summary>
    public static DesignDocument? Of(DesignDocument design, string nodeId)
    {
        var kept = new HashSet<string>(StringComparer.Ordinal);
        var nodes = new List<Node>();
        foreach (var node in design.Nodes)
        {
            // Parents stand before their children, so one pass finds all.
            if (node.Id == nodeId || (node.Parent is { } parent && kept.Contains(parent)))
            {
                kept.Add(node.Id);
                nodes.Add(node.Id == nodeId ? node with { Parent = null } : node);
            }
        }

        return nodes.Count == 0 ? null : design with
        {
            Nodes = [.. nodes],
            Connections = [.. design.Connections.Where(connection => kept.Contains(connection.From.Node) && kept.Contains(connection.To.Node))],
        };
    }
}
