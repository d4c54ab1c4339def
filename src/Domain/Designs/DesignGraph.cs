using System.Collections.Immutable;

namespace Actors.Domain.Designs;

internal sealed record NodeEntry(Node Node, ImmutableArray<Stamp> Stamps);

internal sealed record ConnectionEntry(Connection Connection, ImmutableArray<Stamp> Stamps);

/// <summary>A node's place among its siblings; sorted by key, then by id.</summary>
internal readonly record struct Sibling(string Order, string Id);

/// <summary>
/// The nodes and connections of a design with the indexes that keep an edit's cost logarithmic: children by parent in
/// their order, connections by node. Immutable; every change shares all it does not touch.
/// </summary>
internal sealed record DesignGraph
{
    /// <summary>The key of the children that have no parent; no node can have it as its id.</summary>
    private const string Top = "";

    private static readonly ImmutableSortedSet<Sibling> NoSiblings = ImmutableSortedSet.Create<Sibling>(SiblingComparer.Instance);
    private static readonly ImmutableSortedSet<string> NoLinks = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    public static DesignGraph Empty { get; } = new();

    public ImmutableDictionary<string, NodeEntry> Nodes { get; private init; } = ImmutableDictionary<string, NodeEntry>.Empty;

    public ImmutableDictionary<string, ConnectionEntry> Connections { get; private init; } = ImmutableDictionary<string, ConnectionEntry>.Empty;

    private ImmutableDictionary<string, ImmutableSortedSet<Sibling>> Children { get; init; } = ImmutableDictionary<string, ImmutableSortedSet<Sibling>>.Empty;

    private ImmutableDictionary<string, ImmutableSortedSet<string>> Links { get; init; } = ImmutableDictionary<string, ImmutableSortedSet<string>>.Empty;

    /// <summary>The whole graph at once, faster than entry by entry.</summary>
    public static DesignGraph Build(IReadOnlyCollection<NodeEntry> nodes, IReadOnlyCollection<ConnectionEntry> connections) => new()
    {
        Nodes = nodes.ToImmutableDictionary(entry => entry.Node.Id),
        Connections = connections.ToImmutableDictionary(entry => entry.Connection.Id),
        Children = nodes.GroupBy(entry => entry.Node.Parent ?? Top).ToImmutableDictionary(
            siblings => siblings.Key,
            siblings => siblings.Select(entry => new Sibling(entry.Node.Order, entry.Node.Id)).ToImmutableSortedSet(SiblingComparer.Instance)),
        Links = connections
            .SelectMany(entry => new[] { (Node: entry.Connection.From.Node, entry.Connection.Id), (Node: entry.Connection.To.Node, entry.Connection.Id) })
            .GroupBy(link => link.Node, link => link.Id)
            .ToImmutableDictionary(links => links.Key, links => links.ToImmutableSortedSet(StringComparer.Ordinal)),
    };

    /// <summary>A whole new graph, everything with the same stamps.</summary>
    public static DesignGraph Build(ImmutableArray<Node> nodes, ImmutableArray<Connection> connections, ImmutableArray<Stamp> stamps) =>
        Build([.. nodes.Select(node => new NodeEntry(node, stamps))], [.. connections.Select(connection => new ConnectionEntry(connection, stamps))]);

    public NodeEntry? FindNode(string id) => Nodes.GetValueOrDefault(id);

    public ConnectionEntry? FindConnection(string id) => Connections.GetValueOrDefault(id);

    /// <summary>The children of a node, or of the top, in their order.</summary>
    public ImmutableSortedSet<Sibling> ChildrenOf(string? parent) => Children.GetValueOrDefault(parent ?? Top, NoSiblings);

    /// <summary>The ids of the connections that touch a node.</summary>
    public ImmutableSortedSet<string> LinksOf(string node) => Links.GetValueOrDefault(node, NoLinks);

    public DesignGraph Add(NodeEntry entry) => this with
    {
        Nodes = Nodes.Add(entry.Node.Id, entry),
        Children = WithChild(Children, entry.Node),
    };

    public DesignGraph Replace(NodeEntry before, NodeEntry after)
    {
        var nodes = Nodes.SetItem(after.Node.Id, after);
        return before.Node.Parent == after.Node.Parent && before.Node.Order == after.Node.Order
            ? this with { Nodes = nodes }
            : this with { Nodes = nodes, Children = WithChild(WithoutChild(Children, before.Node), after.Node) };
    }

    public DesignGraph Add(ConnectionEntry entry) => this with
    {
        Connections = Connections.Add(entry.Connection.Id, entry),
        Links = WithLinks(Links, entry.Connection),
    };

    public DesignGraph Replace(ConnectionEntry before, ConnectionEntry after)
    {
        var connections = Connections.SetItem(after.Connection.Id, after);
        return before.Connection.From == after.Connection.From && before.Connection.To == after.Connection.To
            ? this with { Connections = connections }
            : this with { Connections = connections, Links = WithLinks(WithoutLinks(Links, before.Connection), after.Connection) };
    }

    public DesignGraph Remove(ConnectionEntry entry) => this with
    {
        Connections = Connections.Remove(entry.Connection.Id),
        Links = WithoutLinks(Links, entry.Connection),
    };

    /// <summary>Without a node, its descendants and every connection that touches one of them.</summary>
    /// <param name="nodes">What was removed, parents before children.</param>
    /// <param name="connections">What was removed, in the order of their ids.</param>
    public DesignGraph RemoveSubtree(string id, out ImmutableArray<NodeEntry> nodes, out ImmutableArray<ConnectionEntry> connections)
    {
        nodes = Subtree(id);
        var graph = this;
        var cut = new SortedDictionary<string, ConnectionEntry>(StringComparer.Ordinal);
        foreach (var entry in nodes)
        {
            foreach (var link in graph.LinksOf(entry.Node.Id))
            {
                cut[link] = graph.Connections[link];
                graph = graph.Remove(cut[link]);
            }
        }

        foreach (var entry in nodes)
        {
            graph = graph with
            {
                Nodes = graph.Nodes.Remove(entry.Node.Id),
                Children = WithoutChild(graph.Children, entry.Node),
            };
        }

        connections = [.. cut.Values];
        return graph;
    }

    /// <summary>A node and its descendants, parents before children, siblings in their order.</summary>
    public ImmutableArray<NodeEntry> Subtree(string id)
    {
        var result = ImmutableArray.CreateBuilder<NodeEntry>();
        var pending = new Stack<string>([id]);
        while (pending.TryPop(out var next))
        {
            result.Add(Nodes[next]);
            foreach (var child in ChildrenOf(next).Reverse())
            {
                pending.Push(child.Id);
            }
        }

        return result.DrainToImmutable();
    }

    /// <summary>Every node, parents before children, siblings in their order.</summary>
    public IEnumerable<NodeEntry> InOrder()
    {
        var pending = new Stack<string>(ChildrenOf(null).Reverse().Select(sibling => sibling.Id));
        while (pending.TryPop(out var next))
        {
            yield return Nodes[next];
            foreach (var child in ChildrenOf(next).Reverse())
            {
                pending.Push(child.Id);
            }
        }
    }

    /// <summary>Levels from the top down to the node, itself included; 0 for the top.</summary>
    public int DepthOf(string? id)
    {
        var depth = 0;
        for (; id is not null; id = Nodes[id].Node.Parent)
        {
            depth++;
        }

        return depth;
    }

    /// <summary>Levels of a node's subtree, itself included.</summary>
    public int HeightOf(string id)
    {
        var height = 0;
        for (IReadOnlyList<string> level = [id]; level.Count > 0; level = [.. level.SelectMany(node => ChildrenOf(node).Select(child => child.Id))])
        {
            height++;
        }

        return height;
    }

    /// <summary>Whether a node is another or stands somewhere within it.</summary>
    public bool IsWithin(string? id, string ancestor)
    {
        for (; id is not null; id = Nodes[id].Node.Parent)
        {
            if (id == ancestor)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The wanted key if no other sibling has it, else one just after that sibling; after the last when none is wanted.</summary>
    /// <param name="mover">The node that looks for a place: its own key is no obstacle.</param>
    public string FreeOrder(string? parent, string wanted, string mover)
    {
        var siblings = ChildrenOf(parent);
        if (wanted.Length == 0)
        {
            return siblings.IsEmpty ? OrderKey.First : siblings[^1].Id == mover ? siblings[^1].Order : OrderKey.Between(siblings[^1].Order, null);
        }

        var at = siblings.IndexOf(new Sibling(wanted, ""));
        at = at < 0 ? ~at : at;
        if (at == siblings.Count || siblings[at].Order != wanted || siblings[at].Id == mover)
        {
            return wanted;
        }

        return OrderKey.Between(wanted, at + 1 < siblings.Count ? siblings[at + 1].Order : null);
    }

    private static ImmutableDictionary<string, ImmutableSortedSet<Sibling>> WithChild(ImmutableDictionary<string, ImmutableSortedSet<Sibling>> children, Node node)
    {
        var parent = node.Parent ?? Top;
        return children.SetItem(parent, children.GetValueOrDefault(parent, NoSiblings).Add(new Sibling(node.Order, node.Id)));
    }

    private static ImmutableDictionary<string, ImmutableSortedSet<Sibling>> WithoutChild(ImmutableDictionary<string, ImmutableSortedSet<Sibling>> children, Node node)
    {
        var parent = node.Parent ?? Top;
        var rest = children.GetValueOrDefault(parent, NoSiblings).Remove(new Sibling(node.Order, node.Id));
        return rest.IsEmpty ? children.Remove(parent) : children.SetItem(parent, rest);
    }

    private static ImmutableDictionary<string, ImmutableSortedSet<string>> WithLinks(ImmutableDictionary<string, ImmutableSortedSet<string>> links, Connection connection)
    {
        links = links.SetItem(connection.From.Node, links.GetValueOrDefault(connection.From.Node, NoLinks).Add(connection.Id));
        return links.SetItem(connection.To.Node, links.GetValueOrDefault(connection.To.Node, NoLinks).Add(connection.Id));
    }

    private static ImmutableDictionary<string, ImmutableSortedSet<string>> WithoutLinks(ImmutableDictionary<string, ImmutableSortedSet<string>> links, Connection connection)
    {
        foreach (var node in (ReadOnlySpan<string>)[connection.From.Node, connection.To.Node])
        {
            var rest = links.GetValueOrDefault(node, NoLinks).Remove(connection.Id);
            links = rest.IsEmpty ? links.Remove(node) : links.SetItem(node, rest);
        }

        return links;
    }

    private sealed class SiblingComparer : IComparer<Sibling>
    {
        public static SiblingComparer Instance { get; } = new();

        public int Compare(Sibling x, Sibling y) => string.CompareOrdinal(x.Order, y.Order) is not 0 and var order ? order : string.CompareOrdinal(x.Id, y.Id);
    }
}
