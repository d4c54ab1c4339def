using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Actors.TestKit.Server;

/// <summary>
/// A real server in its own process: what is tested through it holds for what ships. Started on a free port with data
/// of its own, it can be killed, stopped and started again on the same data and port.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const string ReadyLine = "Actors is ready at ";
    private const int KeptLines = 2_000;

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    private readonly ServerOptions _options;
    private readonly string _assembly;
    private readonly bool _ownsData;
    private readonly Queue<string> _output = new();
    private Process? _process;

    private ServerProcess(ServerOptions options)
    {
        _options = options;
        _assembly = options.Assembly ?? SiloAssembly.Locate(options.Configuration);
        _ownsData = options.DataFolder is null;
        DataFolder = options.DataFolder ?? Path.Combine(options.TemporaryRoot ?? Path.GetTempPath(), "actors-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(DataFolder);
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
    }

    public Uri Address { get; }

    public string DataFolder { get; }

    /// <summary>From the start of the process to the line that says that it is ready.</summary>
    public TimeSpan StartUpTime { get; private set; }

    public int ProcessId => Running.Id;

    public bool HasExited => _process is null or { HasExited: true };

    /// <summary>The newest lines of both output streams, over all starts.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    private Process Running => _process ?? throw new InvalidOperationException("The server is not running.");

    public static async Task<ServerProcess> StartAsync(ServerOptions? options = null)
    {
        var server = new ServerProcess(options ?? new ServerOptions());
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the server has used since it was last started.</summary>
    public ProcessUsage Usage() => ProcessUsage.Read(ProcessId);

    /// <summary>Ends the process at once, as a crash does (SIGKILL).</summary>
    public async Task KillAsync()
    {
        var process = Running;
        process.Kill();
        await process.WaitForExitAsync();
        Forget();
    }

    /// <summary>Asks the process to end (SIGTERM) and answers how long it took.</summary>
    /// <exception cref="TimeoutException">It did not end within 30 s and was killed.</exception>
    public async Task<TimeSpan> StopAsync()
    {
        var process = Running;
        var clock = Stopwatch.StartNew();
        ProcessSignal.Terminate(process.Id);
        using var deadline = new CancellationTokenSource(StopTimeout);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException waited)
        {
            await KillAsync();
            throw new TimeoutException($"The server did not stop within {StopTimeout}. Its output:\n{Output}", waited);
        }

        Forget();
        return clock.Elapsed;
    }

    /// <summary>Starts the server again on its data and port; it must have ended.</summary>
    public async Task StartAgainAsync()
    {
        if (_process is not null)
        {
            throw new InvalidOperationException("The server is running.");
        }

        var clock = Stopwatch.StartNew();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = Command(), EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Keep(line.Data, ready);
        process.ErrorDataReceived += (_, line) => Keep(line.Data, ready);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("The server ended before it was ready."));
        process.Start();
        _process = process;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await ready.Task.WaitAsync(_options.StartTimeout);
        }
        catch (Exception failure)
        {
            // What it said last may still be on its way when it has ended.
            if (process.HasExited)
            {
                await process.WaitForExitAsync();
            }

            throw new InvalidOperationException($"The server did not start: {failure.Message} Its output:\n{Output}", failure);
        }

        StartUpTime = clock.Elapsed;
    }

    /// <summary>Stops the server and starts it again on the same data and port.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAgainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            if (!process.HasExited)
            {
                process.Kill();
                await process.WaitForExitAsync();
            }

            Forget();
        }

        if (_ownsData && Directory.Exists(DataFolder))
        {
            Directory.Delete(DataFolder, recursive: true);
        }
    }

    /// <summary>A port below those that connections are given: a client that looks for its server must not take the port itself.</summary>
    private static int FreePort()
    {
        while (true)
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(15_000, 32_000));
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Somebody listens there.
            }
        }
    }

    private ProcessStartInfo Command()
    {
        string[] server = ["dotnet", _assembly, "--urls", Address.ToString().TrimEnd('/'), "--data", DataFolder];
        string[] command = _options.Processors is { } processors ? ["taskset", "-c", processors, .. server] : server;
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A folder without any settings file: the server must find its own.
            WorkingDirectory = DataFolder,
        };
        start.Environment["RateLimits__Enabled"] = "false";
        foreach (var (name, value) in _options.Settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private void Keep(string? line, TaskCompletionSource ready)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.Enqueue(line);
            if (_output.Count > KeptLines)
            {
                _output.Dequeue();
            }
        }

        if (line.Contains(ReadyLine, StringComparison.Ordinal))
        {
            ready.TrySetResult();
        }
    }

    private void Forget()
    {
        _process?.Dispose();
        _process = null;
    }
}
