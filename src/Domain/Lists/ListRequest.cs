namespace Actors.Domain.Lists;

/// <summary>Which page of a list, in which order, of what. Every list keeps to it.</summary>
/// <param name="Limit">Items on the page, 1 to 100.</param>
/// <param name="Cursor">The <c>nextCursor</c> of the page before; null for the first.</param>
/// <param name="Sort">One of the keys that the list sorts by.</param>
/// <param name="Descending">Greatest first: of times, the newest.</param>
/// <param name="Search">Only items whose searched text contains this, whatever the case; null for all.</param>
public sealed record ListRequest(
    int Limit,
    string? Cursor = null,
    string Sort = ListSort.CreatedAt,
    bool Descending = true,
    string? Search = null)
{
    /// <summary>Whether a text is found by <see cref="Search"/>.</summary>
    public bool Finds(string? text) => Search is null || (text is not null && text.Contains(Search, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The names of sort keys that mean the same wherever they are offered.</summary>
public static class ListSort
{
    /// <summary>By identifier, which is the order of creation.</summary>
    public const string CreatedAt = "createdAt";

    public const string UpdatedAt = "updatedAt";

    /// <summary>Whatever the case.</summary>
    public const string Name = "name";
}
