using Actors.Domain;
using Actors.Domain.Lists;
using Actors.Storage;

namespace Actors.Grains.Lists;

/// <summary>Lists that the catalog answers.</summary>
internal static class CatalogLists
{
    /// <summary>What a list asks, as a query over entries of a kind. Its keys are those of <see cref="ListSort"/>.</summary>
    public static CatalogQuery ToQuery(this ListRequest list, string kind, string? scope = null, string? status = null) => new()
    {
        Kind = kind,
        Scope = scope,
        Status = status,
        NameContains = list.Search,
        Sort = list.Sort switch
        {
            ListSort.CreatedAt => CatalogSort.Id,
            ListSort.UpdatedAt => CatalogSort.UpdatedAt,
            ListSort.Name => CatalogSort.Name,
            _ => throw new ArgumentOutOfRangeException(nameof(list), list.Sort, "The catalog does not sort by this."),
        },
        Descending = list.Descending,
        Cursor = list.Cursor,
        Limit = list.Limit,
    };

    public static Refusal BadCursor() => Refusal.Field("cursor", "is not one that this list returned");

    public static Refusal Unavailable() => new(ErrorCodes.StorageUnavailable, "the storage does not answer: try again in a moment", Retryable: true);
}
