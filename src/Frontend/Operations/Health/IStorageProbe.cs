namespace Actors.Frontend.Operations.Health;

/// <summary>How the front end asks the storage, which it does not know; whoever composes the host provides it.</summary>
public interface IStorageProbe
{
    /// <summary>Reads and writes. What is wrong is told, not thrown.</summary>
    Task<StorageState> ProbeAsync(CancellationToken cancellationToken);
}

/// <summary>What a probe of the storage found.</summary>
/// <param name="Provider">Which kind of storage.</param>
/// <param name="Read">How long the read took; null when it failed.</param>
/// <param name="Write">From the queue to the disk; null when it failed.</param>
/// <param name="Pending">Appends and other writes that wait.</param>
/// <param name="MaximumPending">How many may.</param>
/// <param name="Problem">What is wrong, for operators; null when nothing is.</param>
public sealed record StorageState(string Provider, TimeSpan? Read, TimeSpan? Write, int Pending, int MaximumPending, string? Problem);
