using System.Collections.Immutable;

namespace Actors.Domain.Designs;

/// <summary>The order in which given contents can be added.</summary>
internal static class ContentOrder
{
    /// <summary>
    /// Places of the nodes, parents before children and else as given. Nodes in a cycle, or below an unknown parent, come
    /// last: adding them says what is wrong.
    /// </summary>
    public static IReadOnlyList<int> ParentsFirst(ImmutableArray<Node> nodes)
    {
        var known = nodes.Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
        var children = Enumerable.Range(0, nodes.Length)
            .Where(index => nodes[index].Parent is { } parent && known.Contains(parent))
            .ToLookup(index => nodes[index].Parent, StringComparer.Ordinal);
        var result = new List<int>(nodes.Length);
        var seen = new bool[nodes.Length];
        var pending = new Queue<int>(Enumerable.Range(0, nodes.Length).Where(index => nodes[index].Parent is null));
        while (pending.TryDequeue(out var index))
        {
            if (seen[index])
            {
                continue;
            }

            seen[index] = true;
            result.Add(index);
            foreach (var child in children[nodes[index].Id])
            {
                pending.Enqueue(child);
            }
        }

        result.AddRange(Enumerable.Range(0, nodes.Length).Where(index => !seen[index]));
        return result;
    }
}
