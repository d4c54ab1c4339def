using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Actors.EndToEnd.Tests.Fuzz;

/// <summary>An answer; a stream of events is known by its head alone.</summary>
internal sealed record FuzzReply(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string? MediaType => Headers.TryGetValue("Content-Type", out var type) ? type.Split(';')[0].Trim() : null;

    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>
/// HTTP/1.1 on a plain socket, because a client of the base class library would not send what must be refused, and spends
/// more on a request than there is to spend on fifty thousand. Connects anew whenever the server closed.
/// </summary>
internal sealed class RawConnection(Uri server) : IDisposable
{
    private const int LargestAnswer = 64 << 20;

    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] EndOfLine = "\r\n"u8.ToArray();

    private Socket? _socket;
    private byte[] _buffer = new byte[64 * 1024];
    private int _filled;

    /// <summary>Null when the server closed the connection without an answer.</summary>
    public async Task<FuzzReply?> SendAsync(FuzzRequest request, CancellationToken deadline)
    {
        // A connection that was open already may have been closed meanwhile, which says nothing about this request.
        var fresh = _socket is null;
        try
        {
            return await TryExchangeAsync(request, deadline) ?? (fresh ? null : await TryExchangeAsync(request, deadline));
        }
        catch
        {
            Close();
            throw;
        }
    }

    public void Dispose() => Close();

    private async Task<FuzzReply?> TryExchangeAsync(FuzzRequest request, CancellationToken deadline)
    {
        try
        {
            return await ExchangeAsync(request, deadline);
        }
        catch (SocketException) when (!deadline.IsCancellationRequested)
        {
            Close();
            return null;
        }
    }

    private async Task<FuzzReply?> ExchangeAsync(FuzzRequest request, CancellationToken deadline)
    {
        if (_socket is null)
        {
            _socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            _filled = 0;
            await _socket.ConnectAsync(server.Host, server.Port, deadline);
        }

        // An answer may come before all is sent, and the server need not read what it has refused.
        var sending = SendAllAsync(_socket, request.ToBytes(server.Authority), deadline);
        var reply = await ReceiveAsync(request, deadline);
        if (reply is null || !await sending || reply.Status == 101 || Closes(reply) || _filled > 0)
            Close();

        return reply;
    }

    private static async Task<bool> SendAllAsync(Socket socket, byte[] bytes, CancellationToken deadline)
    {
        try
        {
            for (var sent = 0; sent < bytes.Length;)
                sent += await socket.SendAsync(bytes.AsMemory(sent), deadline);

            return true;
        }
        catch (Exception refused) when (refused is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private static bool Closes(FuzzReply reply) =>
        reply.MediaType == "text/event-stream" || (reply.Headers.TryGetValue("Connection", out var connection) && connection == "close");

    private async Task<FuzzReply?> ReceiveAsync(FuzzRequest request, CancellationToken deadline)
    {
        while (true)
        {
            if (await FindAsync(EndOfHead, deadline) is not { } length)
                return null;

            var lines = Encoding.Latin1.GetString(Take(length)).Split("\r\n");
            var status = int.Parse(lines[0].AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
            if (status == 100)
                continue;

            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var line in lines.Skip(1).Where(line => line.Length > 0))
                headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();

            var reply = new FuzzReply(status, headers, []);
            var isEmpty = request.Method.Equals("HEAD", StringComparison.OrdinalIgnoreCase) || status is 101 or 204 or 304 || reply.MediaType == "text/event-stream";
            return isEmpty ? reply : reply with { Body = await BodyAsync(headers, deadline) };
        }
    }

    private async Task<byte[]> BodyAsync(Dictionary<string, string> headers, CancellationToken deadline)
    {
        if (headers.TryGetValue("Content-Length", out var length))
        {
            var size = int.Parse(length, CultureInfo.InvariantCulture);
            return await FillAsync(size, deadline) ? Take(size) : throw new InvalidDataException("The answer broke off.");
        }

        using var body = new MemoryStream();
        while (await FindAsync(EndOfLine, deadline) is { } line)
        {
            var size = int.Parse(Encoding.ASCII.GetString(Take(line)).TrimEnd(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (!await FillAsync(size + EndOfLine.Length, deadline))
                break;

            body.Write(Take(size + EndOfLine.Length).AsSpan(0, size));
            if (size == 0)
                return body.ToArray();
        }

        throw new InvalidDataException("The answer broke off between its pieces.");
    }

    /// <summary>How many bytes there are up to and with the mark; null when the connection ends before it.</summary>
    private async Task<int?> FindAsync(byte[] mark, CancellationToken deadline)
    {
        while (true)
        {
            var at = _buffer.AsSpan(0, _filled).IndexOf(mark);
            if (at >= 0)
                return at + mark.Length;

            if (!await FillAsync(_filled + 1, deadline))
                return null;
        }
    }

    private async Task<bool> FillAsync(int bytes, CancellationToken deadline)
    {
        if (bytes > LargestAnswer)
            throw new InvalidOperationException($"An answer of more than {LargestAnswer} bytes.");

        if (bytes > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(bytes, _buffer.Length * 2));

        while (_filled < bytes)
        {
            var received = await _socket!.ReceiveAsync(_buffer.AsMemory(_filled), deadline);
            if (received == 0)
                return false;

            _filled += received;
        }

        return true;
    }

    private byte[] Take(int bytes)
    {
        var taken = _buffer[..bytes];
        Buffer.BlockCopy(_buffer, bytes, _buffer, 0, _filled - bytes);
        _filled -= bytes;
        return taken;
    }

    private void Close()
    {
        _socket?.Dispose();
        _socket = null;
        _filled = 0;
    }
}
