using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Actors.Domain.Json;

/// <summary>
/// A text for a JSON value that equal values share and others do not: what sets and groups of values are kept by. Members
/// stand in ordinal order, numbers in one form (<c>1</c>, <c>1.0</c> and <c>1e0</c> are one value).
/// </summary>
public static class JsonIdentity
{
    public static string Of(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    // As deep as the reader of JSON lets a value nest, so recursion is bounded.
    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');

                // A repeated name counts once, and its last value, as it does for a reader of the object.
                var members = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (var member in value.EnumerateObject())
                {
                    members[member.Name] = member.Value;
                }

                foreach (var (name, member) in members)
                {
                    AppendText(text, name);
                    text.Append(':');
                    Append(text, member);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    Append(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                AppendText(text, value.GetString()!);
                break;
            case JsonValueKind.Number:
                text.Append(NumberText(value));
                break;
            default:
                text.Append(value.ValueKind switch
                {
                    JsonValueKind.True => "true",
                    JsonValueKind.False => "false",
                    _ => "null",
                });
                break;
        }
    }

    // The length before the text makes it unambiguous without escapes.
    private static void AppendText(StringBuilder text, string value) =>
        text.Append(CultureInfo.InvariantCulture, $"\"{value.Length}:").Append(value);

    private static string NumberText(JsonElement value)
    {
        if (value.TryGetDecimal(out var exact) && (exact != 0 || value.GetDouble() == 0))
        {
            return exact.ToString("0.############################", CultureInfo.InvariantCulture);
        }

        var wide = value.GetDouble();
        return double.IsFinite(wide) ? wide.ToString("R", CultureInfo.InvariantCulture) : value.GetRawText();
    }
}
