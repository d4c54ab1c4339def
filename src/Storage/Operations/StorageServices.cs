using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Storage;

/// <summary>Registers storage.</summary>
public static class StorageServices
{
    /// <summary>
    /// Adds every store of this assembly, configured by the sections <c>Storage</c> and <c>Journal</c> and validated at start. A hosted service
    /// brings storage up before those registered after it, and down after them; without a host, call <see cref="IStorageStartup"/>.
    /// </summary>
    public static IServiceCollection AddActorsStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.AddSingleton<IValidateOptions<JournalOptions>, JournalOptionsValidator>();
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section)).ValidateOnStart();
        services.AddOptions<JournalOptions>().Bind(configuration.GetSection(JournalOptions.Section)).ValidateOnStart();
        services.AddSingleton<StorageInstruments>();
        services.AddSingleton(CreateDatabase);
        services.AddSingleton(provider => new StorageWriter(
            provider.GetRequiredService<StorageDatabase>(),
            provider.GetRequiredService<IOptions<JournalOptions>>().Value,
            provider.GetRequiredService<StorageInstruments>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<StorageWriter>>()));
        services.AddSingleton<StorageExecutor>();
        services.AddSingleton<IJournal>(provider => new Journal(
            provider.GetRequiredService<StorageExecutor>(),
            provider.GetRequiredService<StorageWriter>(),
            provider.GetRequiredService<IOptions<JournalOptions>>().Value));
        services.AddSingleton<IStreamRemoval, StreamRemoval>();
        services.AddSingleton<ISnapshotStore, SnapshotStore>();
        services.AddSingleton<ICatalog, CatalogReader>();
        services.AddSingleton<IGrainStateStore, GrainStateStore>();
        services.AddSingleton<IAuditStore, AuditStore>();
        services.AddSingleton<IIdempotencyStore, IdempotencyStore>();
        services.AddSingleton<IReminderTable, ReminderTable>();
        services.AddSingleton<IBlobStore, BlobStore>();
        services.AddSingleton<IStorageHealth, StorageHealthCheck>();
        services.AddSingleton<IStorageMigrator>(CreateMigrator);
        services.AddSingleton(CreateStartup);
        services.AddSingleton<IStorageStartup>(provider => provider.GetRequiredService<StorageStartup>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<StorageStartup>());
        return services;
    }

    private static StorageDatabase CreateDatabase(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
        var instruments = provider.GetRequiredService<StorageInstruments>();
        return options.Provider == StorageProvider.SQLite ? new SqliteDatabase(options, instruments) : new PostgresDatabase(options, instruments);
    }

    private static StorageMigrator CreateMigrator(IServiceProvider provider)
    {
        var database = provider.GetRequiredService<StorageDatabase>();
        return new StorageMigrator(
            database,
            Migration.Embedded(database.Provider),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<StorageMigrator>>());
    }

    private static StorageStartup CreateStartup(IServiceProvider provider) =>
        new(
            provider.GetRequiredService<StorageDatabase>(),
            provider.GetRequiredService<IStorageMigrator>(),
            provider.GetRequiredService<StorageWriter>(),
            provider.GetRequiredService<IOptions<StorageOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<StorageStartup>>());
}
