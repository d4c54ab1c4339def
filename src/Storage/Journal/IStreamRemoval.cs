namespace Actors.Storage;

/// <summary>
/// Takes streams away for good. A stream is gone at once, whatever its size; its entries are purged afterwards, a few at a
/// time, so that appends never wait for it, and a crash in between loses nothing of what is left to do.
/// Every method throws <see cref="StorageUnavailableException"/> when storage cannot be reached.
/// </summary>
public interface IStreamRemoval
{
    /// <summary>
    /// In one transaction: the stream's name is free again, its snapshot is gone, and catalog entries and links are removed.
    /// Its entries stand under a name of <see cref="ListAsync"/> until they are purged.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="head">Its newest revision, as the caller knows it.</param>
    /// <param name="catalog">Only <see cref="CatalogWrite.RemoveEntry"/> and <see cref="CatalogWrite.RemoveLink"/>.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>False, and nothing is changed, when the stream's head is another.</returns>
    Task<bool> RemoveAsync(string stream, long head, IReadOnlyList<CatalogWrite> catalog, CancellationToken ct);

    /// <summary>Streams that were removed and are not purged yet.</summary>
    Task<IReadOnlyList<RemovedStream>> ListAsync(int limit, CancellationToken ct);

    /// <summary>Deletes at most <paramref name="maximum"/> entries, the oldest first.</summary>
    /// <returns>Whether nothing of it is left.</returns>
    Task<bool> PurgeAsync(RemovedStream removed, int maximum, CancellationToken ct);
}

/// <summary>A stream that was removed.</summary>
/// <param name="Name">Under which its entries can be read until they are purged.</param>
/// <param name="Stream">Its name before.</param>
public sealed record RemovedStream(string Name, string Stream);
