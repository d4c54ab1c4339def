namespace Actors.Storage;

/// <summary>The dialects.</summary>
public enum StorageProvider
{
    /// <summary>One file on this machine.</summary>
    SQLite,

    /// <summary>A server, shared by several processes.</summary>
    PostgreSQL,
}

/// <summary>Section <c>Storage</c>: where data is kept.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    public StorageProvider Provider { get; set; } = StorageProvider.SQLite;

    /// <summary>Required for PostgreSQL (Npgsql's format); not used by SQLite.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Folder of the SQLite file <c>actors.db</c> and its backups; created when absent. Default <c>data</c>.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>Applies pending migrations at start on PostgreSQL too. Default false: the start is refused until they are applied.</summary>
    public bool ApplyMigrations { get; set; }

    /// <summary>Reads that run at the same time; more wait. 1 to 256, default 8.</summary>
    public int MaximumReaders { get; set; } = 8;

    /// <summary>How long a statement may take before storage counts as unavailable. 1 s to 5 min, default 10 s.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long SQLite waits for a lock that another process holds. 0 to 1 min, default 2 s.</summary>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the start waits for a PostgreSQL server that does not answer yet. 0 to 10 min, default 30 s.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Pages of 4 KiB that the SQLite write-ahead log may hold before it is folded into the file. 100 to 1 000 000, default 1 000.</summary>
    public int CheckpointPages { get; set; } = 8_000;
}
