using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Storage;

/// <summary>Where a page ended: the sort value and id of its last entry. Opaque to clients, and bound to the order that it was made in.</summary>
internal sealed partial record CatalogCursor(CatalogSort Sort, bool Descending, string Value, string Id)
{
    public static string Encode(CatalogQuery query, CatalogEntry last)
    {
        var cursor = new CatalogCursor(query.Sort, query.Descending, SortValue(query.Sort, last), last.Id);
        return Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(cursor, CursorJson.Default.CatalogCursor));
    }

    /// <exception cref="InvalidCatalogCursorException">It is not a cursor of this query.</exception>
    public static CatalogCursor Decode(CatalogQuery query)
    {
        try
        {
            var json = Base64Url.DecodeFromChars(query.Cursor);
            var cursor = JsonSerializer.Deserialize(json, CursorJson.Default.CatalogCursor);
            if (cursor is { Value: not null, Id: not null } && cursor.Sort == query.Sort && cursor.Descending == query.Descending)
                return cursor;
        }
        catch (Exception exception) when (exception is FormatException or JsonException or DecoderFallbackException)
        {
            throw new InvalidCatalogCursorException("The cursor is damaged.", exception);
        }

        throw new InvalidCatalogCursorException();
    }

    /// <summary>The value as a parameter of the type that its column has.</summary>
    public object Parameter()
    {
        if (Sort != CatalogSort.UpdatedAt)
            return Value;
        return long.TryParse(Value, out var ticks) ? ticks : throw new InvalidCatalogCursorException();
    }

    private static string SortValue(CatalogSort sort, CatalogEntry entry) => sort switch
    {
        CatalogSort.Name => CatalogNames.Key(entry.Name),
        CatalogSort.UpdatedAt => entry.UpdatedAt.UtcTicks.ToString(),
        _ => entry.Id,
    };

    [JsonSerializable(typeof(CatalogCursor))]
    private sealed partial class CursorJson : JsonSerializerContext;
}
