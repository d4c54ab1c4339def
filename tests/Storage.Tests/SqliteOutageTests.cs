using Microsoft.Data.Sqlite;

namespace Actors.Storage.Tests;

public sealed class SqliteOutageTests : StorageContract
{
    private readonly SqliteFolder _folder = new();

    private protected override (string Key, string Value)[] Settings =>
        [.. _folder.Settings, ("Storage:LockTimeout", "00:00:00"), ("Journal:InitialRetryDelay", "00:00:00.010"), ("Journal:MaximumRetryDelay", "00:00:00.050")];

    protected override Task CreateDatabaseAsync() => Task.CompletedTask;

    protected override Task RemoveDatabaseAsync() => Task.Run(_folder.Delete);

    [Fact]
    public async Task A_locked_file_is_reported_reads_go_on_and_service_resumes_when_it_is_free()
    {
        await Storage.Journal.AppendAsync(Append("s", 1));
        using (var locking = new SqliteConnection($"Data Source={_folder.File};Pooling=false"))
        {
            locking.Open();
            using var command = locking.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            command.ExecuteNonQuery();

            var results = await Task.WhenAll(Enumerable.Range(2, 3).Select(revision => Storage.Journal.AppendAsync(Append("s", revision))));
            Assert.Equal(AppendStatus.Unavailable, results[0].Status);
            Assert.All(results, result => Assert.True(result.Status is AppendStatus.Unavailable or AppendStatus.Superseded));
            await Assert.ThrowsAsync<StorageUnavailableException>(() => Storage.Snapshots.SaveAsync(new Snapshot("s", 1, Now, default), None));
            Assert.Single(await ReadAllAsync(Storage, "s"));
        }

        await EventuallyAsync(async () => (await Storage.Health.CheckAsync(None)).IsHealthy);
        Assert.Equal(AppendStatus.Committed, (await Storage.Journal.AppendAsync(Append("s", 2))).Status);
    }

    [Fact]
    public async Task What_another_process_wrote_is_seen_though_streams_are_remembered()
    {
        await Storage.Journal.AppendAsync(Append("s", 1));
        var other = await OpenAsync();
        await other.Journal.AppendAsync(Append("s", 2));
        Assert.Equal(AppendStatus.Committed, (await Storage.Journal.AppendAsync(Append("s", 3))).Status);
    }
}
