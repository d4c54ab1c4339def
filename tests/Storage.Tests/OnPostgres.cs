using Actors.TestKit;

namespace Actors.Storage.Tests;

[CollectionDefinition("PostgreSQL")]
public sealed class PostgresCollection : ICollectionFixture<PostgresFixture>;

/// <summary>An empty database on the collection's server.</summary>
internal sealed class PostgresDatabaseOf(PostgresFixture fixture)
{
    public string ConnectionString { get; private set; } = "";

    public (string Key, string Value)[] Settings =>
    [
        ("Storage:Provider", "PostgreSQL"), ("Storage:ConnectionString", ConnectionString), ("Storage:ApplyMigrations", "true"), ("Storage:StartTimeout", "00:00:20"),
        ("Journal:InitialRetryDelay", "00:00:00.010"), ("Journal:MaximumRetryDelay", "00:00:00.100"),
    ];

    public async Task CreateAsync() => ConnectionString = await fixture.Server.CreateDatabaseAsync();
}

[Collection("PostgreSQL")]
[RequiresPostgres]
public sealed class PostgresJournalTests(PostgresFixture fixture) : JournalContract
{
    private readonly PostgresDatabaseOf _database = new(fixture);

    private protected override (string Key, string Value)[] Settings => _database.Settings;

    protected override Task CreateDatabaseAsync() => _database.CreateAsync();
}

[Collection("PostgreSQL")]
[RequiresPostgres]
public sealed class PostgresCatalogTests(PostgresFixture fixture) : CatalogContract
{
    private readonly PostgresDatabaseOf _database = new(fixture);

    private protected override (string Key, string Value)[] Settings => _database.Settings;

    protected override Task CreateDatabaseAsync() => _database.CreateAsync();
}

[Collection("PostgreSQL")]
[RequiresPostgres]
public sealed class PostgresStoresTests(PostgresFixture fixture) : StoresContract
{
    private readonly PostgresDatabaseOf _database = new(fixture);

    private protected override (string Key, string Value)[] Settings => _database.Settings;

    protected override Task CreateDatabaseAsync() => _database.CreateAsync();
}

[Collection("PostgreSQL")]
[RequiresPostgres]
public sealed class PostgresInterleavingTests(PostgresFixture fixture) : InterleavingContract
{
    private readonly PostgresDatabaseOf _database = new(fixture);

    protected override int RunsOfTwoProcesses => 60;

    private protected override (string Key, string Value)[] Settings => _database.Settings;

    protected override Task CreateDatabaseAsync() => _database.CreateAsync();
}

[Collection("PostgreSQL")]
[RequiresPostgres]
public sealed class PostgresIdempotencyTests(PostgresFixture fixture) : IdempotencyContract
{
    private readonly PostgresDatabaseOf _database = new(fixture);

    private protected override (string Key, string Value)[] Settings => _database.Settings;

    protected override Task CreateDatabaseAsync() => _database.CreateAsync();
}

[Collection("PostgreSQL")]
[RequiresPostgres]
public sealed class PostgresRemovalTests(PostgresFixture fixture) : RemovalContract
{
    private readonly PostgresDatabaseOf _database = new(fixture);

    private protected override (string Key, string Value)[] Settings => _database.Settings;

    protected override Task CreateDatabaseAsync() => _database.CreateAsync();
}

[Collection("PostgreSQL")]
[RequiresPostgres]
public sealed class PostgresAuditTests(PostgresFixture fixture) : AuditContract
{
    private readonly PostgresDatabaseOf _database = new(fixture);

    private protected override (string Key, string Value)[] Settings => _database.Settings;

    protected override Task CreateDatabaseAsync() => _database.CreateAsync();
}
