using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Runs;

/// <summary>A server with a plugin, beside another one that its runs may ask and that keeps what it was asked.</summary>
public sealed class RunServer : IAsyncLifetime
{
    public const string Collection = "runs";

    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private ServerProcess _server = null!;

    public HttpRecorder Outside { get; private set; } = null!;

    public ApiClient Account { get; private set; } = null!;

    /// <summary>What the other server answers, by path; others are 404.</summary>
    public IDictionary<string, RecordedAnswer> Answers { get; } = new Dictionary<string, RecordedAnswer>(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        Outside = await HttpRecorder.StartAsync(request => Answers.TryGetValue(request.Path, out var answer) ? answer : new RecordedAnswer("{}", 404));
        _server = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string>
            {
                ["Outbound__Allow__0"] = Outside.Authority,
                ["Components__PluginFolder"] = Path.Combine(AppContext.BaseDirectory, "Plugins"),
            },
        });
        Account = await ApiClient.RegisterAsync(_server.Address, "runner");
    }

    public async Task DisposeAsync()
    {
        Account.Dispose();
        await _server.DisposeAsync();
        await Outside.DisposeAsync();
    }
}

[CollectionDefinition(RunServer.Collection)]
public sealed class RunServerCollection : ICollectionFixture<RunServer>;
