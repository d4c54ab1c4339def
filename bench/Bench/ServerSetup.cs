using Actors.TestKit;
using Actors.TestKit.Server;

namespace Actors.Bench;

/// <summary>
/// How each scenario starts its servers: the Release build, fresh data, the storage and the processors asked for.
/// PostgreSQL runs from the installed binaries on a folder of its own with flushing on, and on the load's processors.
/// </summary>
internal sealed class ServerSetup : IAsyncDisposable
{
    private readonly ServerOptions _options;
    private readonly string? _connection;
    private PostgresServer? _database;

    public ServerSetup(Options options)
    {
        Storage = options.Choice("storage", "sqlite", "postgresql");
        _connection = options.Text("connection");
        var (server, _) = Pinning.Parse(options.Text("pin"));
        _options = new ServerOptions { Configuration = "release", Processors = server, TemporaryRoot = options.Text("data") };
    }

    public string Storage { get; }

    /// <summary>Starts a server on an empty database, except where <c>--connection</c> names one.</summary>
    public async Task<ServerProcess> StartAsync()
    {
        if (Storage == "sqlite")
        {
            return await ServerProcess.StartAsync(_options);
        }

        var connection = _connection ?? await (_database ??= await PostgresServer.CreateAsync(durable: true)).CreateDatabaseAsync();
        return await ServerProcess.StartAsync(_options with
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Storage__Provider"] = "PostgreSQL",
                ["Storage__ConnectionString"] = connection,
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
}
