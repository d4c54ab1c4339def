using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Actors.Frontend.Live;

/// <summary>
/// SignalR's JSON protocol, with the two messages that make up nearly all traffic written by hand: a frame of a live
/// stream, whose bytes are ready, and the answer to a batch. Each is put into one piece of memory, so that the
/// WebSocket sends it as one message with one system call. Everything else is the framework's own.
/// </summary>
/// <remarks>Source: the SignalR hub protocol specification, "JSON Encoding", of dotnet/aspnetcore.</remarks>
internal sealed class LiveHubProtocol(JsonHubProtocol inner, LiveInstruments instruments) : IHubProtocol
{
    private const byte RecordSeparator = 0x1e;

    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (!inner.TryParseMessage(ref input, binder, out message))
        {
            return false;
        }

        instruments.MessageReceived();
        return true;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        switch (message)
        {
            case StreamItemMessage { InvocationId: { } id, Item: LiveFrame frame, Headers: null } when IsPlain(id):
                instruments.FrameSent();
                WriteFrame(id, frame.Json.Span, output);
                break;
            case CompletionMessage { InvocationId: { } id, Result: SubmitReply { IsBrief: true } reply, Headers: null } when IsPlain(id):
                instruments.AnswerSent();
                WriteAnswer(id, reply.Revision, output);
                break;
            default:
                instruments.AnswerSent();
                inner.WriteMessage(message, output);
                break;
        }
    }

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    private static void WriteFrame(string id, ReadOnlySpan<byte> frame, IBufferWriter<byte> output)
    {
        var head = "{\"type\":2,\"invocationId\":\""u8;
        var middle = "\",\"item\":"u8;
        var length = head.Length + id.Length + middle.Length + frame.Length + 2;
        var span = output.GetSpan(length);
        var position = Put(span, 0, head);
        position += Encoding.ASCII.GetBytes(id, span[position..]);
        position = Put(span, position, middle);
        position = Put(span, position, frame);
        span[position] = (byte)'}';
        span[position + 1] = RecordSeparator;
        output.Advance(length);
    }

    private static void WriteAnswer(string id, long revision, IBufferWriter<byte> output)
    {
        const int digits = 20;
        var head = "{\"type\":3,\"invocationId\":\""u8;
        var middle = "\",\"result\":{\"status\":\"committed\",\"revision\":"u8;
        var tail = ",\"ignored\":[]}}"u8;
        var span = output.GetSpan(head.Length + id.Length + middle.Length + digits + tail.Length + 1);
        var position = Put(span, 0, head);
        position += Encoding.ASCII.GetBytes(id, span[position..]);
        position = Put(span, position, middle);
        revision.TryFormat(span[position..], out var written, provider: CultureInfo.InvariantCulture);
        position = Put(span, position + written, tail);
        span[position] = RecordSeparator;
        output.Advance(position + 1);
    }

    private static int Put(Span<byte> span, int position, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(span[position..]);
        return position + bytes.Length;
    }

    /// <summary>Clients number their calls; an id that would need escaping takes the framework's way.</summary>
    private static bool IsPlain(string id)
    {
        foreach (var character in id)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character != '-')
            {
                return false;
            }
        }

        return true;
    }
}
