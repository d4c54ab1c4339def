using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Actors.TestKit.Server;

/// <summary>A server on the loopback that answers what a test says, byte by byte, and keeps what it was sent.</summary>
public sealed class RecordingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private bool _disposed;

    private RecordingServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public static RecordingServer Start() => new();

    /// <summary>From the request's path to the whole answer; null never answers.</summary>
    public Func<string, string?> Answer { get; set; } = _ => "HTTP/1.1 204 No Content\r\n\r\n";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Requests as they came: line, headers and body.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public string Url(string path) => $"http://127.0.0.1:{Port}{path}";

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;

        _disposed = true;
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    /// <summary>One exchange per connection.</summary>
    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var request = await ReadAsync(stream);
                if (request.Length == 0)
                    return;

                _requests.Enqueue(request);
                if (Answer(request.Split(' ')[1]) is { } answer)
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(answer.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal)), _stop.Token);
                else
                    await Task.Delay(Timeout.Infinite, _stop.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // The client went, or the test is over.
            }
        }
    }

    private async Task<string> ReadAsync(NetworkStream stream)
    {
        var received = new StringBuilder();
        var buffer = new byte[8192];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, _stop.Token);
            received.Append(Encoding.UTF8.GetString(buffer, 0, read));
            var text = received.ToString();
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (read == 0 || (end >= 0 && text.Length - end - 4 >= LengthOf(text)))
                return text;
        }
    }

    private static int LengthOf(string request)
    {
        const string Header = "Content-Length:";
        var at = request.IndexOf(Header, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? 0 : int.Parse(request.AsSpan(at + Header.Length, request.IndexOf('\r', at) - at - Header.Length).Trim(), provider: System.Globalization.CultureInfo.InvariantCulture);
    }
}
