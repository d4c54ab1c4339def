using System.Collections.Immutable;

namespace Actors.Domain.Designs;

/// <summary>Writes states as snapshots and reads them back. The form is canonical: equal states give equal snapshots.</summary>
internal static class DesignSnapshots
{
    public static DesignSnapshot Write(DesignState state)
    {
        if (!state.Exists)
        {
            return new DesignSnapshot();
        }

        var document = state.ToDocument();
        return new DesignSnapshot
        {
            Document = document,
            Revision = state.Revision,
            Deleted = state.Deleted,
            Authors = [.. state.Authors.Authors],
            HeaderStamps = state.HeaderStamps,
            NodeStamps = [.. document.Nodes.Select(node => state.Graph.Nodes[node.Id].Stamps)],
            ConnectionStamps = [.. document.Connections.Select(connection => state.Graph.Connections[connection.Id].Stamps)],
            Histories = [.. state.Authors.Histories.OrderBy(pair => pair.Key).Select(pair => Write(pair.Key, pair.Value))],
            Recent = new(Write(state.Recent.Young), Write(state.Recent.Old)),
            Removed = new([.. state.Removed.Young.Keys.Order(StringComparer.Ordinal)], [.. state.Removed.Old.Keys.Order(StringComparer.Ordinal)]),
        };
    }

    public static DesignState Read(DesignSnapshot snapshot)
    {
        if (snapshot.Document is not { } document)
        {
            return DesignState.Initial;
        }

        var graph = DesignGraph.Build(
            [.. document.Nodes.Zip(snapshot.NodeStamps, (node, stamps) => new NodeEntry(node, stamps))],
            [.. document.Connections.Zip(snapshot.ConnectionStamps, (connection, stamps) => new ConnectionEntry(connection, stamps))]);
        var histories = snapshot.Histories.ToImmutableDictionary(history => history.Author, history => Read(history, snapshot.Authors[history.Author]));
        return DesignState.Restore(snapshot, document, graph, AuthorTable.Restore(snapshot.Authors, histories));
    }

    public static RecentMap<Guid, SubmitResult.Committed> ReadRecent(DesignSnapshot snapshot) => new(
        DesignRetention.RecentBatches,
        snapshot.Recent.Young.ToImmutableDictionary(item => item.BatchId, item => item.Answer),
        snapshot.Recent.Old.ToImmutableDictionary(item => item.BatchId, item => item.Answer));

    public static RecentMap<string, bool> ReadRemoved(DesignSnapshot snapshot) => new(
        DesignRetention.RemovedNodes,
        snapshot.Removed.Young.ToImmutableDictionary(id => id, _ => true),
        snapshot.Removed.Old.ToImmutableDictionary(id => id, _ => true));

    private static ImmutableArray<RecentAnswer> Write(ImmutableDictionary<Guid, SubmitResult.Committed> answers) =>
        [.. answers.Select(pair => new RecentAnswer(pair.Key, pair.Value)).OrderBy(item => item.Answer.Revision)];

    private static HistorySnapshot Write(int author, AuthorHistory history) =>
        new(author, history.LastRevision, Write(history.Undo), Write(history.Redo));

    private static Generations<UndoEntry> Write(BoundedStack<UndoEntry> stack)
    {
        var entries = stack.NewestFirst().Select(UndoStepTrimming.Trim).ToImmutableArray();
        return new(entries[..stack.YoungCount], entries[stack.YoungCount..]);
    }

    private static AuthorHistory Read(HistorySnapshot history, Author author) =>
        new(Read(history.Undo, author), Read(history.Redo, author), history.LastRevision);

    private static BoundedStack<UndoEntry> Read(Generations<UndoEntry> stack, Author author) =>
        BoundedStack<UndoEntry>.Restore(AuthorHistory.Capacity(author), [.. stack.Young, .. stack.Old], stack.Young.Length);
}
