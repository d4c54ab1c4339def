using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Domain.Designs;

/// <summary>The wire form of operations. Writing is direct: it is done for every edit that is stored or sent.</summary>
public sealed class OperationConverter : JsonConverter<Operation>
{
    /// <exception cref="JsonException">The JSON is no operation; the message is the refusal's detail.</exception>
    public override Operation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var json = JsonElement.ParseValue(ref reader);
        return OperationReader.Read(json, Unlimited, out var operation) is { } refusal ? throw new JsonException(refusal.Detail) : operation!;
    }

    public override void Write(Utf8JsonWriter writer, Operation value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        switch (value)
        {
            case NodeSet set:
                WriteSet(writer, "node.set"u8, set.Id, set.Patch);
                break;
            case NodeAdd add:
                writer.WriteString("op"u8, "node.add"u8);
                WriteNode(writer, add.Node);
                break;
            case NodeRemove remove:
                WriteRemove(writer, "node.remove"u8, remove.Id);
                break;
            case ConnectionSet set:
                WriteSet(writer, "connection.set"u8, set.Id, set.Patch);
                break;
            case ConnectionAdd add:
                writer.WriteString("op"u8, "connection.add"u8);
                WriteConnection(writer, add.Connection);
                break;
            case ConnectionRemove remove:
                WriteRemove(writer, "connection.remove"u8, remove.Id);
                break;
            case DesignSet set:
                writer.WriteString("op"u8, "design.set"u8);
                WriteObject(writer, "patch"u8, set.Patch);
                break;
        }

        writer.WriteEndObject();
    }

    /// <summary>What is in a journal was within the limits of its time.</summary>
    private static DesignLimits Unlimited { get; } = new() { PropertyDepth = 1_000 };

    private static void WriteSet(Utf8JsonWriter writer, ReadOnlySpan<byte> op, string id, JsonElement patch)
    {
        writer.WriteString("op"u8, op);
        writer.WriteString("id"u8, id);
        WriteObject(writer, "patch"u8, patch);
    }

    private static void WriteRemove(Utf8JsonWriter writer, ReadOnlySpan<byte> op, string id)
    {
        writer.WriteString("op"u8, op);
        writer.WriteString("id"u8, id);
    }

    private static void WriteNode(Utf8JsonWriter writer, Node node)
    {
        writer.WriteStartObject("node"u8);
        writer.WriteString("id"u8, node.Id);
        writer.WriteString("type"u8, node.Type);
        WriteText(writer, "parent"u8, node.Parent);
        writer.WriteNumber("x"u8, node.X);
        writer.WriteNumber("y"u8, node.Y);
        WriteNumber(writer, "width"u8, node.Width);
        WriteNumber(writer, "height"u8, node.Height);
        WriteText(writer, "order"u8, node.Order);
        WriteText(writer, "label"u8, node.Label);
        WriteObject(writer, "props"u8, node.Props);
        if (node.Execution is { } execution)
        {
            WriteObject(writer, "execution"u8, execution);
        }

        writer.WriteEndObject();
    }

    private static void WriteConnection(Utf8JsonWriter writer, Connection connection)
    {
        writer.WriteStartObject("connection"u8);
        writer.WriteString("id"u8, connection.Id);
        WriteEnd(writer, "from"u8, connection.From);
        WriteEnd(writer, "to"u8, connection.To);
        WriteObject(writer, "props"u8, connection.Props);
        writer.WriteEndObject();
    }

    private static void WriteEnd(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Endpoint end)
    {
        writer.WriteStartObject(name);
        writer.WriteString("node"u8, end.Node);
        writer.WriteString("port"u8, end.Port);
        writer.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonElement value)
    {
        writer.WritePropertyName(name);
        value.WriteTo(writer);
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }
}
