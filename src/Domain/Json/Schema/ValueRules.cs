using System.Text.Json;
using System.Text.RegularExpressions;

namespace Actors.Domain.Json.Schema;

/// <summary><c>type</c>: one of the named kinds; a number without a fraction is an <c>integer</c>.</summary>
internal sealed class TypeRule(IReadOnlyList<string> types) : SchemaRule
{
    public static readonly IReadOnlyList<string> Names = ["null", "boolean", "object", "array", "number", "string", "integer"];

    public override bool Holds(JsonElement value, SchemaCheck check)
    {
        foreach (var type in types)
        {
            if (Is(value, type))
            {
                return true;
            }
        }

        return check.Fail("type", () => $"must be of type {string.Join(" or ", types)}");
    }

    private static bool Is(JsonElement value, string type) => type switch
    {
        "null" => value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => SchemaNumber.Of(value) is { IsWhole: true },
    };
}

/// <summary><c>enum</c> and <c>const</c>: equal to one of these values, whatever the order of members.</summary>
internal sealed class EnumRule(string keyword, IReadOnlyList<JsonElement> values) : SchemaRule
{
    private readonly HashSet<string> _identities = [.. values.Select(JsonIdentity.Of)];

    public override bool Holds(JsonElement value, SchemaCheck check) =>
        check.Spend(JsonCost.Of(value)) && (_identities.Contains(JsonIdentity.Of(value))
            || check.Fail(keyword, () => values.Count == 1 ? $"must be {Short(values[0])}" : $"must be one of {string.Join(", ", values.Take(20).Select(Short))}"));

    private static string Short(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 100 ? text : string.Concat(text.AsSpan(0, 100), "…");
    }
}

/// <summary><c>minimum</c>, <c>maximum</c> and their exclusive forms.</summary>
/// <param name="keyword">Which one.</param>
/// <param name="sign">What the value's comparison with the bound must not be: -1 for a lower bound, 1 for an upper.</param>
/// <param name="exclusive">Whether the bound itself is out.</param>
/// <param name="words">What the value must be, before the bound.</param>
internal sealed class BoundRule(string keyword, SchemaNumber bound, int sign, bool exclusive, string words) : SchemaRule
{
    public override bool Holds(JsonElement value, SchemaCheck check)
    {
        if (SchemaNumber.Of(value) is not { } number)
        {
            return true;
        }

        var order = Math.Sign(number.Order(bound));
        return (order != sign && !(exclusive && order == 0)) || check.Fail(keyword, () => $"must be {words} {bound}");
    }
}

internal sealed class MultipleOfRule(SchemaNumber divisor) : SchemaRule
{
    public override bool Holds(JsonElement value, SchemaCheck check) =>
        SchemaNumber.Of(value) is not { } number || number.IsMultipleOf(divisor) || check.Fail("multipleOf", () => $"must be a multiple of {divisor}");
}

/// <summary><c>minLength</c> and <c>maxLength</c>, in Unicode code points.</summary>
internal sealed class LengthRule(string keyword, long bound, bool isMaximum) : SchemaRule
{
    public override bool Holds(JsonElement value, SchemaCheck check)
    {
        if (value.ValueKind != JsonValueKind.String || !check.Spend(JsonCost.Of(value)))
        {
            return !check.IsExhausted;
        }

        var length = 0L;
        foreach (var unit in value.GetString()!)
        {
            if (!char.IsLowSurrogate(unit))
            {
                length++;
            }
        }

        return (isMaximum ? length <= bound : length >= bound)
            || check.Fail(keyword, () => $"must have at {(isMaximum ? "most" : "least")} {bound} characters");
    }
}

internal sealed class PatternRule(Regex pattern) : SchemaRule
{
    public override bool Holds(JsonElement value, SchemaCheck check) =>
        value.ValueKind != JsonValueKind.String
        || (check.Spend(JsonCost.OfMatch(value)) && (pattern.IsMatch(value.GetString()!) || check.Fail("pattern", () => $"must match {pattern}")));
}

internal sealed class FormatRule(string format, Func<string, bool> holds) : SchemaRule
{
    public override bool Holds(JsonElement value, SchemaCheck check) =>
        value.ValueKind != JsonValueKind.String
        || (check.Spend(JsonCost.OfMatch(value)) && (holds(value.GetString()!) || check.Fail("format", $"must be a {format}")));
}
