using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Actors.Agents.Local;

/// <summary>
/// Fills a schema from a text by patterns: <c>name: value</c> lines by the properties' names and titles, addresses and dates
/// by their form, numbers beside the property's name, the values of an <c>enum</c> where the text has them. What is not found
/// is left out: nothing is made up.
/// </summary>
internal static class SchemaExtraction
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    private static readonly Regex Email = new(@"[\w.+-]+@[\w-]+(\.[\w-]+)+", Options, Timeout.InfiniteTimeSpan);
    private static readonly Regex Address = new(@"https?://[^\s<>""']+", Options, Timeout.InfiniteTimeSpan);
    private static readonly Regex Date = new(@"\d{4}-\d{2}-\d{2}", Options, Timeout.InfiniteTimeSpan);
    private static readonly Regex Number = new(@"-?\d+([.,]\d+)?", Options, Timeout.InfiniteTimeSpan);

    /// <summary>JSON text.</summary>
    public static string Extract(string text, JsonElement schema)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            if (!Write(writer, text, "", schema, null))
            {
                writer.WriteNullValue();
            }
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Writes what is found, after its name; false when nothing is.</summary>
    private static bool Write(Utf8JsonWriter writer, string text, string name, JsonElement schema, string? member)
    {
        if (TypeOf(schema) == "object")
        {
            Name(writer, member);
            writer.WriteStartObject();
            if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in properties.EnumerateObject())
                {
                    Write(writer, text, property.Name, property.Value, property.Name);
                }
            }

            writer.WriteEndObject();
            return true;
        }

        if (TypeOf(schema) == "array")
        {
            var items = schema.TryGetProperty("items", out var item) ? item : default;
            var found = Several(text, name, items).ToArray();
            if (found.Length == 0)
            {
                return false;
            }

            Name(writer, member);
            writer.WriteStartArray();
            foreach (var value in found)
            {
                WriteValue(writer, value, items);
            }

            writer.WriteEndArray();
            return true;
        }

        if (One(text, name, schema) is not { } single || !IsWritable(single, schema))
        {
            return false;
        }

        Name(writer, member);
        WriteValue(writer, single, schema);
        return true;
    }

    private static void Name(Utf8JsonWriter writer, string? member)
    {
        if (member is not null)
        {
            writer.WritePropertyName(member);
        }
    }

    private static string? One(string text, string name, JsonElement schema)
    {
        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("enum", out var allowed) && allowed.ValueKind == JsonValueKind.Array)
        {
            return allowed.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!)
                .FirstOrDefault(value => text.Contains(value, StringComparison.OrdinalIgnoreCase));
        }

        var labelled = Labelled(text, name, schema);
        if (PatternOf(name, schema) is not { } pattern)
        {
            return labelled;
        }

        if (labelled is not null && pattern.Match(labelled) is { Success: true } inLine)
        {
            return inLine.Value;
        }

        // A number without a name beside it could be any; a form speaks for itself.
        var place = ReferenceEquals(pattern, Number) ? Beside(text, name) : text;
        return place is not null && pattern.Match(place) is { Success: true } match ? match.Value.TrimEnd('.', ',', ')') : null;
    }

    private static IEnumerable<string> Several(string text, string name, JsonElement items) =>
        PatternOf(name, items) is { } pattern && !ReferenceEquals(pattern, Number)
            ? pattern.Matches(text).Select(match => match.Value.TrimEnd('.', ',', ')')).Distinct(StringComparer.Ordinal)
            : (Labelled(text, name, items) ?? "").Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(value => IsWritable(value, items));

    private static Regex? PatternOf(string name, JsonElement schema)
    {
        var format = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("format", out var named) ? named.GetString() : null;
        return format == "email" || name.Contains("email", StringComparison.OrdinalIgnoreCase) ? Email
            : format is "uri" || name.EndsWith("url", StringComparison.OrdinalIgnoreCase) ? Address
            : format is "date" || (format is null && name.EndsWith("date", StringComparison.OrdinalIgnoreCase)) ? Date
            : TypeOf(schema) is "number" or "integer" ? Number
            : null;
    }

    /// <summary>The rest of a line that begins with the property's name or title and a colon or an equals sign.</summary>
    private static string? Labelled(string text, string name, JsonElement schema)
    {
        var title = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("title", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString()! : name;
        foreach (var line in text.Split('\n'))
        {
            var end = line.AsSpan().IndexOfAny(':', '=');
            if (end > 0 && Plain(line[..end]) is { Length: > 0 } label && (label == Plain(name) || label == Plain(title)) && line[(end + 1)..].Trim() is { Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The text from the first mention of the name to the end of its line.</summary>
    private static string? Beside(string text, string name)
    {
        var at = name.Length == 0 ? -1 : text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        var end = at < 0 ? -1 : text.IndexOf('\n', at);
        return at < 0 ? null : end < 0 ? text[at..] : text[at..end];
    }

    private static bool IsWritable(string value, JsonElement schema) => TypeOf(schema) switch
    {
        "number" => TryNumber(value, out _),
        "integer" => TryNumber(value, out var number) && decimal.Truncate(number) == number,
        "boolean" => BooleanOf(value) is not null,
        _ => true,
    };

    private static void WriteValue(Utf8JsonWriter writer, string value, JsonElement schema)
    {
        switch (TypeOf(schema))
        {
            case "number" or "integer" when TryNumber(value, out var number):
                writer.WriteNumberValue(number);
                break;
            case "boolean" when BooleanOf(value) is { } answer:
                writer.WriteBooleanValue(answer);
                break;
            default:
                writer.WriteStringValue(value);
                break;
        }
    }

    private static bool TryNumber(string text, out decimal number) =>
        decimal.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static bool? BooleanOf(string text) => text.Trim().ToLowerInvariant() switch
    {
        "yes" or "true" or "on" or "1" => true,
        "no" or "false" or "off" or "0" => false,
        _ => null,
    };

    private static string TypeOf(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return "string";
        }

        if (schema.TryGetProperty("type", out var type))
        {
            return type.ValueKind == JsonValueKind.String ? type.GetString()!
                : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(item => item.GetString()).FirstOrDefault(item => item != "null") ?? "string"
                : "string";
        }

        return schema.TryGetProperty("properties", out _) ? "object" : "string";
    }

    /// <summary>Letters and digits alone, in lower case: <c>First name</c> and <c>firstName</c> are one.</summary>
    private static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
