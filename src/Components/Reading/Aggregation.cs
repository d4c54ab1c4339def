using System.Globalization;
using System.Text.Json;

namespace Actors.Components.Reading;

/// <summary>
/// The operations of <c>aggregate</c>. Nulls are left out, except by <c>first</c>, <c>last</c> and <c>list</c>. A text that reads as a
/// number counts as one, as cells of a table should; anything else among numbers is <c>not_number</c>.
/// </summary>
internal static class Aggregation
{
    public static Func<List<JsonElement>, Token>? Find(string operation) => operation switch
    {
        "count" => values => Token.Of((long)values.Count(IsThere)),
        "sum" => values => Sum(values) is { } sum ? Number(sum) : Token.Of(values.Where(IsThere).Sum(AsDouble)),
        "average" or "avg" => Average,
        "minimum" or "min" => values => Extreme(values, -1),
        "maximum" or "max" => values => Extreme(values, 1),
        "first" => values => values.Count == 0 ? Token.Null : Token.Of(values[0]),
        "last" => values => values.Count == 0 ? Token.Null : Token.Of(values[^1]),
        "list" => values => Token.List([.. values.Select(Token.Of)]),
        _ => null,
    };

    private static Token Average(List<JsonElement> values)
    {
        var count = values.Count(IsThere);
        return count == 0 ? Token.Null
            : Sum(values) is { } sum ? Number(sum / count)
            : Token.Of(values.Where(IsThere).Sum(AsDouble) / count);
    }

    /// <summary>The exact sum; null when it is beyond what a decimal holds.</summary>
    private static decimal? Sum(List<JsonElement> values)
    {
        var sum = 0m;
        foreach (var value in values.Where(IsThere))
        {
            if (AsDecimal(value) is not { } exact)
            {
                return null;
            }

            try
            {
                sum += exact;
            }
            catch (OverflowException)
            {
                return null;
            }
        }

        return sum;
    }

    /// <summary>Numbers by value when all are numbers or read as such, else by <see cref="ValueOrder"/>. Of equal ones the first.</summary>
    private static Token Extreme(List<JsonElement> values, int sign)
    {
        var there = values.Where(IsThere).ToList();
        if (there.Count == 0)
        {
            return Token.Null;
        }

        var numeric = there.TrueForAll(value => TryDouble(value, out _));
        var best = there[0];
        foreach (var value in there.Skip(1))
        {
            var order = numeric ? AsDouble(value).CompareTo(AsDouble(best)) : ValueOrder.Instance.Compare(value, best);
            best = Math.Sign(order) == sign ? value : best;
        }

        return Token.Of(best);
    }

    private static bool IsThere(JsonElement value) => value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);

    private static decimal? AsDecimal(JsonElement value)
    {
        var number = AsDouble(value);
        var exact = value.ValueKind == JsonValueKind.Number
            ? value.TryGetDecimal(out var parsed) ? parsed : (decimal?)null
            : decimal.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out parsed) ? parsed : null;
        return exact == 0 && number != 0 ? null : exact;
    }

    private static double AsDouble(JsonElement value) => TryDouble(value, out var number)
        ? number
        : throw new ComponentException(ErrorCodes.NotNumber, $"Among the values is one that is no number: {Token.Of(value).Preview(100)}", retryable: false);

    private static bool TryDouble(JsonElement value, out double number)
    {
        number = 0;
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDouble(out number),
            JsonValueKind.String => double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number),
            _ => false,
        };
    }

    private static Token Number(decimal value) =>
        Token.Write(writer => writer.WriteRawValue(value.ToString("0.############################", CultureInfo.InvariantCulture), skipInputValidation: true));
}
