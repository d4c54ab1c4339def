using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Actors.Domain.Designs;

/// <summary>
/// A design's whole state in a form that can be stored: the document, and what the state remembers of its past (who
/// wrote what, what can be taken back, which batches were answered). Only <see cref="DesignState"/> reads the latter.
/// </summary>
public sealed record DesignSnapshot
{
    /// <summary>The contents at this revision; null before the design is created.</summary>
    public DesignDocument? Document { get; init; }

    /// <summary>Events that the snapshot stands for; the next to apply has the revision after it.</summary>
    public long Revision { get; init; }

    public bool Deleted { get; init; }

    /// <summary>The table that stamps and histories refer to by place.</summary>
    [JsonInclude]
    internal ImmutableArray<Author> Authors { get; init => field = value.IsDefault ? [] : value; } = [];

    [JsonInclude]
    internal ImmutableArray<Stamp> HeaderStamps { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>For each node of the document, in its order.</summary>
    [JsonInclude]
    internal ImmutableArray<ImmutableArray<Stamp>> NodeStamps { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>For each connection of the document, in its order.</summary>
    [JsonInclude]
    internal ImmutableArray<ImmutableArray<Stamp>> ConnectionStamps { get; init => field = value.IsDefault ? [] : value; } = [];

    [JsonInclude]
    internal ImmutableArray<HistorySnapshot> Histories { get; init => field = value.IsDefault ? [] : value; } = [];

    [JsonInclude]
    internal Generations<RecentAnswer> Recent { get; init; } = new([], []);

    [JsonInclude]
    internal Generations<string> Removed { get; init; } = new([], []);
}

/// <summary>Both generations of a map or a stack that forgets.</summary>
internal sealed record Generations<T>(ImmutableArray<T> Young, ImmutableArray<T> Old);

internal sealed record RecentAnswer(Guid BatchId, SubmitResult.Committed Answer);

/// <summary>Entries are newest first.</summary>
internal sealed record HistorySnapshot(int Author, long LastRevision, Generations<UndoEntry> Undo, Generations<UndoEntry> Redo);
