namespace Actors.Storage.Tests;

/// <summary>A database file in a folder of its own.</summary>
internal sealed class SqliteFolder
{
    public string Path { get; } = Directory.CreateTempSubdirectory("actors-sqlite-").FullName;

    public string File => System.IO.Path.Combine(Path, "actors.db");

    public (string Key, string Value)[] Settings => [("Storage:Provider", "SQLite"), ("Storage:DataFolder", Path), ("Storage:LockTimeout", "00:00:05")];

    public void Delete() => Directory.Delete(Path, recursive: true);
}

public sealed class SqliteJournalTests : JournalContract
{
    private readonly SqliteFolder _folder = new();

    private protected override (string Key, string Value)[] Settings => _folder.Settings;

    protected override Task CreateDatabaseAsync() => Task.CompletedTask;

    protected override Task RemoveDatabaseAsync() => Task.Run(_folder.Delete);
}

public sealed class SqliteCatalogTests : CatalogContract
{
    private readonly SqliteFolder _folder = new();

    private protected override (string Key, string Value)[] Settings => _folder.Settings;

    protected override Task CreateDatabaseAsync() => Task.CompletedTask;

    protected override Task RemoveDatabaseAsync() => Task.Run(_folder.Delete);
}

public sealed class SqliteStoresTests : StoresContract
{
    private readonly SqliteFolder _folder = new();

    private protected override (string Key, string Value)[] Settings => _folder.Settings;

    protected override Task CreateDatabaseAsync() => Task.CompletedTask;

    protected override Task RemoveDatabaseAsync() => Task.Run(_folder.Delete);
}

public sealed class SqliteInterleavingTests : InterleavingContract
{
    private readonly SqliteFolder _folder = new();

    protected override int RunsOfTwoProcesses => 6;

    private protected override (string Key, string Value)[] Settings => _folder.Settings;

    protected override Task CreateDatabaseAsync() => Task.CompletedTask;

    protected override Task RemoveDatabaseAsync() => Task.Run(_folder.Delete);
}

public sealed class SqliteIdempotencyTests : IdempotencyContract
{
    private readonly SqliteFolder _folder = new();

    private protected override (string Key, string Value)[] Settings => _folder.Settings;

    protected override Task CreateDatabaseAsync() => Task.CompletedTask;

    protected override Task RemoveDatabaseAsync() => Task.Run(_folder.Delete);
}

public sealed class SqliteRemovalTests : RemovalContract
{
    private readonly SqliteFolder _folder = new();

    private protected override (string Key, string Value)[] Settings => _folder.Settings;

    protected override Task CreateDatabaseAsync() => Task.CompletedTask;

    protected override Task RemoveDatabaseAsync() => Task.Run(_folder.Delete);
}

public sealed class SqliteAuditTests : AuditContract
{
    private readonly SqliteFolder _folder = new();

    private protected override (string Key, string Value)[] Settings => _folder.Settings;

    protected override Task CreateDatabaseAsync() => Task.CompletedTask;

    protected override Task RemoveDatabaseAsync() => Task.Run(_folder.Delete);
}
