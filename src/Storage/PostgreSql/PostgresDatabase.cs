using System.Data.Common;
using Dapper;
using Npgsql;

namespace Actors.Storage;

/// <summary>PostgreSQL: a server that several processes share, so nothing is remembered between transactions.</summary>
internal sealed class PostgresDatabase : StorageDatabase
{
    /// <summary>Locks a number of our own, for whoever migrates.</summary>
    private const string LockMigrations = "BEGIN; SELECT pg_advisory_xact_lock(4702111234474983745)";

    /// <summary>An acknowledgement means stored, so a server that would answer before it has flushed is told not to; stricter settings stand.</summary>
    private const string RequireFlush =
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

    private readonly NpgsqlDataSource _source;

    public PostgresDatabase(StorageOptions options, StorageInstruments instruments)
        : base(options, instruments)
    {
        var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            CommandTimeout = (int)Math.Ceiling(options.CommandTimeout.TotalSeconds),
            ApplicationName = "Actors",
        };
        // Readers are bounded here; the rest is for the writer, direct writes and migrations.
        connection.MaxPoolSize = Math.Max(connection.MaxPoolSize, options.MaximumReaders + 8);
        _source = NpgsqlDataSource.Create(connection);
    }

    public override StorageProvider Provider => StorageProvider.PostgreSQL;

    public override bool HasSingleWriter => false;

    public override string BeginMigration => LockMigrations;

    public override IWriterSession OpenWriterSession()
    {
        // Called at the start and after a failure: then what waits in the pool is most likely as dead.
        _source.Clear();
        var connection = _source.OpenConnection();
        try
        {
            connection.Execute(RequireFlush);
            return new PostgresSession(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override async Task<DbConnection> OpenForMigrationAsync(CancellationToken ct) => await _source.OpenConnectionAsync(ct);

    public override async Task<bool> TableExistsAsync(DbConnection connection, string table, CancellationToken ct) =>
        await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition("SELECT to_regclass(@table) IS NOT NULL", new { table }, cancellationToken: ct));

    /// <summary>
    /// What the server says while it works is about the statement, except for lost connections (08), no resources (53), operator
    /// intervention (57) and system errors (58). What Npgsql says by itself is about the connection.
    /// </summary>
    public override bool IsOutage(Exception exception) => exception switch
    {
        PostgresException { SqlState: var state } => state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal)
            || state.StartsWith("57", StringComparison.Ordinal) || state.StartsWith("58", StringComparison.Ordinal)
            || state is PostgresErrorCodes.ReadOnlySqlTransaction,
        NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException or StorageUnavailableException => true,
        _ => false,
    };

    /// <summary>Another process won: a deadlock was broken, or a row that was absent a moment ago now exists. Looking again settles it.</summary>
    public override bool IsConflict(Exception exception) =>
        exception is PostgresException
        {
            SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.UniqueViolation,
        };

    public override object BatchParameter(Guid batchId) => batchId;

    public override Guid ReadBatch(DbDataReader reader, int ordinal) => reader.GetGuid(ordinal);

    public override async Task<T> WriteAsync<T>(Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        try
        {
            return await ReadOnceAsync(work, ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && IsOutage(exception))
        {
            throw Unavailable(exception);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override async Task<T> ReadOnceAsync<T>(Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(ct);
            return await work(connection, ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && IsOutage(exception))
        {
            // Its idle neighbours in the pool are most likely as dead.
            _source.Clear();
            throw;
        }
    }
}
