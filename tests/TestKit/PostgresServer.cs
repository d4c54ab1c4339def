using System.Diagnostics;
using Npgsql;

namespace Actors.TestKit;

/// <summary>
/// A PostgreSQL server of one's own in a temporary folder, reached by a Unix socket in that folder, so that nothing is shared and no port can be
/// taken. Run by the user <c>postgres</c> when the tests run as root, because PostgreSQL refuses to.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"actors-pg-{Guid.NewGuid():N}"[..24]);
    private readonly bool _durable;
    private int _databases;
    private bool _running;

    private PostgresServer(bool durable)
    {
        _durable = durable;
        AppDomain.CurrentDomain.ProcessExit += StopAtExit;
    }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Creates and starts a server.</summary>
    /// <param name="durable">Whether it flushes to disk; false is much faster and survives anything but a crash of the machine.</param>
    public static async Task<PostgresServer> CreateAsync(bool durable = false)
    {
        if (PostgresBinaries.MissingReason is { } reason)
            throw new InvalidOperationException(reason);
        var server = new PostgresServer(durable);
        Directory.CreateDirectory(server._folder);
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", "postgres", server._folder);
        await server.RunServerToolAsync("initdb", "-D", server.Data, "-U", "actors", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        await server.StartAsync();
        return server;
    }

    /// <summary>For a database of this server.</summary>
    public string ConnectionString(string database = "postgres") =>
        $"Host={_folder};Username=actors;Database={database};Timeout=5";

    /// <summary>Makes an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(ConnectionString() + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is ours.
        command.CommandText = $"CREATE DATABASE {name}";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    /// <summary>Starts it again after a stop or kill; returns when it answers.</summary>
    public async Task StartAsync()
    {
        var settings = $"-c listen_addresses='' -c unix_socket_directories={_folder} -c max_connections=100"
            + (_durable ? "" : " -c fsync=off -c full_page_writes=off");
        await RunServerToolAsync("pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "-o", settings, "start");
        _running = true;
    }

    /// <summary>Ends all connections and shuts down cleanly.</summary>
    public Task StopAsync() => EndAsync("fast");

    /// <summary>Ends at once without writing anything more; the next start recovers from the log.</summary>
    public Task KillAsync() => EndAsync("immediate");

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= StopAtExit;
        if (_running)
            await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task EndAsync(string mode)
    {
        await RunServerToolAsync("pg_ctl", "-D", Data, "-w", "-m", mode, "stop");
        _running = false;
    }

    private void StopAtExit(object? sender, EventArgs e)
    {
        if (_running)
            DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(10));
    }

    private Task RunServerToolAsync(string tool, params string[] arguments)
    {
        var path = Path.Combine(PostgresBinaries.Folder!, tool);
        return Environment.IsPrivilegedProcess
            ? RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments])
            : RunAsync(path, arguments);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // The server inherits the pipes of pg_ctl, so their end is not waited for.
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        var output = new System.Text.StringBuilder();
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Task.Run(() => process.WaitForExit(60_000));
        if (!process.HasExited || process.ExitCode != 0)
        {
            lock (output)
                throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {output}");
        }

        void Keep(string? line)
        {
            lock (output)
                output.AppendLine(line);
        }
    }
}
