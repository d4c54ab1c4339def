using System.Data.Common;
using System.Diagnostics;

namespace Actors.Storage;

/// <summary>One dialect: how to connect, and what its errors mean. The SQL of reads and of simple writes is common to all.</summary>
internal abstract class StorageDatabase(StorageOptions options, StorageInstruments instruments) : IAsyncDisposable
{
    private readonly SemaphoreSlim _readers = new(options.MaximumReaders);

    public abstract StorageProvider Provider { get; }

    /// <summary>True when only the writer's own connection may write, because a second one would meet its locks.</summary>
    public abstract bool HasSingleWriter { get; }

    protected StorageOptions Options => options;

    /// <summary>Opens the connection of the writer. Called on the writer's thread, as are all members of the session.</summary>
    public abstract IWriterSession OpenWriterSession();

    /// <summary>Opens a connection that may change the schema.</summary>
    public abstract Task<DbConnection> OpenForMigrationAsync(CancellationToken ct);

    /// <summary>Starts a transaction that only one process at a time can be in.</summary>
    public abstract string BeginMigration { get; }

    public abstract Task<bool> TableExistsAsync(DbConnection connection, string table, CancellationToken ct);

    /// <summary>Copies the database aside and returns where to; null when the dialect leaves that to the operator.</summary>
    public virtual Task<string?> BackUpAsync(DbConnection connection, string label, CancellationToken ct) => Task.FromResult<string?>(null);

    public static async Task TryRollbackAsync(DbConnection connection)
    {
        try
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "ROLLBACK";
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or IOException)
        {
            await connection.CloseAsync();
        }
    }

    /// <summary>Whether this exception says that storage is away or failing, rather than that a statement is wrong.</summary>
    public abstract bool IsOutage(Exception exception);

    /// <summary>Whether the whole transaction was rolled back because of another process, and may succeed when tried again at once.</summary>
    public virtual bool IsConflict(Exception exception) => false;

    public abstract object BatchParameter(Guid batchId);

    public abstract Guid ReadBatch(DbDataReader reader, int ordinal);

    public async Task<T> ReadAsync<T>(Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await _readers.WaitAsync(ct);
        var started = Stopwatch.GetTimestamp();
        try
        {
            return await ReadWithRetryAsync(work, ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && IsOutage(exception))
        {
            throw Unavailable(exception);
        }
        finally
        {
            _readers.Release();
            instruments.ReadCompleted(Stopwatch.GetElapsedTime(started));
        }
    }

    /// <summary>Runs one write on a connection of its own; only for dialects with many writers.</summary>
    public abstract Task<T> WriteAsync<T>(Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken ct);

    public virtual ValueTask DisposeAsync()
    {
        _readers.Dispose();
        return ValueTask.CompletedTask;
    }

    protected static StorageUnavailableException Unavailable(Exception exception) =>
        new($"Storage is unavailable: {exception.Message}", exception);

    protected abstract Task<T> ReadOnceAsync<T>(Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken ct);

    /// <summary>A pooled connection may have died since it was last used, which says nothing about the server; a read may be repeated freely.</summary>
    private async Task<T> ReadWithRetryAsync<T>(Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        try
        {
            return await ReadOnceAsync(work, ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && IsOutage(exception))
        {
            return await ReadOnceAsync(work, ct);
        }
    }
}
