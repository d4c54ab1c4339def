namespace Actors.Storage;

/// <summary>
/// Contents of files. Content-addressed ids are the caller's business.
/// Every method throws <see cref="StorageUnavailableException"/> when storage cannot be reached.
/// </summary>
public interface IBlobStore
{
    /// <summary>Stores a blob, replacing one of the same id.</summary>
    Task PutAsync(string id, string contentType, ReadOnlyMemory<byte> content, CancellationToken ct);

    Task<StoredBlob?> GetAsync(string id, CancellationToken ct);

    /// <returns>Whether there was one to delete.</returns>
    Task<bool> DeleteAsync(string id, CancellationToken ct);

    Task<bool> ExistsAsync(string id, CancellationToken ct);

    /// <summary>Deletes a blob unless a catalog link of a kind leaves its id.</summary>
    /// <remarks>
    /// Whoever needs a blob links to it first and then asks <see cref="IsKeptAsync"/>: a blob that is there then stays for as
    /// long as the link does.
    /// </remarks>
    /// <returns>Whether it was deleted.</returns>
    Task<bool> DeleteUnlinkedAsync(string id, string linkKind, CancellationToken ct);

    /// <summary>Whether there is a blob, once deletions that are under way have come to their end.</summary>
    Task<bool> IsKeptAsync(string id, CancellationToken ct);

    /// <summary>Ids that begin with a text, in ordinal order, without reading any content.</summary>
    /// <param name="prefix">ASCII.</param>
    /// <param name="after">Only ids behind this one; null from the first.</param>
    /// <param name="limit">At most so many.</param>
    Task<IReadOnlyList<string>> ListAsync(string prefix, string? after, int limit, CancellationToken ct);
}

/// <summary>A blob as it was put.</summary>
public sealed record StoredBlob(string Id, string ContentType, ReadOnlyMemory<byte> Content);
