using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Actors.Domain.Designs;

/// <summary>Rules that fields of every kind share, and the refusals that say so.</summary>
internal static class Refusals
{
    public static Refusal Limit(string limit, long value) => new(ErrorCodes.LimitReached, $"{limit}: at most {value}");

    public static Refusal Limit(string limit, string what) => new(ErrorCodes.LimitReached, $"{limit}: {what}");

    public static Refusal Malformed(string field, string rule) => new(ErrorCodes.OperationMalformed, $"{field}: {rule}");

    public static Refusal Invalid(string field, string rule) => new(ErrorCodes.PropertyInvalid, $"{field}: {rule}");

    public static Refusal UnknownField(string field) => new(ErrorCodes.FieldUnknown, $"{field}: there is no such field");

    public static Refusal Immutable(string field) => new(ErrorCodes.FieldImmutable, $"{field}: cannot be changed");

    /// <summary>1 to <see cref="DesignLimits.IdentifierLength"/> printable characters.</summary>
    public static Refusal? Identifier(string field, string id, DesignLimits limits)
    {
        if (id.Length == 0 || !IsPrintable(id))
        {
            return new Refusal(ErrorCodes.IdentifierInvalid, $"{field}: must be 1 to {limits.IdentifierLength} printable characters");
        }

        return id.Length > limits.IdentifierLength ? Limit("identifierLength", limits.IdentifierLength) : null;
    }

    public static Refusal? Text(string field, string limit, string? value, int maximum) =>
        value?.Length > maximum ? Limit(limit, $"{field} has at most {maximum} characters") : null;

    public static Refusal? Size(string field, double? value) =>
        value is null || (double.IsFinite(value.Value) && value >= 0) ? null : Invalid(field, "must be a finite number, not negative");

    public static Refusal? Coordinate(string field, double value) => double.IsFinite(value) ? null : Invalid(field, "must be a finite number");

    public static Refusal? Order(string order) => order.Length == 0 || OrderKey.IsValid(order) ? null : Invalid("order", "must be an order key, or empty for the last place");

    /// <summary>An object (or nothing) of a bearable size and depth.</summary>
    public static Refusal? Object(string field, JsonElement? value, DesignLimits limits)
    {
        if (value is not { } json)
        {
            return null;
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return Invalid(field, "must be an object");
        }

        return JsonMarshal.GetRawUtf8Value(json).Length > limits.PropertyBytes
            ? Limit("propertyBytes", $"{field} has at most {limits.PropertyBytes} bytes")
            : JsonShape.Check(json, field, limits.PropertyDepth);
    }

    private static bool IsPrintable(string id)
    {
        if (!id.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return true;
        }

        for (var rest = id.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done
                || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Control
                    or System.Globalization.UnicodeCategory.Format
                    or System.Globalization.UnicodeCategory.LineSeparator
                    or System.Globalization.UnicodeCategory.ParagraphSeparator
                    or System.Globalization.UnicodeCategory.OtherNotAssigned)
            {
                return false;
            }

            rest = rest[length..];
        }

        return true;
    }
}
