using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Storage.Tests;

public sealed class SqliteMigrationTests : IDisposable
{
    private static readonly int s_newest = Migration.Embedded(StorageProvider.SQLite).Length;
    private static readonly Migration s_next = new(s_newest + 1, "next", "CREATE TABLE next (id INTEGER PRIMARY KEY)");

    private readonly SqliteFolder _folder = new();
    private readonly StorageInstruments _instruments = new();

    public void Dispose()
    {
        _instruments.Dispose();
        _folder.Delete();
    }

    [Fact]
    public async Task An_empty_folder_gets_the_newest_schema_and_no_backup()
    {
        var status = await Migrator().ApplyAsync();
        Assert.Equal((s_newest, s_newest, null), (status.Current, status.Latest, status.Problem));
        Assert.Empty(status.Pending);
        await Migrator().VerifyAsync();
        Assert.Empty(Backups());
    }

    [Fact]
    public async Task An_older_schema_is_backed_up_and_brought_forward_with_its_data()
    {
        await using (var storage = StorageInstance.Create(_folder.Settings))
        {
            await storage.Startup.InitializeAsync(CancellationToken.None);
            await storage.Blobs.PutAsync("b", "t", "x"u8.ToArray(), CancellationToken.None);
        }

        var migrator = Migrator(s_next);
        await Assert.ThrowsAsync<StorageSchemaException>(() => migrator.VerifyAsync());
        Assert.Equal(s_newest + 1, (await migrator.ApplyAsync()).Current);
        await migrator.VerifyAsync();

        Assert.Equal(1L, Scalar(_folder.File, "SELECT count(*) FROM blob"));
        Assert.Equal(0L, Scalar(_folder.File, "SELECT count(*) FROM next"));
        Assert.Equal(1L, Scalar(Assert.Single(Backups()), "SELECT count(*) FROM blob"));
    }

    [Fact]
    public async Task A_newer_schema_is_refused()
    {
        await Migrator(s_next).ApplyAsync();
        await using var storage = StorageInstance.Create(_folder.Settings);
        var refused = await Assert.ThrowsAsync<StorageSchemaException>(() => storage.Startup.InitializeAsync(CancellationToken.None));
        Assert.Equal(
            $"The SQLite database has schema version {s_newest + 1}, which is newer than the {s_newest} that this program knows. Start the newer program, or restore the backup that was made before it migrated.",
            refused.Message);
    }

    [Fact]
    public async Task A_migration_that_changed_after_it_was_applied_is_refused()
    {
        await Migrator(s_next).ApplyAsync();
        var refused = await Assert.ThrowsAsync<StorageSchemaException>(() => Migrator(s_next with { Sql = "SELECT 1" }).ApplyAsync());
        Assert.Contains("next", refused.Message);
    }

    [Fact]
    public async Task A_migration_that_fails_changes_nothing()
    {
        await Migrator().ApplyAsync();
        var broken = s_next with { Sql = "CREATE TABLE half (id INTEGER); CREATE TABLE half (id INTEGER)" };
        await Assert.ThrowsAsync<SqliteException>(() => Migrator(broken).ApplyAsync());
        Assert.Equal(s_newest, (await Migrator(s_next).GetStatusAsync()).Current);
        Assert.Equal(0L, Scalar(_folder.File, "SELECT count(*) FROM sqlite_master WHERE name = 'half'"));
    }

    [Fact]
    public void Both_dialects_carry_the_same_migrations() =>
        Assert.Equal(
            Migration.Embedded(StorageProvider.SQLite).Select(migration => migration.Name),
            Migration.Embedded(StorageProvider.PostgreSQL).Select(migration => migration.Name));

    private StorageMigrator Migrator(params Migration[] later)
    {
        var database = new SqliteDatabase(new StorageOptions { DataFolder = _folder.Path }, _instruments);
        ImmutableArray<Migration> migrations = [.. Migration.Embedded(StorageProvider.SQLite), .. later];
        return new StorageMigrator(database, migrations, TimeProvider.System, NullLogger<StorageMigrator>.Instance);
    }

    private string[] Backups() => Directory.GetFiles(_folder.Path, "actors-backup-*.db");

    private static object? Scalar(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
