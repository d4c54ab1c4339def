using System.Buffers;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Actors.TestKit.Server;

/// <summary>
/// The SignalR JSON protocol on a plain WebSocket. Not for products: it is here because a load generator must spend
/// far less on a message than the server does, and because tests must be able to stop reading, break off and send
/// what no honest client sends. Incoming records are parsed in place; nothing is materialized unless the call asks.
/// </summary>
public sealed class HubConnectionLite : IAsyncDisposable
{
    private readonly ClientWebSocket _socket;
    private readonly HttpMessageInvoker _transport;
    private readonly HubSender _sender;
    private readonly CancellationTokenSource _disposing = new();
    private readonly Dictionary<long, HubCall> _calls = [];
    private readonly TaskCompletionSource<string?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _handshake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Timer _ping;
    private byte[] _buffer;
    private long _lastId;
    private volatile TaskCompletionSource? _paused;
    private bool _answered;
    private string? _closeReason;

    private HubConnectionLite(ClientWebSocket socket, HttpMessageInvoker transport, HubOptions options)
    {
        _socket = socket;
        _transport = transport;
        _sender = new HubSender(socket);
        _buffer = new byte[options.ReadBytes];
        _ping = new Timer(_ => _sender.Send(HubRecords.Ping), null, options.PingInterval, options.PingInterval);
    }

    /// <summary>Completes when the connection has ended, with the reason that the server or the socket gave.</summary>
    public Task<string?> Closed => _closed.Task;

    /// <summary>Payload bytes received, without WebSocket framing.</summary>
    public long BytesIn { get; private set; }

    /// <summary>Records received.</summary>
    public long MessagesIn { get; private set; }

    /// <summary>Connects and shakes hands.</summary>
    /// <exception cref="WebSocketException">The server refused the connection; the message holds the status.</exception>
    public static async Task<HubConnectionLite> ConnectAsync(Uri server, string? token, HubOptions? options = null)
    {
        options ??= new HubOptions();
        using var deadline = new CancellationTokenSource(options.ConnectTimeout);
        var socket = new ClientWebSocket();
        var transport = new HttpMessageInvoker(Handler(options), disposeHandler: true);
        try
        {
            if (token is not null)
            {
                socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
            }

            socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
            var address = new UriBuilder(server) { Scheme = "ws", Path = options.Path }.Uri;
            await socket.ConnectAsync(address, transport, deadline.Token);
        }
        catch
        {
            socket.Dispose();
            transport.Dispose();
            throw;
        }

        var connection = new HubConnectionLite(socket, transport, options);
        try
        {
            connection._sender.Send(HubRecords.Handshake);
            _ = connection.ReceiveAsync();
            await connection._handshake.Task.WaitAsync(deadline.Token);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls a hub method and answers its result as a document.</summary>
    /// <exception cref="HubException">The server answered with an error, or the connection broke.</exception>
    public Task<JsonElement> InvokeAsync(string target, params object?[] arguments)
    {
        var call = new ResultCall();
        Invoke(Encoding.UTF8.GetBytes(target), Arguments(arguments), call);
        return call.Result;
    }

    /// <summary>Calls a hub method with arguments that are JSON already: an array, as text.</summary>
    public Task<JsonElement> InvokeJsonAsync(string target, string arguments)
    {
        var call = new ResultCall();
        Invoke(Encoding.UTF8.GetBytes(target), Encoding.UTF8.GetBytes(arguments), call);
        return call.Result;
    }

    /// <summary>Calls a hub method; <paramref name="arguments"/> is a JSON array.</summary>
    public long Invoke(ReadOnlySpan<byte> target, ReadOnlySpan<byte> arguments, HubCall call) =>
        Start(HubMessageType.Invocation, target, arguments, call);

    /// <summary>Starts a stream whose items are kept until they are read.</summary>
    public HubStream Stream(string target, params object?[] arguments)
    {
        var stream = new HubStream();
        Stream(Encoding.UTF8.GetBytes(target), Arguments(arguments), stream);
        return stream;
    }

    /// <summary>Starts a stream; <paramref name="arguments"/> is a JSON array. The answer is for <see cref="Cancel"/>.</summary>
    public long Stream(ReadOnlySpan<byte> target, ReadOnlySpan<byte> arguments, HubCall call) =>
        Start(HubMessageType.StreamInvocation, target, arguments, call);

    /// <summary>Calls a hub method that gives no answer.</summary>
    public void Send(string target, params object?[] arguments)
    {
        var record = new ArrayBufferWriter<byte>();
        HubRecords.WriteInvocation(record, HubMessageType.Invocation, null, Encoding.UTF8.GetBytes(target), Arguments(arguments));
        _sender.Send(record.WrittenSpan);
    }

    /// <summary>Sends bytes as they are, for tests of what no honest client sends.</summary>
    public void SendRaw(ReadOnlySpan<byte> bytes) => _sender.Send(bytes);

    /// <summary>Ends a stream.</summary>
    public void Cancel(long id)
    {
        var record = new ArrayBufferWriter<byte>(64);
        HubRecords.WriteCancel(record, id);
        _sender.Send(record.WrittenSpan);
    }

    /// <summary>Stops reading from the socket while it stays open; at most one read that is under way is still served.</summary>
    public void Pause() => _paused ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume()
    {
        var paused = _paused;
        _paused = null;
        paused?.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _ping.DisposeAsync();
        Resume();
        await _disposing.CancelAsync();
        await _closed.Task;
        _transport.Dispose();
        _disposing.Dispose();
    }

    private static byte[] Arguments(object?[] arguments) => JsonSerializer.SerializeToUtf8Bytes(arguments, JsonSerializerOptions.Web);

    private static SocketsHttpHandler Handler(HubOptions options) => new()
    {
        UseProxy = false,
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            if (options.ReceiveBufferBytes is { } bytes)
            {
                socket.ReceiveBufferSize = bytes;
            }

            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    private long Start(int type, ReadOnlySpan<byte> target, ReadOnlySpan<byte> arguments, HubCall call)
    {
        var id = Interlocked.Increment(ref _lastId);
        lock (_calls)
        {
            if (!_closed.Task.IsCompleted)
            {
                _calls.Add(id, call);
            }
            else
            {
                call.OnEnded(_closeReason ?? "The connection is closed.");
                return id;
            }
        }

        _sender.SendInvocation(type, id, target, arguments);
        return id;
    }

    private async Task ReceiveAsync()
    {
        string? reason;
        try
        {
            await ReceiveRecordsAsync();
            reason = _closeReason ?? _socket.CloseStatusDescription;
        }
        catch (Exception failure)
        {
            // A broken socket, bytes that are no protocol or a call that could not take its value: the end in any case,
            // and every call that is still open is told why.
            reason = _closeReason ?? failure.Message;
        }

        _socket.Dispose();
        Close(reason);
    }

    private async Task ReceiveRecordsAsync()
    {
        int filled = 0, searched = 0;
        while (true)
        {
            if (_paused is { } paused)
            {
                await paused.Task;
            }

            if (filled == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var received = await _socket.ReceiveAsync(_buffer.AsMemory(filled), _disposing.Token);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            BytesIn += received.Count;
            filled += received.Count;
            filled = Split(filled, ref searched);
        }
    }

    /// <summary>Handles every whole record in the buffer and moves what is left to its front; records may span messages.</summary>
    private int Split(int filled, ref int searched)
    {
        var start = 0;
        int length;
        while ((length = _buffer.AsSpan(searched, filled - searched).IndexOf(HubRecords.Separator)) >= 0)
        {
            var end = searched + length;
            MessagesIn++;
            Handle(_buffer.AsSpan(start, end - start));
            start = searched = end + 1;
        }

        if (start > 0)
        {
            _buffer.AsSpan(start, filled - start).CopyTo(_buffer);
            filled -= start;
        }

        searched = filled;
        return filled;
    }

    private void Handle(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record, new JsonReaderOptions { MaxDepth = 256 });
        var type = 0;
        long id = 0;
        string? error = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                type = reader.GetInt32();
            }
            else if (reader.ValueTextEquals("invocationId"u8))
            {
                reader.Read();
                id = HubRecords.ReadId(ref reader);
            }
            else if (reader.ValueTextEquals("item"u8) && Find(id) is { } stream)
            {
                reader.Read();
                stream.OnItem(ref reader);
            }
            else if (reader.ValueTextEquals("result"u8) && Find(id) is { } call)
            {
                reader.Read();
                call.OnResult(ref reader);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                reader.Read();
                error = reader.GetString();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        Finish(type, id, error);
    }

    private void Finish(int type, long id, string? error)
    {
        if (type == HubMessageType.Completion)
        {
            Take(id)?.OnEnded(error);
        }
        else if (type == HubMessageType.Close)
        {
            _closeReason = error ?? "The server closed the connection.";
        }
        else if (type == 0 && !_answered)
        {
            _answered = true;
            if (error is null)
            {
                _handshake.TrySetResult();
            }
            else
            {
                _handshake.TrySetException(new HubException(error));
            }
        }
    }

    private HubCall? Find(long id)
    {
        lock (_calls)
        {
            return _calls.GetValueOrDefault(id);
        }
    }

    private HubCall? Take(long id)
    {
        lock (_calls)
        {
            return _calls.Remove(id, out var call) ? call : null;
        }
    }

    private void Close(string? reason)
    {
        HubCall[] left;
        lock (_calls)
        {
            _closeReason = reason;
            _closed.TrySetResult(reason);
            left = [.. _calls.Values];
            _calls.Clear();
        }

        _handshake.TrySetException(new HubException(reason ?? "The connection was closed."));
        foreach (var call in left)
        {
            call.OnEnded(reason ?? "The connection was closed.");
        }
    }
}
