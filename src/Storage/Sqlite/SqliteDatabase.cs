using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Actors.Storage;

/// <summary>SQLite: one file in WAL mode, one connection that writes, a few that only read.</summary>
internal sealed class SqliteDatabase : StorageDatabase
{
    public const string FileName = "actors.db";

    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private readonly string _file;

    static SqliteDatabase() => Batteries_V2.Init();

    public SqliteDatabase(StorageOptions options, StorageInstruments instruments)
        : base(options, instruments) => _file = Path.GetFullPath(Path.Combine(options.DataFolder, FileName));

    public override StorageProvider Provider => StorageProvider.SQLite;

    public override bool HasSingleWriter => true;

    public string FilePath => _file;

    public override IWriterSession OpenWriterSession()
    {
        var connection = Open(SqliteOpenMode.ReadWrite, $"""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA cache_size = -8192;
            PRAGMA temp_store = MEMORY;
            PRAGMA wal_autocheckpoint = {Options.CheckpointPages};
            PRAGMA journal_size_limit = 67108864;
            """);
        try
        {
            return new SqliteSession(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override Task<DbConnection> OpenForMigrationAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        return Task.FromResult<DbConnection>(Open(SqliteOpenMode.ReadWriteCreate, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"));
    }

    public override string BeginMigration => "BEGIN IMMEDIATE";

    public override async Task<bool> TableExistsAsync(DbConnection connection, string table, CancellationToken ct) =>
        await connection.ExecuteScalarAsync<long>(
            new CommandDefinition("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = @table", new { table }, cancellationToken: ct)) == 1;

    /// <summary>SQLite's online backup: a consistent copy even while others write.</summary>
    public override Task<string?> BackUpAsync(DbConnection connection, string label, CancellationToken ct)
    {
        var file = Path.Combine(Path.GetDirectoryName(_file)!, $"actors-backup-{label}.db");
        using var backup = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        backup.Open();
        ((SqliteConnection)connection).BackupDatabase(backup);
        return Task.FromResult<string?>(file);
    }

    /// <summary>SQLITE_ERROR, MISUSE and CONSTRAINT say that a statement is wrong; everything else that the disk, a lock or the file is.</summary>
    public override bool IsOutage(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or StorageUnavailableException
        || (exception is SqliteException { SqliteErrorCode: var code } && code is not (raw.SQLITE_ERROR or raw.SQLITE_MISUSE or raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_RANGE));

    public override object BatchParameter(Guid batchId) => batchId.ToByteArray(bigEndian: true);

    public override Guid ReadBatch(DbDataReader reader, int ordinal) => new(reader.GetFieldValue<byte[]>(ordinal), bigEndian: true);

    public override Task<T> WriteAsync<T>(Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken ct) =>
        throw new NotSupportedException("SQLite is written by the storage writer only.");

    public override ValueTask DisposeAsync()
    {
        while (_idle.TryTake(out var connection))
            connection.Dispose();
        return base.DisposeAsync();
    }

    /// <summary>The provider is synchronous, so a read runs on the thread pool, never on the scheduler of the grain that asks.</summary>
    protected override Task<T> ReadOnceAsync<T>(Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken ct) =>
        Task.Run(
            async () =>
            {
                if (!_idle.TryTake(out var connection))
                    connection = Open(SqliteOpenMode.ReadOnly, "PRAGMA mmap_size = 268435456; PRAGMA query_only = 1;");
                try
                {
                    var result = await work(connection, ct);
                    _idle.Add(connection);
                    return result;
                }
                catch
                {
                    await connection.DisposeAsync();
                    throw;
                }
            },
            ct);

    private SqliteConnection Open(SqliteOpenMode mode, string pragmas)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _file,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = (int)Math.Ceiling(Options.LockTimeout.TotalSeconds),
        }.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA busy_timeout = {(int)Options.LockTimeout.TotalMilliseconds}; {pragmas}";
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
