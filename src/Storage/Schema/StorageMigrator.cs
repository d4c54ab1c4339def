using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Logging;

namespace Actors.Storage;

/// <summary>Compares what was applied with what this program carries, and applies the rest.</summary>
internal sealed class StorageMigrator(StorageDatabase database, ImmutableArray<Migration> migrations, TimeProvider time, ILogger<StorageMigrator> logger)
    : IStorageMigrator
{
    private const string CreateTable =
        """
        CREATE TABLE IF NOT EXISTS schema_version (
            version integer PRIMARY KEY,
            name text NOT NULL,
            checksum text NOT NULL,
            applied_at bigint NOT NULL
        )
        """;

    public Task<MigrationStatus> GetStatusAsync(CancellationToken ct = default) =>
        UseAsync(async connection => Compare(await AppliedAsync(connection, ct)), ct);

    public Task<MigrationStatus> ApplyAsync(CancellationToken ct = default) => UseAsync(connection => ApplyAsync(connection, ct), ct);

    public async Task VerifyAsync(CancellationToken ct = default)
    {
        var status = await GetStatusAsync(ct);
        Refuse(status);
        if (status.Pending.Length > 0)
        {
            throw new StorageSchemaException(
                $"The {database.Provider} database has schema version {status.Current}; this program needs {status.Latest}. "
                + $"Pending: {string.Join(", ", status.Pending)}. Back the database up, then start once with Storage:ApplyMigrations=true to apply them.");
        }
    }

    private async Task<MigrationStatus> ApplyAsync(DbConnection connection, CancellationToken ct)
    {
        var before = Compare(await AppliedAsync(connection, ct));
        Refuse(before);
        if (before.Pending.Length == 0)
            return before;
        if (before.Current > 0 && await database.BackUpAsync(connection, $"v{before.Current}-{time.GetUtcNow():yyyyMMdd-HHmmss}", ct) is { } file)
            StorageLog.BackedUp(logger, file);
        foreach (var migration in migrations)
            await ApplyAsync(connection, migration, ct);
        return Compare(await AppliedAsync(connection, ct));
    }

    /// <summary>Another process may be applying the same migration: whoever holds the lock does it, the other finds it done.</summary>
    private async Task ApplyAsync(DbConnection connection, Migration migration, CancellationToken ct)
    {
        await connection.ExecuteAsync(new CommandDefinition(database.BeginMigration, cancellationToken: ct));
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(CreateTable, cancellationToken: ct));
            var done = await connection.ExecuteScalarAsync<long>(
                new CommandDefinition("SELECT count(*) FROM schema_version WHERE version = @Version", new { migration.Version }, cancellationToken: ct));
            if (done == 0)
            {
                await connection.ExecuteAsync(new CommandDefinition(migration.Sql, cancellationToken: ct));
                await connection.ExecuteAsync(new CommandDefinition(
                    "INSERT INTO schema_version (version, name, checksum, applied_at) VALUES (@Version, @Name, @Checksum, @AppliedAt)",
                    new { migration.Version, migration.Name, migration.Checksum, AppliedAt = time.GetUtcNow().UtcTicks },
                    cancellationToken: ct));
                StorageLog.Migrated(logger, migration.Name, database.Provider);
            }

            await connection.ExecuteAsync(new CommandDefinition("COMMIT", cancellationToken: ct));
        }
        catch
        {
            // The failure that is being thrown matters; a connection too broken to roll back is rolled back by its closing.
            await StorageDatabase.TryRollbackAsync(connection);
            throw;
        }
    }

    private MigrationStatus Compare(IReadOnlyList<Applied> applied)
    {
        var latest = migrations.Length;
        var current = applied.Count == 0 ? 0 : (int)applied.Max(row => row.Version);
        var pending = migrations.Where(migration => migration.Version > current).Select(migration => migration.Name).ToImmutableArray();
        return new MigrationStatus(current, latest, pending, FindProblem(applied, current, latest));
    }

    private string? FindProblem(IReadOnlyList<Applied> applied, int current, int latest)
    {
        if (current > latest)
        {
            return $"The {database.Provider} database has schema version {current}, which is newer than the {latest} that this program knows. "
                + "Start the newer program, or restore the backup that was made before it migrated.";
        }

        var changed = applied.FirstOrDefault(row => migrations[(int)row.Version - 1].Checksum != row.Checksum);
        return changed is null ? null
            : $"Migration {changed.Name} was applied with other contents than this program carries. The database belongs to another build; restore a matching one.";
    }

    private static void Refuse(MigrationStatus status)
    {
        if (status.Problem is { } problem)
            throw new StorageSchemaException(problem);
    }

    private async Task<IReadOnlyList<Applied>> AppliedAsync(DbConnection connection, CancellationToken ct)
    {
        if (!await database.TableExistsAsync(connection, "schema_version", ct))
            return [];
        var rows = await connection.QueryAsync<Applied>(
            new CommandDefinition("SELECT CAST(version AS bigint) AS Version, name, checksum FROM schema_version ORDER BY version", cancellationToken: ct));
        return rows.AsList();
    }

    private async Task<MigrationStatus> UseAsync(Func<DbConnection, Task<MigrationStatus>> work, CancellationToken ct)
    {
        try
        {
            await using var connection = await database.OpenForMigrationAsync(ct);
            return await work(connection);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && database.IsOutage(exception))
        {
            throw new StorageUnavailableException($"Storage is unavailable: {exception.Message}", exception);
        }
    }

    private sealed record Applied(long Version, string Name, string Checksum);
}
