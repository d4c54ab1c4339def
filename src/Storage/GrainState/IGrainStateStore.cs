namespace Actors.Storage;

/// <summary>
/// Whole-state storage for grains that are not journalled, compared and swapped by etag.
/// Every method throws <see cref="StorageUnavailableException"/> when storage cannot be reached.
/// </summary>
public interface IGrainStateStore
{
    /// <summary>The state and its etag, or null when nothing is stored.</summary>
    Task<StoredGrainState?> ReadAsync(GrainStateKey key, CancellationToken ct);

    /// <summary>Stores the state if the stored etag is <paramref name="expectedEtag"/>, where null means that nothing is stored.</summary>
    /// <returns>The new etag, or a conflict with the etag that is stored.</returns>
    Task<GrainStateResult> WriteAsync(GrainStateKey key, ReadOnlyMemory<byte> payload, string? expectedEtag, CancellationToken ct);

    /// <summary>Removes the state under the same condition as <see cref="WriteAsync"/>; an etag is never used again.</summary>
    Task<GrainStateResult> ClearAsync(GrainStateKey key, string? expectedEtag, CancellationToken ct);
}

/// <summary>Names one state of one grain.</summary>
public readonly record struct GrainStateKey(string GrainType, string GrainKey, string StateName);

/// <summary>A stored state and the etag that a write must name.</summary>
public sealed record StoredGrainState(ReadOnlyMemory<byte> Payload, string Etag);

/// <summary>The outcome of a compare-and-swap.</summary>
/// <param name="Succeeded">False is a conflict: nothing was changed.</param>
/// <param name="Etag">The etag now stored; null when nothing is.</param>
public readonly record struct GrainStateResult(bool Succeeded, string? Etag);
