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
    /// <summary>
    /// Reads, and writes a row of its own: on SQLite through the queue of the one writer, as every append; on PostgreSQL
    /// over a connection, as every other write, where the writer tells of its own trouble.
    /// Never throws because storage is down; that is what it reports.
    /// </summary>
    Task<StorageHealth> CheckAsync(CancellationToken ct);
}

/// <summary>State of storage.</summary>
/// <param name="IsHealthy">Both a read and a write succeeded.</param>
/// <param name="Provider">The dialect in use.</param>
/// <param name="ReadLatency">Duration of the probing read; null when it failed.</param>
/// <param name="WriteLatency">Of the probing write, from the queue to the disk; null when it failed.</param>
/// <param name="Pending">Appends and other writes that wait for the writer.</param>
/// <param name="MaximumPending">How many may.</param>
/// <param name="Problem">What is wrong, for operators; null when healthy.</param>
public sealed record StorageHealth(
    bool IsHealthy, StorageProvider Provider, TimeSpan? ReadLatency, TimeSpan? WriteLatency, int Pending, int MaximumPending, string? Problem);

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
