using System.Collections.Immutable;

namespace Actors.Domain.Designs;

/// <summary>
/// Carries out operations that are known to be good, and remembers how to take them back. Deciding and replaying both
/// run through here, so that they cannot come to different states.
/// </summary>
/// <param name="author">Place of the writer in the design's table of authors.</param>
/// <param name="revision">The revision that the batch will have.</param>
internal sealed class DesignTransaction(DesignGraph graph, DesignHeader header, ImmutableArray<Stamp> headerStamps, int author, long revision)
{
    private readonly List<UndoStep> _steps = [];
    private readonly List<string> _removed = [];

    public DesignGraph Graph { get; private set; } = graph;

    public DesignHeader Header { get; private set; } = header;

    public ImmutableArray<Stamp> HeaderStamps { get; private set; } = headerStamps;

    /// <summary>Ids of the nodes removed, in their order.</summary>
    public IReadOnlyList<string> RemovedNodes => _removed;

    /// <summary>What was done; null when nothing was.</summary>
    public UndoEntry? ToUndoEntry() => _steps.Count == 0 ? null : new UndoEntry(revision, [.. _steps]);

    /// <summary>Carries out an operation of the journal. One that no longer makes sense changes nothing: replaying is total.</summary>
    /// <param name="stamps">Those that come back with what the operation brings back; default for an edit.</param>
    public void Replay(Operation operation, ImmutableArray<Stamp> stamps)
    {
        switch (operation)
        {
            case NodeAdd add when Graph.FindNode(add.Node.Id) is null && (add.Node.Parent is null || Graph.FindNode(add.Node.Parent) is not null):
                Add(add.Node, stamps);
                break;
            case NodeSet set when Graph.FindNode(set.Id) is { } entry && NodePatch.Read(set.Patch, out var patch) is null:
                Replace(entry, patch.ApplyTo(entry.Node), patch.PathsIn(entry.Node), stamps);
                break;
            case NodeRemove remove when Graph.FindNode(remove.Id) is not null:
                RemoveNode(remove.Id);
                break;
            case ConnectionAdd add when Graph.FindConnection(add.Connection.Id) is null && HasEnds(add.Connection):
                Add(add.Connection, stamps);
                break;
            case ConnectionSet set when Graph.FindConnection(set.Id) is { } entry && ConnectionPatch.Read(set.Patch, entry.Connection, out var patch) is null:
                Replace(entry, patch.After, patch.Paths, stamps);
                break;
            case ConnectionRemove remove when Graph.FindConnection(remove.Id) is { } entry:
                Remove(entry);
                break;
            case DesignSet set when HeaderPatch.Read(set.Patch, Header, out var patch) is null:
                Replace(patch.After, patch.Paths, stamps);
                break;
        }
    }

    public void Add(Node node, ImmutableArray<Stamp> stamps)
    {
        Graph = Graph.Add(new NodeEntry(node, stamps.IsDefault ? Stamps.Created(author, revision) : stamps));
        _steps.Add(new UndoStep.NodeAdded(node.Id));
    }

    public void Replace(NodeEntry before, Node after, ImmutableArray<string> paths, ImmutableArray<Stamp> stamps)
    {
        if (!paths.IsEmpty)
        {
            Graph = Graph.Replace(before, new NodeEntry(after, Written(before.Stamps, paths, stamps)));
            _steps.Add(new UndoStep.NodeChanged(before, paths));
        }
    }

    public void RemoveNode(string id)
    {
        Graph = Graph.RemoveSubtree(id, out var nodes, out var connections);
        _steps.Add(new UndoStep.Removed(nodes, connections));
        _removed.AddRange(nodes.Select(entry => entry.Node.Id));
    }

    public void Add(Connection connection, ImmutableArray<Stamp> stamps)
    {
        Graph = Graph.Add(new ConnectionEntry(connection, stamps.IsDefault ? Stamps.Created(author, revision) : stamps));
        _steps.Add(new UndoStep.ConnectionAdded(connection.Id));
    }

    public void Replace(ConnectionEntry before, Connection after, ImmutableArray<string> paths, ImmutableArray<Stamp> stamps)
    {
        if (!paths.IsEmpty)
        {
            Graph = Graph.Replace(before, new ConnectionEntry(after, Written(before.Stamps, paths, stamps)));
            _steps.Add(new UndoStep.ConnectionChanged(before, paths));
        }
    }

    public void Remove(ConnectionEntry entry)
    {
        Graph = Graph.Remove(entry);
        _steps.Add(new UndoStep.Removed([], [entry]));
    }

    public void Replace(DesignHeader after, ImmutableArray<string> paths, ImmutableArray<Stamp> stamps)
    {
        if (!paths.IsEmpty)
        {
            _steps.Add(new UndoStep.HeaderChanged(Header, HeaderStamps, paths));
            HeaderStamps = Written(HeaderStamps, paths, stamps);
            Header = after;
        }
    }

    private ImmutableArray<Stamp> Written(ImmutableArray<Stamp> before, ImmutableArray<string> paths, ImmutableArray<Stamp> former) =>
        former.IsDefault ? Stamps.Write(before, paths, author, revision) : Stamps.Restore(before, paths, former);

    private bool HasEnds(Connection connection) => Graph.FindNode(connection.From.Node) is not null && Graph.FindNode(connection.To.Node) is not null;
}
