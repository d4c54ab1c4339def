namespace Actors.Storage;

/// <summary>
/// Reads of the catalog. It is written in the same transaction as the journal entries that it follows from (<see cref="JournalAppend.Catalog"/>),
/// so a list never disagrees with its grain. Every method throws <see cref="StorageUnavailableException"/> when storage cannot be reached.
/// </summary>
public interface ICatalog
{
    Task<CatalogEntry?> FindAsync(string kind, string id, CancellationToken ct);

    /// <summary>The id that holds a claimed key, or null.</summary>
    Task<string?> ResolveKeyAsync(string kind, string value, CancellationToken ct);

    /// <summary>One page of entries of a kind.</summary>
    /// <exception cref="InvalidCatalogCursorException">The cursor was not made by the same query.</exception>
    Task<CatalogPage> ListAsync(CatalogQuery query, CancellationToken ct);

    /// <summary>One page of those entries that a link leads to, for example the projects of an account.</summary>
    /// <exception cref="InvalidCatalogCursorException">The cursor was not made by the same query.</exception>
    Task<CatalogPage> ListLinkedAsync(CatalogQuery query, CatalogLinkFilter link, CancellationToken ct);

    /// <summary>All links of a kind that leave an id, ordered by the id that they reach.</summary>
    Task<IReadOnlyList<CatalogLink>> LinksFromAsync(string kind, string from, CancellationToken ct);

    /// <summary>All links of a kind that reach an id, ordered by the id that they leave.</summary>
    Task<IReadOnlyList<CatalogLink>> LinksToAsync(string kind, string to, CancellationToken ct);

    /// <summary>How many entries a kind has, in one scope or (null) in all.</summary>
    Task<long> CountAsync(string kind, string? scope, CancellationToken ct);
}
