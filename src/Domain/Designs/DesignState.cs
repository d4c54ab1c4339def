using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Components;

namespace Actors.Domain.Designs;

/// <summary>
/// One design, immutable: committed and tentative state are two references that share nearly everything. What an edit
/// costs depends on the edit, and only logarithmically on the size of the design.
/// </summary>
/// <remarks>
/// Events apply to the state that decided them, in the order of their revisions. Applying is total and deterministic;
/// it needs no catalog and no limits, because what was decided once is not decided again.
/// </remarks>
public sealed class DesignState
{
    private DesignState()
    {
    }

    public static DesignState Initial { get; } = new();

    /// <summary>Whether the design was ever created; a deleted one still exists.</summary>
    public bool Exists => Revision > 0;

    /// <summary>Whether the design was deleted. Its fields remain, its contents are only in the journal.</summary>
    public bool Deleted { get; private init; }

    public string Id { get; private init; } = "";

    public string ProjectId { get; private init; } = "";

    public string Name => Header.Name;

    public DesignKind Kind { get; private init; }

    public string? Description => Header.Description;

    public JsonElement? Settings => Header.Settings;

    public string Epoch { get; private init; } = "";

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset UpdatedAt { get; private init; }

    /// <summary>The number of events applied; 0 before the design is created.</summary>
    public long Revision { get; private init; }

    public int NodeCount => Graph.Nodes.Count;

    public int ConnectionCount => Graph.Connections.Count;

    internal DesignGraph Graph { get; private init; } = DesignGraph.Empty;

    internal DesignHeader Header { get; private init; } = new("");

    internal ImmutableArray<Stamp> HeaderStamps { get; private init; } = [];

    internal AuthorTable Authors { get; private init; } = AuthorTable.Empty;

    internal RecentMap<Guid, SubmitResult.Committed> Recent { get; private init; } = new(DesignRetention.RecentBatches);

    internal RecentMap<string, bool> Removed { get; private init; } = new(DesignRetention.RemovedNodes);

    /// <summary>
    /// What the command comes to: an event with the state that follows, a refusal, or nothing when all is as wanted (the
    /// batch is already in, the design exists, or is already deleted).
    /// </summary>
    public Decision<DesignState, DesignEvent> Decide(DesignCommand command, IComponentCatalog components, DesignLimits limits) =>
        DesignDecisions.Decide(this, command, components, limits);

    /// <summary>The state after an event; its revision is one higher.</summary>
    public DesignState Apply(DesignEvent @event) => @event switch
    {
        DesignCreated created => After(created, DesignGraph.Build(created.Nodes, created.Connections, Stamps.Created(0, Revision + 1))),
        BatchCommitted committed => After(committed, Replay(committed)),
        _ => AfterDeletion(@event),
    };

    /// <summary>The first answer to a batch that was committed lately, else null: an older one is in the journal.</summary>
    public SubmitResult? FindRecent(Guid batchId) => Recent.TryGet(batchId, out var answer) ? answer : null;

    /// <summary>The answer to a batch, from its event.</summary>
    public static SubmitResult ToResult(long revision, BatchCommitted committed) => Answer(revision, committed);

    public DesignDocument ToDocument() => new()
    {
        Id = Id,
        ProjectId = ProjectId,
        Name = Name,
        Kind = Kind,
        Description = Description,
        Settings = Settings,
        Epoch = Epoch,
        Revision = Revision,
        Nodes = [.. Graph.InOrder().Select(entry => entry.Node)],
        Connections = [.. Graph.Connections.Values.Select(entry => entry.Connection).OrderBy(connection => connection.Id, StringComparer.Ordinal)],
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };

    public Node? FindNode(string id) => Graph.FindNode(id)?.Node;

    public Connection? FindConnection(string id) => Graph.FindConnection(id)?.Connection;

    /// <summary>
    /// The revision from which a path of a node (<c>x</c>, <c>props/style/color</c>; empty for the whole node) or something
    /// below it has its value; what an undo brings back has its former revision again. Null when there is no such node.
    /// </summary>
    public long? LastRevisionOf(string nodeId, string path) =>
        Graph.FindNode(nodeId) is { } entry ? Stamps.LastRevision(entry.Stamps, path) : null;

    /// <summary>The whole state in a form that can be stored. With the events that follow it replays to the same state as the whole journal.</summary>
    public DesignSnapshot ToSnapshot() => DesignSnapshots.Write(this);

    /// <summary>
    /// A state with these contents and nothing of their past: what follows applies to it and gives the right contents, but
    /// who wrote what is not known, and nothing before can be taken back. For reading history, never for writing it.
    /// </summary>
    public static DesignState FromDocument(DesignDocument document)
    {
        var stamps = Stamps.Created(Stamps.Several, document.Revision);
        var snapshot = new DesignSnapshot { Document = document, Revision = document.Revision, HeaderStamps = stamps };
        return Restore(snapshot, document, DesignGraph.Build(document.Nodes, document.Connections, stamps), AuthorTable.Empty);
    }

    public static DesignState FromSnapshot(DesignSnapshot snapshot) => DesignSnapshots.Read(snapshot);

    internal static DesignState Restore(DesignSnapshot snapshot, DesignDocument document, DesignGraph graph, AuthorTable authors) => new()
    {
        Deleted = snapshot.Deleted,
        Id = document.Id,
        ProjectId = document.ProjectId,
        Kind = document.Kind,
        Epoch = document.Epoch,
        CreatedAt = document.CreatedAt,
        UpdatedAt = document.UpdatedAt,
        Revision = snapshot.Revision,
        Graph = graph,
        Header = new DesignHeader(document.Name, document.Description, document.Settings),
        HeaderStamps = snapshot.HeaderStamps,
        Authors = authors,
        Recent = DesignSnapshots.ReadRecent(snapshot),
        Removed = DesignSnapshots.ReadRemoved(snapshot),
    };

    /// <summary>A transaction that writes the next revision.</summary>
    internal DesignTransaction Begin(int author) => new(Graph, Header, HeaderStamps, author, Revision + 1);

    internal DesignState After(DesignCreated created, DesignGraph graph) => new()
    {
        Id = created.Id,
        ProjectId = created.ProjectId,
        Kind = created.Kind,
        Epoch = created.Epoch,
        CreatedAt = created.At,
        UpdatedAt = created.At,
        Revision = Revision + 1,
        Graph = graph,
        Header = new DesignHeader(created.Name, created.Description, created.Settings),
        HeaderStamps = Stamps.Created(0, Revision + 1),
        Authors = AuthorTable.Empty.With(created.Author, out _),
    };

    internal DesignState After(BatchCommitted committed, DesignTransaction transaction)
    {
        var authors = Authors;
        if (committed is { Cause: BatchCause.Revert, TakenBack.JobId: { } job })
        {
            authors = authors.Without(authors.OfJob(job));
        }

        authors = authors.With(committed.Author, out var author).Record(author, committed.Cause, committed.TakenBack?.Entries ?? 0, transaction.ToUndoEntry());
        var removed = Removed;
        foreach (var id in transaction.RemovedNodes.Concat(committed.Missed ?? []))
        {
            removed = removed.Add(id, true);
        }

        return new DesignState
        {
            Id = Id,
            ProjectId = ProjectId,
            Kind = Kind,
            Epoch = Epoch,
            CreatedAt = CreatedAt,
            UpdatedAt = committed.At,
            Revision = Revision + 1,
            Graph = transaction.Graph,
            Header = transaction.Header,
            HeaderStamps = transaction.HeaderStamps,
            Authors = authors,
            Recent = Recent.Add(committed.BatchId, Answer(Revision + 1, committed)),
            Removed = removed,
        };
    }

    internal DesignState AfterDeletion(DesignEvent deleted) => new()
    {
        Deleted = true,
        Id = Id,
        ProjectId = ProjectId,
        Kind = Kind,
        Epoch = Epoch,
        CreatedAt = CreatedAt,
        UpdatedAt = deleted.At,
        Revision = Revision + 1,
        Header = Header,
        HeaderStamps = HeaderStamps,
        Authors = AuthorTable.Empty,
        Recent = Recent,
    };

    /// <summary>The entries that an undo, redo or revert takes back, newest first.</summary>
    internal IEnumerable<OwnedEntry> EntriesFor(BatchCause cause, Author author, string? jobId)
    {
        if (cause == BatchCause.Revert)
        {
            return Authors.OfJob(jobId ?? "")
                .SelectMany(place => Authors.Histories[place].Undo.NewestFirst().Select(entry => new OwnedEntry(place, entry)))
                .OrderByDescending(owned => owned.Entry.Revision);
        }

        var owner = Authors.Find(author);
        if (!Authors.Histories.TryGetValue(owner, out var history))
        {
            return [];
        }

        return (cause == BatchCause.Undo ? history.Undo : history.Redo).NewestFirst().Select(entry => new OwnedEntry(owner, entry));
    }

    private static SubmitResult.Committed Answer(long revision, BatchCommitted committed) =>
        new(revision, committed.Ignored, committed.Rewritten ? committed.Operations : null);

    private DesignTransaction Replay(BatchCommitted committed)
    {
        Authors.With(committed.Author, out var author);
        var transaction = Begin(author);
        IReadOnlyList<UndoStep> steps = [];
        if (committed.TakenBack is { } taken)
        {
            var entries = EntriesFor(committed.Cause, committed.Author, taken.JobId);
            steps = TakeBack.Order(taken.JobId is null ? entries.Take(taken.Entries) : entries);
        }

        for (var index = 0; index < committed.Operations.Length; index++)
        {
            var operation = committed.Operations[index];
            var step = committed.TakenBack?.Steps.ElementAtOrDefault(index) is { } place ? steps.ElementAtOrDefault(place) : null;
            transaction.Replay(operation, TakeBack.StampsOf(step, operation));
        }

        return transaction;
    }
}
