using System.Buffers;
using System.Text.Json;

namespace Actors.Domain.Components;

/// <summary>Publishes a property schema as JSON Schema, draft 2020-12.</summary>
public static class PropertySchemaJson
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    /// <summary>
    /// The schema of complete properties; names stand in ordinal order, so that the text is the same every time.
    /// </summary>
    public static JsonElement ToJsonSchema(this PropertySchema schema)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", Dialect);
            WriteObject(writer, schema);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void WriteObject(Utf8JsonWriter writer, PropertySchema schema)
    {
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        var properties = schema.Properties.OrderBy(property => property.Key, StringComparer.Ordinal).ToArray();
        foreach (var (name, rule) in properties)
        {
            writer.WritePropertyName(name);
            WriteRule(writer, rule);
        }

        writer.WriteEndObject();
        var required = properties.Where(property => property.Value.Required).Select(property => property.Key).ToArray();
        if (required.Length > 0)
        {
            writer.WriteStartArray("required");
            foreach (var name in required)
            {
                writer.WriteStringValue(name);
            }

            writer.WriteEndArray();
        }

        if (schema.Others is { } others)
        {
            writer.WritePropertyName("additionalProperties");
            WriteRule(writer, others);
        }
        else
        {
            writer.WriteBoolean("additionalProperties", schema.Open);
        }
    }

    private static void WriteRule(Utf8JsonWriter writer, PropertyRule rule)
    {
        writer.WriteStartObject();
        if (rule.Title.Length > 0)
        {
            writer.WriteString("title", rule.Title);
        }

        if (rule.Description.Length > 0)
        {
            writer.WriteString("description", rule.Description);
        }

        switch (rule)
        {
            case PropertyRule.Text text:
                WriteText(writer, text);
                break;
            case PropertyRule.Number number:
                WriteNumber(writer, number);
                break;
            case PropertyRule.Boolean:
                writer.WriteString("type", "boolean");
                break;
            case PropertyRule.List list:
                writer.WriteString("type", "array");
                writer.WritePropertyName("items");
                WriteRule(writer, list.Item);
                writer.WriteNumber("maxItems", list.MaximumCount);
                break;
            case PropertyRule.Object inner:
                WriteObject(writer, inner.Schema);
                break;
        }

        if (rule.Default is { } value)
        {
            writer.WritePropertyName("default");
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, PropertyRule.Text text)
    {
        writer.WriteString("type", "string");
        writer.WriteNumber("maxLength", text.MaximumLength);
        if (!text.Allowed.IsDefaultOrEmpty)
        {
            writer.WriteStartArray("enum");
            foreach (var allowed in text.Allowed)
            {
                writer.WriteStringValue(allowed);
            }

            writer.WriteEndArray();
        }

        if (text.Format is not null)
        {
            writer.WriteString("format", text.Format);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, PropertyRule.Number number)
    {
        writer.WriteString("type", number.Integer ? "integer" : "number");
        if (number.Minimum > double.MinValue)
        {
            writer.WriteNumber("minimum", number.Minimum);
        }

        if (number.Maximum < double.MaxValue)
        {
            writer.WriteNumber("maximum", number.Maximum);
        }
    }
}
