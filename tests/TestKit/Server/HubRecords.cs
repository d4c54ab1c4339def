using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Actors.TestKit.Server;

/// <summary>Writes the records of the SignalR JSON protocol.</summary>
internal static class HubRecords
{
    /// <summary>Ends every record.</summary>
    public const byte Separator = 0x1e;

    public static ReadOnlySpan<byte> Handshake => "{\"protocol\":\"json\",\"version\":1}\u001e"u8;

    public static ReadOnlySpan<byte> Ping => "{\"type\":6}\u001e"u8;

    /// <summary>An invocation that wants an answer (1), or none, or a stream (4).</summary>
    public static void WriteInvocation(ArrayBufferWriter<byte> output, int type, long? id, ReadOnlySpan<byte> target, ReadOnlySpan<byte> arguments)
    {
        output.Write(type == HubMessageType.StreamInvocation ? "{\"type\":4"u8 : "{\"type\":1"u8);
        if (id is { } number)
        {
            output.Write(",\"invocationId\":\""u8);
            WriteNumber(output, number);
            output.Write("\""u8);
        }

        output.Write(",\"target\":\""u8);
        output.Write(target);
        output.Write("\",\"arguments\":"u8);
        output.Write(arguments);
        output.Write("}\u001e"u8);
    }

    public static void WriteCancel(ArrayBufferWriter<byte> output, long id)
    {
        output.Write("{\"type\":5,\"invocationId\":\""u8);
        WriteNumber(output, id);
        output.Write("\"}\u001e"u8);
    }

    /// <summary>The number in an invocation id of ours.</summary>
    public static long ReadId(ref Utf8JsonReader reader) =>
        Utf8Parser.TryParse(reader.ValueSpan, out long id, out var used) && used == reader.ValueSpan.Length
            ? id
            : throw new JsonException("The record names an invocation that was never made.");

    private static void WriteNumber(ArrayBufferWriter<byte> output, long number)
    {
        var span = output.GetSpan(20);
        Utf8Formatter.TryFormat(number, span, out var written);
        output.Advance(written);
    }
}

internal static class HubMessageType
{
    public const int Invocation = 1;
    public const int StreamItem = 2;
    public const int Completion = 3;
    public const int StreamInvocation = 4;
    public const int Close = 7;
}
