namespace Actors.Storage;

/// <summary>
/// The append-only truth of every event-sourced grain. One writer per process commits the appends of all streams together
/// (group commit), so the cost of durability is shared by everyone who writes at the same time.
/// </summary>
public interface IJournal
{
    /// <summary>
    /// Queues an append and completes when its outcome is known; <see cref="AppendStatus.Committed"/> means flushed to stable storage.
    /// Expected outcomes are values, never exceptions. The order of calls for one stream is the order of its commits, so a caller
    /// may have many appends of one stream in flight: when one does not commit, those behind it answer <see cref="AppendStatus.Superseded"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The append breaks a rule that no storage can satisfy: empty stream, revision below 1, empty batch id.</exception>
    Task<AppendResult> AppendAsync(JournalAppend append);

    /// <summary>Entries after <paramref name="afterRevision"/> in ascending order, at most <paramref name="maximum"/> of them.</summary>
    /// <remarks>Read in pages; no connection is held while the consumer works.</remarks>
    /// <exception cref="StorageUnavailableException">Storage cannot be reached; retry later.</exception>
    IAsyncEnumerable<JournalEntry> ReadAsync(string stream, long afterRevision, int maximum, CancellationToken ct);

    /// <summary>The entry that a batch was committed as, or null when it never was.</summary>
    /// <exception cref="StorageUnavailableException">Storage cannot be reached; retry later.</exception>
    Task<JournalEntry?> FindBatchAsync(string stream, Guid batchId, CancellationToken ct);

    /// <summary>The newest revision of a stream, 0 when the stream is unknown.</summary>
    /// <exception cref="StorageUnavailableException">Storage cannot be reached; retry later.</exception>
    Task<long> GetHeadAsync(string stream, CancellationToken ct);
}
