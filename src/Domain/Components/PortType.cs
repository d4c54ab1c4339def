using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Domain.Components;

/// <summary>The type of a port: <c>any</c>, <c>text</c>, <c>number</c>, <c>boolean</c>, <c>json</c>, <c>file</c>, <c>signal</c> or <c>list&lt;T&gt;</c>.</summary>
[JsonConverter(typeof(PortTypeConverter))]
public sealed record PortType
{
    private PortType(string name, PortType? element)
    {
        Name = name;
        Element = element;
    }

    public static PortType Any { get; } = new("any", null);

    public static PortType Text { get; } = new("text", null);

    public static PortType Number { get; } = new("number", null);

    public static PortType Boolean { get; } = new("boolean", null);

    public static PortType Json { get; } = new("json", null);

    public static PortType File { get; } = new("file", null);

    public static PortType Signal { get; } = new("signal", null);

    /// <summary>The text form.</summary>
    public string Name { get; }

    /// <summary>The element type of a list, else null.</summary>
    public PortType? Element { get; }

    public static PortType List(PortType element) => new($"list<{element.Name}>", element);

    /// <summary>
    /// Whether a token of this type may enter an input of type <paramref name="input"/>: the same type, <c>any</c> on
    /// either side, everything into <c>signal</c> (only its arrival counts), everything that has a JSON form into
    /// <c>json</c>, and lists when their elements fit.
    /// </summary>
    public bool Fits(PortType input)
    {
        if (this == input || this == Any || input == Any || input == Signal)
        {
            return true;
        }

        if (input == Json)
        {
            return this != File && this != Signal;
        }

        return Element is not null && input.Element is not null && Element.Fits(input.Element);
    }

    /// <summary>Whether a value may enter an input of this type. A file is an object, its entry; only the arrival of a signal counts.</summary>
    public bool Accepts(JsonElement value)
    {
        if (Element is { } element)
        {
            return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(element.Accepts);
        }

        return Name switch
        {
            "text" => value.ValueKind == JsonValueKind.String,
            "number" => value.ValueKind == JsonValueKind.Number,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "file" => value.ValueKind == JsonValueKind.Object,
            _ => true,
        };
    }

    /// <summary>Reads the text form; null when it is none.</summary>
    public static PortType? Parse(string name) => name switch
    {
        "any" => Any,
        "text" => Text,
        "number" => Number,
        "boolean" => Boolean,
        "json" => Json,
        "file" => File,
        "signal" => Signal,
        _ when name.StartsWith("list<", StringComparison.Ordinal) && name.EndsWith('>') && Parse(name[5..^1]) is { } element => List(element),
        _ => null,
    };

    public override string ToString() => Name;
}

internal sealed class PortTypeConverter : JsonConverter<PortType>
{
    public override PortType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        PortType.Parse(reader.GetString() ?? "") ?? throw new JsonException("A port type is any, text, number, boolean, json, file, signal or list<T>.");

    public override void Write(Utf8JsonWriter writer, PortType value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
}
