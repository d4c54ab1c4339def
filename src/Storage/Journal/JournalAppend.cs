using System.Collections.Immutable;

namespace Actors.Storage;

/// <summary>One batch of events to be committed at one revision of one stream, with the catalog changes that follow from it.</summary>
public sealed record JournalAppend
{
    /// <summary>Name of the stream, for example <c>design/01J…</c>; compared byte by byte.</summary>
    public required string Stream { get; init; }

    /// <summary>The head of the stream as the caller believes it, plus one. The first revision is 1.</summary>
    public required long Revision { get; init; }

    /// <summary>Identifies the batch for ever: a batch sent again is answered <see cref="AppendStatus.Duplicate"/>.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>When the batch was decided. Kept to 100 ns, in UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who caused it: an account or service id.</summary>
    public required string Author { get; init; }

    /// <summary>UTF-8 JSON. Must not change until the append has completed.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Committed in the same transaction as the entry, or not at all.</summary>
    public ImmutableArray<CatalogWrite> Catalog { get; init; } = [];
}

/// <summary>A committed entry of a stream.</summary>
public sealed record JournalEntry(string Stream, long Revision, Guid BatchId, DateTimeOffset At, string Author, ReadOnlyMemory<byte> Payload);

/// <summary>What became of an append.</summary>
public enum AppendStatus
{
    /// <summary>Stored durably at the revision asked for.</summary>
    Committed,

    /// <summary>The stream already holds this batch; the result's revision is the one it was first committed at. Nothing was written.</summary>
    Duplicate,

    /// <summary>The head of the stream is not the revision before this one: another activation wrote. The result's revision is the head.</summary>
    Fenced,

    /// <summary>An earlier append of the same stream that was in flight did not commit, so this one was not tried.</summary>
    Superseded,

    /// <summary>A key that the append claims is held by another id. Nothing was written.</summary>
    KeyTaken,

    /// <summary>Storage failed. The outcome may be unknown: read the stream again before going on.</summary>
    Unavailable,

    /// <summary>The bounded queue of the writer is full. Nothing was written; retry after a moment.</summary>
    Overloaded,
}

/// <summary>The outcome of an append.</summary>
/// <param name="Status">What happened.</param>
/// <param name="Revision">The revision committed (or first committed, for a duplicate); the head for <see cref="AppendStatus.Fenced"/>; otherwise the revision asked for.</param>
/// <param name="Detail">For operators: the key that is taken, or why storage is unavailable.</param>
public readonly record struct AppendResult(AppendStatus Status, long Revision, string? Detail = null);
