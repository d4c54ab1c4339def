using Actors.Domain.Designs;

namespace Actors.Domain.Validation;

/// <summary>The circles of a graph, by Tarjan's algorithm, without recursion: a design may be one long chain.</summary>
internal static class Cycles
{
    /// <summary>The strongly connected parts that hold a circle, each as the nodes on it, in the order of the design.</summary>
    /// <param name="takes">Which nodes belong to the graph.</param>
    /// <param name="follows">Which connections do.</param>
    public static IEnumerable<IReadOnlyList<Node>> Find(ValidatedDesign design, Func<Node, bool> takes, Func<Connection, bool> follows)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var nodes = design.Nodes.Where(takes).ToArray();
        foreach (var node in nodes)
        {
            ids.Add(node.Id, ids.Count);
        }

        var next = nodes
            .Select(node => design.OutOf(node.Id).Where(follows).Select(connection => ids.GetValueOrDefault(connection.To.Node, -1)).Where(id => id >= 0).ToArray())
            .ToArray();
        return Components(next)
            .Where(part => part.Count > 1 || next[part[0]].Contains(part[0]))
            .Select(part => (IReadOnlyList<Node>)[.. part.Order().Select(id => nodes[id])]);
    }

    private static List<List<int>> Components(int[][] next)
    {
        var components = new List<List<int>>();
        var (order, low) = (new int[next.Length], new int[next.Length]);
        var open = new bool[next.Length];
        var stack = new Stack<int>();
        var path = new Stack<(int Node, int Edge)>();
        var visited = 0;
        for (var root = 0; root < next.Length; root++)
        {
            if (order[root] == 0)
            {
                path.Push((root, 0));
            }

            while (path.TryPop(out var at))
            {
                var (node, edge) = at;
                if (edge == 0)
                {
                    order[node] = low[node] = ++visited;
                    open[node] = true;
                    stack.Push(node);
                }
                else
                {
                    low[node] = Math.Min(low[node], low[next[node][edge - 1]]);
                }

                while (edge < next[node].Length && order[next[node][edge]] != 0)
                {
                    if (open[next[node][edge]])
                    {
                        low[node] = Math.Min(low[node], order[next[node][edge]]);
                    }

                    edge++;
                }

                if (edge < next[node].Length)
                {
                    path.Push((node, edge + 1));
                    path.Push((next[node][edge], 0));
                }
                else if (low[node] == order[node])
                {
                    components.Add(Close(node, stack, open));
                }
            }
        }

        return components;
    }

    private static List<int> Close(int root, Stack<int> stack, bool[] open)
    {
        var component = new List<int>();
        int node;
        do
        {
            node = stack.Pop();
            open[node] = false;
            component.Add(node);
        }
        while (node != root);

        return component;
    }
}
