using System.Buffers;
using System.Text.Json;

namespace Actors.Domain.Interchange;

/// <summary>Reading foreign JSON without exceptions, and making new JSON.</summary>
internal static class JsonBuild
{
    public static JsonElement Object(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan, new JsonDocumentOptions { MaxDepth = 1_000 });
    }

    /// <summary>The object without the named members.</summary>
    public static JsonElement Without(JsonElement value, params ReadOnlySpan<string> names)
    {
        var left = names.ToArray();
        return Object(writer => CopyExcept(writer, value, left));
    }

    public static void CopyExcept(Utf8JsonWriter writer, JsonElement value, params ReadOnlySpan<string> names)
    {
        foreach (var property in value.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                property.WriteTo(writer);
            }
        }
    }

    public static void Property(this Utf8JsonWriter writer, string name, JsonElement value)
    {
        writer.WritePropertyName(name);
        value.WriteTo(writer);
    }

    public static JsonElement? Get(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var found) ? found : null;

    public static string? GetText(this JsonElement value, string name) =>
        value.Get(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A finite number, or null.</summary>
    public static double? GetNumber(this JsonElement value, string name) => value.Get(name)?.AsNumber();

    public static double? AsNumber(this JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    public static bool GetFlag(this JsonElement value, string name) => value.Get(name) is { ValueKind: JsonValueKind.True };

    public static JsonElement? GetObject(this JsonElement value, string name) =>
        value.Get(name) is { ValueKind: JsonValueKind.Object } found ? found : null;

    public static JsonElement? GetList(this JsonElement value, string name) =>
        value.Get(name) is { ValueKind: JsonValueKind.Array } found ? found : null;

    /// <summary>At most so many UTF-16 units, never half a character.</summary>
    public static string Cut(this string text, int maximum) =>
        text.Length <= maximum ? text : text[..(char.IsHighSurrogate(text[maximum - 1]) ? maximum - 1 : maximum)];
}
