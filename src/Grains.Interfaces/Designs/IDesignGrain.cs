using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Domain.Lists;
using Actors.Domain.Versions;
using Actors.Grains.Interfaces.Versions;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Interfaces.Designs;

/// <summary>One design: its document, its history and those who watch it. The key is the design's id.</summary>
/// <remarks>
/// Every change is stored before its call returns and before anyone is shown it. Calls interleave: many batches are
/// in flight at once and are answered in the order in which they came.
/// </remarks>
public interface IDesignGrain : IGrainWithStringKey
{
    /// <summary>Creates the design with its first contents.</summary>
    Task<DesignReply> Create(DesignCaller caller, NewDesign design);

    /// <summary>What never changes about the design and what lists show; null when there is none.</summary>
    [AlwaysInterleave]
    Task<DesignHeader?> GetHeader();

    /// <summary>The whole document as it is stored; null when there is none.</summary>
    [AlwaysInterleave]
    Task<DesignDocument?> GetDocument();

    /// <summary>One node or connection; null when the document has none of that id.</summary>
    [AlwaysInterleave]
    Task<DesignPart?> GetPart(string id);

    /// <summary>Commits a batch or refuses it. A batch id that was committed before gives the first answer again.</summary>
    [AlwaysInterleave]
    Task<SubmitResult> Submit(DesignCaller caller, Batch batch);

    /// <summary>As <see cref="Submit"/>, but only while the design is at <paramref name="expectedRevision"/>; else <c>precondition_failed</c>.</summary>
    [AlwaysInterleave]
    Task<SubmitResult> SubmitAt(DesignCaller caller, Batch batch, long expectedRevision);

    /// <summary>Takes back the caller's last batch, as far as it is still theirs.</summary>
    [AlwaysInterleave]
    Task<SubmitResult> Undo(DesignCaller caller);

    /// <summary>Does again what the caller took back last.</summary>
    [AlwaysInterleave]
    Task<SubmitResult> Redo(DesignCaller caller);

    /// <summary>
    /// Gives the design the contents that it had at a revision, as a new change by the caller that can be undone. A batch id
    /// that was committed before gives the first answer again; when nothing differs, nothing is committed.
    /// </summary>
    /// <param name="expectedRevision">Only while the design is at this revision; null whatever it is.</param>
    [AlwaysInterleave]
    Task<SubmitResult> Restore(DesignCaller caller, Guid batchId, long revision, long? expectedRevision = null);

    /// <summary>Removes the design from every list; its watchers are told. The journal keeps its history.</summary>
    /// <param name="expectedRevision">Only while the design is at this revision; null whatever it is.</param>
    Task<Refusal?> Delete(DesignCaller caller, long? expectedRevision = null);

    /// <summary>
    /// What happened after <paramref name="after"/>, then what happens. The first item is a snapshot when the position
    /// is null or cannot be continued. Items that wait are handed over together.
    /// </summary>
    IAsyncEnumerable<DesignFeedItem> Watch(DesignPosition? after, CancellationToken cancellationToken = default);
}

/// <summary>A design's past, read from the journal beside the grain, so that a long read never delays an edit.</summary>
public interface IDesignHistoryGrain : IGrainWithStringKey
{
    /// <summary>Committed changes after a revision, in their order, at most <paramref name="limit"/>.</summary>
    Task<ImmutableArray<Change>> GetChanges(long after, int limit);

    /// <summary>Changes after a revision of which some are asked for. It reads a bounded part of the journal, so a page may have fewer than asked for.</summary>
    Task<ChangePage> FindChanges(long after, ChangeFilter filter, int limit);

    /// <summary>The revision that a batch was committed as; null when it was not.</summary>
    Task<long?> FindBatch(Guid batchId);

    /// <summary>The document as it was; null when there is no such revision.</summary>
    Task<DesignDocument?> GetDocument(long revision);

    /// <summary>How the design at one revision differs from itself at another; null when there is no such revision.</summary>
    Task<DesignComparison?> Compare(long from, long to);

    /// <summary>Who did what, grouped by author and minute, newest first. It reads a bounded part of the journal, so a page may have fewer groups than asked for.</summary>
    /// <param name="newest">The newest revision to tell of.</param>
    /// <param name="filter">Which changes to tell of; null of all.</param>
    /// <param name="limit">Groups, 1 to 100.</param>
    Task<HistoryPage> GetHistory(long newest, ChangeFilter? filter, int limit);
}

/// <summary>The designs of the installation as lists show them.</summary>
public interface IDesignDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>A project's designs.</summary>
    Task<DesignPage> List(string projectId, DesignListQuery query);
}

/// <summary>Who calls, and what they may do in the design's project, as the edge established it.</summary>
public sealed record DesignCaller(Author Author, bool MayEdit);

/// <summary>What a new design starts with. Contents may come from an import or a copy.</summary>
public sealed record NewDesign(
    string ProjectId,
    string Name,
    DesignKind Kind,
    string? Description,
    JsonElement? Settings,
    ImmutableArray<Node> Nodes,
    ImmutableArray<Connection> Connections);

public sealed record DesignReply(DesignDocument? Design, Refusal? Refusal);

/// <summary>A design without its contents.</summary>
public sealed record DesignHeader
{
    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    public required string Name { get; init; }

    public required DesignKind Kind { get; init; }

    public string? Description { get; init; }

    public required string Epoch { get; init; }

    public required long Revision { get; init; }

    public required int Nodes { get; init; }

    public required int Connections { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>One element of a design with the revision at which it was read.</summary>
public sealed record DesignPart(long Revision, Node? Node, Connection? Connection);

/// <param name="List">Sorted by a key of <see cref="ListSort"/>, searched by name.</param>
/// <param name="Kind">Only designs of this kind.</param>
public sealed record DesignListQuery(ListRequest List, DesignKind? Kind = null);

public sealed record DesignPage(ImmutableArray<DesignHeader> Items, string? NextCursor, Refusal? Refusal = null);

/// <summary>What a watcher of a design is handed.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Snapshot), "snapshot")]
[JsonDerivedType(typeof(Changes), "changes")]
[JsonDerivedType(typeof(Ended), "ended")]
public abstract record DesignFeedItem
{
    /// <summary>Everything starts from this document.</summary>
    public sealed record Snapshot(DesignDocument Design) : DesignFeedItem;

    /// <summary>Contiguous changes.</summary>
    public sealed record Changes(ImmutableArray<Change> Items) : DesignFeedItem;

    /// <summary>There is nothing to watch (any more).</summary>
    public sealed record Ended(string Code) : DesignFeedItem;
}
