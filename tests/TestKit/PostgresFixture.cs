namespace Actors.TestKit;

/// <summary>One server for all tests of a collection; starts nothing where PostgreSQL is not installed.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresServer? _server;

    public PostgresServer Server => _server ?? throw new InvalidOperationException(PostgresBinaries.MissingReason);

    public async Task InitializeAsync()
    {
        if (PostgresBinaries.MissingReason is null)
            _server = await PostgresServer.CreateAsync();
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
