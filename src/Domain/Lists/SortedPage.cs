using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Domain.Lists;

/// <summary>One page of a list that is small enough to be sorted as a whole.</summary>
/// <param name="NextCursor">Asks for the next page; null when this is the last.</param>
public sealed record SortedPage<T>(ImmutableArray<T> Items, string? NextCursor);

/// <summary>Pages of lists that are held in memory, with the cursors of lists that are not: bound to order and place.</summary>
/// <remarks>
/// A cursor holds the key and the id of the last item shown, so items that come or go meanwhile neither repeat nor skip
/// others. In the list's own order, where items have no key, it holds the id and the place.
/// </remarks>
public static class SortedPages
{
    /// <summary>A page of <paramref name="items"/>; null when the cursor is not one of this order.</summary>
    /// <param name="items">What the list holds, already filtered, in its own order.</param>
    /// <param name="list">Which page.</param>
    /// <param name="idOf">Unique among the items.</param>
    /// <param name="keyOf">What is sorted by, compared ordinally; null keeps the list's own order.</param>
    public static SortedPage<T>? Take<T>(IEnumerable<T> items, ListRequest list, Func<T, string> idOf, Func<T, string>? keyOf)
    {
        Position? after = null;
        if (list.Cursor is not null && (after = Position.Decode(list)) is null)
            return null;

        var sorted = keyOf is null ? InOwnOrder(items, list, idOf) : InOrderOf(items, list, idOf, keyOf);
        var start = after is null ? 0 : keyOf is null ? PlaceAfter(sorted, after) : FirstBeyond(sorted, after, list.Descending);
        var end = Math.Min(start + list.Limit, sorted.Count);
        return new SortedPage<T>(
            [.. sorted.Skip(start).Take(end - start).Select(entry => entry.Item)],
            end < sorted.Count ? Position.Encode(list, sorted[end - 1].Key, sorted[end - 1].Id) : null);
    }

    private static List<Entry<T>> InOwnOrder<T>(IEnumerable<T> items, ListRequest list, Func<T, string> idOf)
    {
        var all = items.ToList();
        if (list.Descending)
            all.Reverse();

        return [.. all.Select((item, place) => new Entry<T>(item, $"{place}", idOf(item)))];
    }

    private static List<Entry<T>> InOrderOf<T>(IEnumerable<T> items, ListRequest list, Func<T, string> idOf, Func<T, string> keyOf)
    {
        var sorted = items.Select(item => new Entry<T>(item, keyOf(item), idOf(item))).ToList();
        sorted.Sort((left, right) => Compare(left.Key, left.Id, right.Key, right.Id, list.Descending));
        return sorted;
    }

    private static int PlaceAfter<T>(List<Entry<T>> entries, Position after)
    {
        var found = entries.FindIndex(entry => entry.Id == after.Id);
        return found >= 0 ? found + 1 : int.TryParse(after.Key, out var place) ? Math.Clamp(place, 0, entries.Count) : 0;
    }

    private static int FirstBeyond<T>(List<Entry<T>> entries, Position after, bool descending)
    {
        var found = entries.FindIndex(entry => Compare(entry.Key, entry.Id, after.Key, after.Id, descending) > 0);
        return found < 0 ? entries.Count : found;
    }

    private static int Compare(string key, string id, string otherKey, string otherId, bool descending)
    {
        var order = string.CompareOrdinal(key, otherKey);
        if (order == 0)
            order = string.CompareOrdinal(id, otherId);

        return descending ? -order : order;
    }

    private sealed record Entry<T>(T Item, string Key, string Id);
}

/// <summary>Where a page ended.</summary>
internal sealed partial record Position(string Sort, bool Descending, string Key, string Id)
{
    public static string Encode(ListRequest list, string key, string id) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new Position(list.Sort, list.Descending, key, id), PositionJson.Default.Position));

    /// <summary>Null when it is damaged or of another order.</summary>
    public static Position? Decode(ListRequest list)
    {
        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(list.Cursor), PositionJson.Default.Position) is { Key: not null, Id: not null } position
                && position.Sort == list.Sort
                && position.Descending == list.Descending
                    ? position
                    : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    [JsonSerializable(typeof(Position))]
    private sealed partial class PositionJson : JsonSerializerContext;
}
