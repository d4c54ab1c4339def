namespace Actors.Storage;

/// <summary>The newest snapshot of each stream. Never needed for correctness: without one, a grain replays its whole journal.</summary>
public interface ISnapshotStore
{
    /// <summary>The newest snapshot, or null.</summary>
    /// <exception cref="StorageUnavailableException">Storage cannot be reached; retry later.</exception>
    Task<Snapshot?> LoadAsync(string stream, CancellationToken ct);

    /// <summary>Keeps the snapshot unless a newer one is kept already; it never goes backwards.</summary>
    /// <exception cref="StorageUnavailableException">Storage cannot be reached; retry later.</exception>
    Task SaveAsync(Snapshot snapshot, CancellationToken ct);
}

/// <summary>The state of a stream after <paramref name="Revision"/>.</summary>
public sealed record Snapshot(string Stream, long Revision, DateTimeOffset At, ReadOnlyMemory<byte> Payload);
