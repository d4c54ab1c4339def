using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Storage.Tests;

/// <summary>Storage as one process has it. Several on one database stand for several processes.</summary>
internal sealed class StorageInstance : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private StorageInstance(ServiceProvider services) => _services = services;

    public IJournal Journal => Get<IJournal>();

    public ICatalog Catalog => Get<ICatalog>();

    public ISnapshotStore Snapshots => Get<ISnapshotStore>();

    public IAuditStore Audit => Get<IAuditStore>();

    public IIdempotencyStore Idempotency => Get<IIdempotencyStore>();

    public IGrainStateStore GrainState => Get<IGrainStateStore>();

    public IReminderTable Reminders => Get<IReminderTable>();

    public IBlobStore Blobs => Get<IBlobStore>();

    public IStreamRemoval Removal => Get<IStreamRemoval>();

    public IStorageHealth Health => Get<IStorageHealth>();

    public IStorageMigrator Migrator => Get<IStorageMigrator>();

    public IStorageStartup Startup => Get<IStorageStartup>();

    public static StorageInstance Create(params (string Key, string Value)[] settings)
    {
        // A later setting replaces an earlier one.
        var configuration = new ConfigurationManager();
        foreach (var (key, value) in settings)
            configuration[key] = value;
        return new StorageInstance(new ServiceCollection().AddActorsStorage(configuration).BuildServiceProvider());
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await Startup.ShutdownAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
