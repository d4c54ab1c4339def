using Actors.TestKit;

namespace Actors.Storage.Tests;

[Collection("PostgreSQL")]
[RequiresPostgres]
public sealed class PostgresOutageTests(PostgresFixture fixture) : StorageContract
{
    private readonly PostgresDatabaseOf _database = new(fixture);

    private protected override (string Key, string Value)[] Settings => _database.Settings;

    protected override Task CreateDatabaseAsync() => _database.CreateAsync();

    [ContractFact]
    public async Task A_server_that_goes_away_is_reported_and_service_resumes_when_it_is_back()
    {
        await Storage.Journal.AppendAsync(Append("s", 1));
        await fixture.Server.StopAsync();
        try
        {
            Assert.Equal(AppendStatus.Unavailable, (await Storage.Journal.AppendAsync(Append("s", 2))).Status);
            await Assert.ThrowsAsync<StorageUnavailableException>(() => ReadAllAsync(Storage, "s"));
            await Assert.ThrowsAsync<StorageUnavailableException>(() => Storage.Snapshots.SaveAsync(new Snapshot("s", 1, Now, default), None));
            Assert.False((await Storage.Health.CheckAsync(None)).IsHealthy);
            await EventuallyAsync(async () => (await Storage.Journal.AppendAsync(Append("s", 2))).Detail!.StartsWith("Storage is unavailable", StringComparison.Ordinal));
        }
        finally
        {
            await fixture.Server.StartAsync();
        }

        await EventuallyAsync(async () => (await Storage.Health.CheckAsync(None)).IsHealthy);
        Assert.Equal(1, await Storage.Journal.GetHeadAsync("s", None));
        Assert.Equal(AppendStatus.Committed, (await Storage.Journal.AppendAsync(Append("s", 2))).Status);
    }

    [ContractFact]
    public async Task A_server_that_is_killed_while_writing_loses_nothing_that_was_acknowledged()
    {
        var sent = Enumerable.Range(0, 200).Select(n => Append($"s{n % 4}", (n / 4) + 1)).Select(append => (append, Result: Storage.Journal.AppendAsync(append))).ToList();
        await sent[0].Result;
        await fixture.Server.KillAsync();
        await fixture.Server.StartAsync();

        await Task.WhenAll(sent.Select(pair => pair.Result));
        await EventuallyAsync(async () => (await Storage.Health.CheckAsync(None)).IsHealthy);
        for (var stream = 0; stream < 4; stream++)
        {
            var entries = await ReadAllAsync(Storage, $"s{stream}");
            Assert.Equal(Enumerable.Range(1, entries.Count).Select(revision => (long)revision), entries.Select(entry => entry.Revision));
            foreach (var (append, result) in sent.Where(pair => pair.append.Stream == $"s{stream}" && pair.Result.Result.Status == AppendStatus.Committed))
                Assert.Equal(append.BatchId, entries[(int)append.Revision - 1].BatchId);
            Assert.Equal(AppendStatus.Committed, (await Storage.Journal.AppendAsync(Append($"s{stream}", entries.Count + 1))).Status);
        }
    }

    [ContractFact]
    public async Task A_server_that_was_restarted_while_nothing_was_written_is_not_noticed()
    {
        await Storage.Journal.AppendAsync(Append("s", 1));
        await ReadAllAsync(Storage, "s");
        await fixture.Server.RestartAsync();
        Assert.Equal(AppendStatus.Committed, (await Storage.Journal.AppendAsync(Append("s", 2))).Status);
        Assert.Equal(2, (await ReadAllAsync(Storage, "s")).Count);
    }

    [ContractFact]
    public async Task What_the_server_refuses_to_index_fails_alone_and_those_beside_it_are_committed()
    {
        var random = new Random(1);
        string Incompressible() => string.Concat(Enumerable.Range(0, 512).Select(_ => (char)random.Next('\u4e00', '\u9fff')));
        var appends = Enumerable.Range(1, 20).Select(n => n == 10
            ? Append("poison", 1, catalog: new CatalogWrite.PutLink(new CatalogLink(Incompressible(), Incompressible(), Incompressible(), default)))
            : Append($"s{n}", 1)).ToList();

        var results = await Task.WhenAll(appends.Append(Append("poison", 2)).Select(Storage.Journal.AppendAsync));

        Assert.Equal(AppendStatus.Unavailable, results[9].Status);
        Assert.Equal(AppendStatus.Superseded, results[20].Status);
        Assert.All(results.Where((_, n) => n is not (9 or 20)), result => Assert.Equal(AppendStatus.Committed, result.Status));
        Assert.Equal(0, await Storage.Journal.GetHeadAsync("poison", None));
        Assert.Equal(AppendStatus.Committed, (await Storage.Journal.AppendAsync(Append("poison", 1))).Status);
    }

    [ContractFact]
    public async Task Pending_migrations_refuse_the_start_until_they_are_applied()
    {
        var empty = await fixture.Server.CreateDatabaseAsync();
        await using var storage = StorageInstance.Create(("Storage:Provider", "PostgreSQL"), ("Storage:ConnectionString", empty));
        var refused = await Assert.ThrowsAsync<StorageSchemaException>(() => storage.Startup.InitializeAsync(None));
        Assert.Contains("Storage:ApplyMigrations=true", refused.Message);
        Assert.Equal("0001_initial", (await storage.Migrator.GetStatusAsync(None)).Pending[0]);

        await storage.Migrator.ApplyAsync(None);
        await storage.Startup.InitializeAsync(None);
        Assert.Equal(AppendStatus.Committed, (await storage.Journal.AppendAsync(Append("s", 1))).Status);
    }

    [ContractFact]
    public async Task Processes_that_start_together_apply_each_migration_once()
    {
        var empty = await fixture.Server.CreateDatabaseAsync();
        var storages = Enumerable.Range(0, 3)
            .Select(_ => StorageInstance.Create(("Storage:Provider", "PostgreSQL"), ("Storage:ConnectionString", empty), ("Storage:ApplyMigrations", "true"))).ToList();
        await Task.WhenAll(storages.Select(storage => storage.Startup.InitializeAsync(None)));
        foreach (var storage in storages)
            await storage.DisposeAsync();
    }
}
