using System.Text.Json;
using Actors.Domain.Json;

namespace Actors.Components.Reading;

/// <summary>
/// A total order of JSON values: null, false, true, numbers by value, texts by code unit, lists element by element, objects
/// by their canonical text. What kind comes first is a convention; that every two values have an order is the point.
/// </summary>
internal sealed class ValueOrder : IComparer<JsonElement>
{
    public static ValueOrder Instance { get; } = new();

    public int Compare(JsonElement x, JsonElement y)
    {
        var (left, right) = (Rank(x), Rank(y));
        if (left != right)
        {
            return left.CompareTo(right);
        }

        return x.ValueKind switch
        {
            JsonValueKind.Number => CompareNumbers(x, y),
            JsonValueKind.String => string.CompareOrdinal(x.GetString(), y.GetString()),
            JsonValueKind.Array => CompareLists(x, y),
            JsonValueKind.Object => string.CompareOrdinal(JsonIdentity.Of(x), JsonIdentity.Of(y)),
            _ => 0,
        };
    }

    private static int Rank(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.False => 1,
        JsonValueKind.True => 2,
        JsonValueKind.Number => 3,
        JsonValueKind.String => 4,
        JsonValueKind.Array => 5,
        JsonValueKind.Object => 6,
        _ => 0,
    };

    // Doubles first: they order everything but neighbours in the last digits, which decimals then tell apart.
    private static int CompareNumbers(JsonElement x, JsonElement y)
    {
        var order = x.GetDouble().CompareTo(y.GetDouble());
        return order == 0 && x.TryGetDecimal(out var left) && y.TryGetDecimal(out var right) ? left.CompareTo(right) : order;
    }

    private int CompareLists(JsonElement x, JsonElement y)
    {
        foreach (var (left, right) in x.EnumerateArray().Zip(y.EnumerateArray()))
        {
            if (Compare(left, right) is var order and not 0)
            {
                return order;
            }
        }

        return x.GetArrayLength().CompareTo(y.GetArrayLength());
    }
}
