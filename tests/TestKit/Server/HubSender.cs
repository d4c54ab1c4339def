using System.Buffers;
using System.Net.WebSockets;

namespace Actors.TestKit.Server;

/// <summary>
/// Sends records in the order in which they were given, one write at a time: what is given while a write is under way
/// leaves with the next one. A broken socket is the receiving loop's to report, so a failed write ends silently here.
/// </summary>
internal sealed class HubSender(ClientWebSocket socket)
{
    private readonly Lock _gate = new();
    private ArrayBufferWriter<byte> _next = new(4096);
    private ArrayBufferWriter<byte> _current = new(4096);
    private bool _sending;

    public void Send(ReadOnlySpan<byte> record)
    {
        lock (_gate)
        {
            _next.Write(record);
            if (_sending)
            {
                return;
            }

            _sending = true;
        }

        _ = DrainAsync();
    }

    public void SendInvocation(int type, long id, ReadOnlySpan<byte> target, ReadOnlySpan<byte> arguments)
    {
        lock (_gate)
        {
            HubRecords.WriteInvocation(_next, type, id, target, arguments);
            if (_sending)
            {
                return;
            }

            _sending = true;
        }

        _ = DrainAsync();
    }

    private async Task DrainAsync()
    {
        try
        {
            while (Take() is { } batch)
            {
                await socket.SendAsync(batch.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }
        }
        catch (Exception failure) when (failure is WebSocketException or ObjectDisposedException or IOException or OperationCanceledException)
        {
            // The socket is broken; the receiving loop has seen it or is about to. Nothing is sent any more.
        }
    }

    private ArrayBufferWriter<byte>? Take()
    {
        lock (_gate)
        {
            if (_next.WrittenCount == 0)
            {
                _sending = false;
                return null;
            }

            (_next, _current) = (_current, _next);
            _next.ResetWrittenCount();
            return _current;
        }
    }
}
