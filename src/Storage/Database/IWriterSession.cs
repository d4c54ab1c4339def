using System.Data.Common;

namespace Actors.Storage;

/// <summary>What deciding over an append needs to know of what is stored. Answers are as of the open transaction, with locks held.</summary>
internal interface IJournalFacts
{
    StreamState Stream(string name);

    /// <summary>The revision that a batch was committed at, or null.</summary>
    long? FindBatch(StreamState stream, Guid batchId);

    string? FindKey(CatalogKey key);
}

/// <summary>The writer's connection. Used by one thread only.</summary>
internal interface IWriterSession : IJournalFacts, IDisposable
{
    /// <summary>Starts a transaction for these appends; facts may be fetched for all of them at once.</summary>
    void Begin(IReadOnlyList<JournalAppend> appends);

    /// <summary>Writes what was planned. <see cref="Commit"/> makes it durable.</summary>
    void Write(GroupPlan plan);

    /// <summary>Runs another write inside the transaction; when it throws, what it did is undone and the rest of the transaction stands.</summary>
    void Run(Action<DbConnection> write);

    /// <summary>Another write changed this stream: what is remembered of it counts no more.</summary>
    void Forget(string stream);

    void Commit();

    /// <summary>Undoes what was not committed. Never throws: it is called because of a failure that matters more.</summary>
    void Rollback();

    /// <summary>The connection is of no more use.</summary>
    bool IsBroken { get; }

    /// <summary>Called once before a clean end.</summary>
    void Checkpoint();
}

/// <summary>A stream as the writer sees it.</summary>
internal sealed class StreamState(string name)
{
    public string Name { get; } = name;

    /// <summary>0 until the stream is stored.</summary>
    public long Id { get; set; }

    /// <summary>The head in the database.</summary>
    public long StoredHead { get; set; }

    /// <summary>The head once the group is committed.</summary>
    public long Head { get; set; }
}

internal readonly record struct CatalogKey(string Kind, string Value);
