using Actors.TestKit.Server;

namespace Actors.Bench;

/// <summary>How each scenario starts its server: the Release build, its own data, the storage and the processors asked for.</summary>
internal sealed record ServerSetup(string Storage, string? Processors, ServerOptions Options)
{
    public static ServerSetup From(Options options)
    {
        var storage = options.Choice("storage", "sqlite", "postgresql");
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        // What the runtime's thresholds do to the server belongs to the server; the load's own settings must not leak into it.
        if (storage == "postgresql")
        {
            settings["Storage__Provider"] = "PostgreSQL";
            settings["Storage__ConnectionString"] = options.Text("connection")
                ?? throw new UsageException("--storage postgresql needs --connection with the connection string of an empty database.");
        }

        var (server, _) = Pinning.Parse(options.Text("pin"));
        return new ServerSetup(storage, server, new ServerOptions
        {
            Configuration = "release",
            Processors = server,
            Settings = settings,
            TemporaryRoot = options.Text("data"),
        });
    }

    public Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(Options);
}
