namespace Actors.Storage;

/// <summary>Which entries, in which order, from where.</summary>
public sealed record CatalogQuery
{
    /// <summary>Largest accepted <see cref="Limit"/>.</summary>
    public const int MaximumLimit = 500;

    public required string Kind { get; init; }

    /// <summary>Only entries of this scope; null for every scope.</summary>
    public string? Scope { get; init; }

    /// <summary>Only entries of this status; null for every status.</summary>
    public string? Status { get; init; }

    /// <summary>Only entries whose name contains this text, ignoring case; null for every name.</summary>
    public string? NameContains { get; init; }

    public CatalogSort Sort { get; init; } = CatalogSort.Id;

    public bool Descending { get; init; }

    /// <summary><see cref="CatalogPage.Next"/> of the page before; null for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>Entries per page, 1 to <see cref="MaximumLimit"/>. Values outside are brought inside.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>What a list is ordered by; ties are ordered by id.</summary>
public enum CatalogSort
{
    /// <summary>By id, which for time-ordered ids is the order of creation.</summary>
    Id,

    /// <summary>By name, ignoring case.</summary>
    Name,

    /// <summary>By time of the last change.</summary>
    UpdatedAt,
}

/// <summary>One page of a list.</summary>
/// <param name="Items">The entries.</param>
/// <param name="Next">Cursor of the next page, null when this is the last.</param>
public sealed record CatalogPage(IReadOnlyList<CatalogEntry> Items, string? Next);

/// <summary>Restricts a list to entries at one end of a link.</summary>
public sealed record CatalogLinkFilter
{
    private CatalogLinkFilter(string kind, string id, bool reaches) => (Kind, Id, Reaches) = (kind, id, reaches);

    public string Kind { get; }

    public string Id { get; }

    /// <summary>True when the links reach <see cref="Id"/> and the entries are where they leave; false for the other way round.</summary>
    public bool Reaches { get; }

    /// <summary>Entries that have a link to <paramref name="id"/>: with <c>member</c> and an account, the account's projects.</summary>
    public static CatalogLinkFilter To(string kind, string id) => new(kind, id, reaches: true);

    /// <summary>Entries that a link from <paramref name="id"/> reaches: with <c>member</c> and a project, the project's accounts.</summary>
    public static CatalogLinkFilter From(string kind, string id) => new(kind, id, reaches: false);
}

/// <summary>A cursor is damaged or belongs to another query.</summary>
public sealed class InvalidCatalogCursorException : FormatException
{
    public InvalidCatalogCursorException()
        : base("The cursor is not one that this list returned.")
    {
    }

    public InvalidCatalogCursorException(string message)
        : base(message)
    {
    }

    public InvalidCatalogCursorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
