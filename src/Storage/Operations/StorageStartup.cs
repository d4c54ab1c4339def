using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Storage;

/// <summary>Schema first, then the writer; at the end, the writer's queue. Also what the host calls.</summary>
internal sealed class StorageStartup(
    StorageDatabase database,
    IStorageMigrator migrator,
    StorageWriter writer,
    StorageOptions options,
    TimeProvider time,
    ILogger<StorageStartup> logger) : IStorageStartup, IHostedService, IDisposable
{
    private static readonly TimeSpan s_serverPoll = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _once = new(1);
    private bool _initialized;

    public Task StartAsync(CancellationToken cancellationToken) => InitializeAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => ShutdownAsync(cancellationToken);

    public async Task InitializeAsync(CancellationToken ct)
    {
        await _once.WaitAsync(ct);
        try
        {
            if (_initialized)
                return;
            await PrepareSchemaWhenReachableAsync(ct);
            await writer.StartAsync().WaitAsync(ct);
            _initialized = true;
        }
        finally
        {
            _once.Release();
        }
    }

    public void Dispose() => _once.Dispose();

    public Task ShutdownAsync(CancellationToken ct) => writer.StopAsync().WaitAsync(ct);

    /// <summary>A server that starts together with this process may need some seconds before it answers.</summary>
    private async Task PrepareSchemaWhenReachableAsync(CancellationToken ct)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await PrepareSchemaAsync(ct);
                return;
            }
            catch (StorageUnavailableException exception)
                when (database.Provider == StorageProvider.PostgreSQL && time.GetElapsedTime(started) < options.StartTimeout)
            {
                StorageLog.WaitingForServer(logger, exception.Message);
            }

            await Task.Delay(s_serverPoll, time, ct);
        }
    }

    private Task PrepareSchemaAsync(CancellationToken ct) =>
        database.Provider == StorageProvider.SQLite || options.ApplyMigrations ? migrator.ApplyAsync(ct) : migrator.VerifyAsync(ct);
}
