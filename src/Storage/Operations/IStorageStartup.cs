namespace Actors.Storage;

/// <summary>Brings storage up and down. The host does it as well, so calling it is only needed without a host; both are harmless twice.</summary>
public interface IStorageStartup
{
    /// <summary>Migrates (SQLite, or when <see cref="StorageOptions.ApplyMigrations"/> is set) or checks the schema, then starts the writer.</summary>
    /// <exception cref="StorageSchemaException">The schema is newer than this program, or migrations have to be applied first.</exception>
    /// <exception cref="StorageUnavailableException">Storage did not answer within <see cref="StorageOptions.StartTimeout"/>.</exception>
    Task InitializeAsync(CancellationToken ct);

    /// <summary>Flushes every queued write, folds the write-ahead log into the file and stops the writer.</summary>
    Task ShutdownAsync(CancellationToken ct);
}

/// <summary>Whether storage can serve now.</summary>
public interface IStorageHealth
{
    /// <summary>Never throws because storage is down; that is what it reports.</summary>
    Task<StorageHealth> CheckAsync(CancellationToken ct);
}

/// <summary>State of storage.</summary>
/// <param name="IsHealthy">Both reads and the writer work.</param>
/// <param name="Provider">The dialect in use.</param>
/// <param name="Latency">Duration of the probing read.</param>
/// <param name="PendingAppends">Appends that wait for the writer.</param>
/// <param name="Problem">What is wrong, for operators; null when healthy.</param>
public sealed record StorageHealth(bool IsHealthy, StorageProvider Provider, TimeSpan Latency, int PendingAppends, string? Problem);

/// <summary>Storage cannot be reached or failed; the operation may be retried later.</summary>
public sealed class StorageUnavailableException : Exception
{
    public StorageUnavailableException()
    {
    }

    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
