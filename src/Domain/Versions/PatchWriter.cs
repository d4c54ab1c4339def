using System.Buffers;
using System.Text.Json;
using Actors.Domain.Designs;

namespace Actors.Domain.Versions;

/// <summary>Writes merge patches of what differs between two states of a node, a connection or the design.</summary>
internal sealed class PatchWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(256);
    private readonly Utf8JsonWriter _writer;
    private bool _differs;

    public PatchWriter() => _writer = new Utf8JsonWriter(_buffer, MergePatch.WriterOptions);

    /// <summary>The patch of what <paramref name="members"/> writes; null when it writes nothing.</summary>
    public JsonElement? Patch(Action<PatchWriter> members)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
        _differs = false;
        _writer.WriteStartObject();
        members(this);
        _writer.WriteEndObject();
        _writer.Flush();
        return _differs ? MergePatch.Parse(_buffer.WrittenSpan) : null;
    }

    public void Dispose() => _writer.Dispose();

    public void Number(string field, double? before, double? after)
    {
        if (before == after)
        {
            return;
        }

        Begin(field);
        if (after is { } number)
        {
            _writer.WriteNumberValue(number);
        }
        else
        {
            _writer.WriteNullValue();
        }
    }

    public void Text(string field, string? before, string? after)
    {
        if (before != after)
        {
            Begin(field);
            _writer.WriteStringValue(after);
        }
    }

    public void Object(string field, JsonElement? before, JsonElement? after)
    {
        if (JsonDifference.AreEqual(before, after))
        {
            return;
        }

        Begin(field);
        if (after is not { } value)
        {
            _writer.WriteNullValue();
        }
        else if (before is { ValueKind: JsonValueKind.Object } old)
        {
            JsonDifference.WritePatch(_writer, old, value);
        }
        else
        {
            value.WriteTo(_writer);
        }
    }

    public void End(string field, Endpoint before, Endpoint after)
    {
        if (before != after)
        {
            Begin(field);
            _writer.WriteStartObject();
            _writer.WriteString("node"u8, after.Node);
            _writer.WriteString("port"u8, after.Port);
            _writer.WriteEndObject();
        }
    }

    private void Begin(string field)
    {
        _differs = true;
        _writer.WritePropertyName(field);
    }
}
