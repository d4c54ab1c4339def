using System.Text;
using Actors.TestKit;

namespace Actors.Storage.Tests;

public abstract class JournalContract : StorageContract
{
    [ContractFact]
    public async Task Appends_are_read_back_in_order_as_they_were_written()
    {
        var appends = Enumerable.Range(1, 700).Select(revision => Append("s", revision)).ToArray();
        var results = await Task.WhenAll(appends.Select(Storage.Journal.AppendAsync));

        Assert.All(results, result => Assert.Equal(AppendStatus.Committed, result.Status));
        var entries = await ReadAllAsync(Storage, "s");
        Assert.Equal(appends.Select(append => append.Revision), entries.Select(entry => entry.Revision));
        Assert.Equal(appends.Select(append => append.BatchId), entries.Select(entry => entry.BatchId));
        Assert.Equal(appends.Select(append => append.At), entries.Select(entry => entry.At));
        Assert.Equal("ada", entries[0].Author);
        Assert.Equal("""{"r":700}""", Encoding.UTF8.GetString(entries[^1].Payload.Span));
        Assert.Equal(700, await Storage.Journal.GetHeadAsync("s", None));
    }

    [ContractFact]
    public async Task A_read_starts_after_a_revision_and_ends_at_the_maximum()
    {
        await Task.WhenAll(Enumerable.Range(1, 600).Select(revision => Storage.Journal.AppendAsync(Append("s", revision))));

        Assert.Equal([4L, 5L], (await ReadAllAsync(Storage, "s", after: 3, maximum: 2)).Select(entry => entry.Revision));
        Assert.Equal(599, (await ReadAllAsync(Storage, "s", after: 1)).Count);
        Assert.Empty(await ReadAllAsync(Storage, "s", after: 600));
        Assert.Empty(await ReadAllAsync(Storage, "unknown"));
        Assert.Equal(0, await Storage.Journal.GetHeadAsync("unknown", None));
    }

    [ContractFact]
    public async Task An_empty_payload_and_an_empty_author_are_kept()
    {
        await Storage.Journal.AppendAsync(Append("s", 1) with { Payload = default, Author = "" });
        var entry = Assert.Single(await ReadAllAsync(Storage, "s"));
        Assert.Equal(0, entry.Payload.Length);
        Assert.Equal("", entry.Author);
    }

    [ContractFact]
    public async Task A_batch_is_found_by_its_id()
    {
        var batch = Guid.NewGuid();
        await Storage.Journal.AppendAsync(Append("s", 1, batch));
        Assert.Equal(1, (await Storage.Journal.FindBatchAsync("s", batch, None))!.Revision);
        Assert.Null(await Storage.Journal.FindBatchAsync("s", Guid.NewGuid(), None));
        Assert.Null(await Storage.Journal.FindBatchAsync("other", batch, None));
    }

    [ContractFact]
    public async Task A_batch_sent_twice_in_one_group_is_committed_once()
    {
        var batch = Guid.NewGuid();
        var first = Storage.Journal.AppendAsync(Append("s", 1, batch));
        var again = Storage.Journal.AppendAsync(Append("s", 1, batch));
        var moved = Storage.Journal.AppendAsync(Append("s", 2, batch));

        Assert.Equal(new AppendResult(AppendStatus.Committed, 1), await first);
        Assert.Equal(new AppendResult(AppendStatus.Duplicate, 1), await again);
        Assert.Equal(new AppendResult(AppendStatus.Duplicate, 1), await moved);
        Assert.Single(await ReadAllAsync(Storage, "s"));
    }

    [ContractFact]
    public async Task A_batch_sent_again_after_a_restart_is_a_duplicate_of_the_first()
    {
        var batch = Guid.NewGuid();
        await Storage.Journal.AppendAsync(Append("s", 1, batch));
        await Storage.Journal.AppendAsync(Append("s", 2));
        await CloseAsync(Storage);
        var restarted = await OpenAsync();

        Assert.Equal(new AppendResult(AppendStatus.Duplicate, 1), await restarted.Journal.AppendAsync(Append("s", 3, batch)));
        Assert.Equal(AppendStatus.Committed, (await restarted.Journal.AppendAsync(Append("s", 3))).Status);
    }

    [ContractFact]
    public async Task A_writer_that_lags_behind_another_is_fenced()
    {
        var other = await OpenAsync();
        await Storage.Journal.AppendAsync(Append("s", 1));
        Assert.Equal(AppendStatus.Committed, (await other.Journal.AppendAsync(Append("s", 2))).Status);
        Assert.Equal(AppendStatus.Committed, (await other.Journal.AppendAsync(Append("s", 3))).Status);

        Assert.Equal(new AppendResult(AppendStatus.Fenced, 3), await Storage.Journal.AppendAsync(Append("s", 2)));
        Assert.Equal(AppendStatus.Committed, (await Storage.Journal.AppendAsync(Append("s", 4))).Status);
        Assert.Equal(new AppendResult(AppendStatus.Fenced, 4), await other.Journal.AppendAsync(Append("s", 4)));
    }

    [ContractFact]
    public async Task An_append_beyond_the_head_is_fenced() =>
        Assert.Equal(new AppendResult(AppendStatus.Fenced, 0), await Storage.Journal.AppendAsync(Append("s", 2)));

    [ContractFact]
    public async Task What_is_in_flight_behind_a_fenced_append_is_superseded_even_where_it_would_fit_the_new_head()
    {
        var other = await OpenAsync();
        for (var revision = 1; revision <= 3; revision++)
            await other.Journal.AppendAsync(Append("s", revision));

        var chain = Enumerable.Range(2, 4).Select(revision => Storage.Journal.AppendAsync(Append("s", revision))).ToArray();
        var statuses = (await Task.WhenAll(chain)).Select(result => result.Status);

        Assert.Equal([AppendStatus.Fenced, AppendStatus.Superseded, AppendStatus.Superseded, AppendStatus.Superseded], statuses);
        Assert.Equal(3, await Storage.Journal.GetHeadAsync("s", None));
        Assert.Equal(AppendStatus.Committed, (await Storage.Journal.AppendAsync(Append("s", 4))).Status);
    }

    [ContractFact]
    public async Task A_failed_append_fails_no_other_stream_of_its_group()
    {
        await CommitAsync(new CatalogWrite.ClaimKey("email", "ada@x", "a"));
        var taken = Storage.Journal.AppendAsync(Append("one", 1, catalog: new CatalogWrite.ClaimKey("email", "ada@x", "b")));
        var behind = Storage.Journal.AppendAsync(Append("one", 2));
        var beside = Storage.Journal.AppendAsync(Append("two", 1));

        Assert.Equal(AppendStatus.KeyTaken, (await taken).Status);
        Assert.Equal(AppendStatus.Superseded, (await behind).Status);
        Assert.Equal(AppendStatus.Committed, (await beside).Status);
        Assert.Equal(AppendStatus.Committed, (await Storage.Journal.AppendAsync(Append("one", 1))).Status);
    }

    [ContractFact]
    public async Task More_than_the_queue_holds_is_refused_and_what_was_accepted_is_committed()
    {
        var small = await OpenAsync(("Journal:MaximumPendingAppends", "5"), ("Journal:MaximumFlushDelay", "00:00:01"), ("Journal:QuietRate", "0"), ("Journal:BusyRate", "1"));
        var results = await Task.WhenAll(Enumerable.Range(0, 500).Select(n => small.Journal.AppendAsync(Append($"s{n}", 1))));

        Assert.Contains(results, result => result.Status == AppendStatus.Overloaded);
        Assert.All(results, result => Assert.True(result.Status is AppendStatus.Overloaded or AppendStatus.Committed));
        for (var n = 0; n < results.Length; n++)
            Assert.Equal(results[n].Status == AppendStatus.Committed ? 1 : 0, await small.Journal.GetHeadAsync($"s{n}", None));
    }

    [ContractFact]
    public async Task Shutting_down_flushes_what_is_queued()
    {
        var queued = Enumerable.Range(1, 300).Select(revision => Storage.Journal.AppendAsync(Append("s", revision))).ToArray();
        await Storage.Startup.ShutdownAsync(None);

        Assert.All(await Task.WhenAll(queued), result => Assert.Equal(AppendStatus.Committed, result.Status));
        Assert.Equal(AppendStatus.Unavailable, (await Storage.Journal.AppendAsync(Append("s", 301))).Status);
    }

    [ContractFact]
    public async Task An_append_that_no_storage_could_keep_is_refused_before_it_is_queued()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Storage.Journal.AppendAsync(Append("", 1)));
        await Assert.ThrowsAsync<ArgumentException>(() => Storage.Journal.AppendAsync(Append("s", 0)));
        await Assert.ThrowsAsync<ArgumentException>(() => Storage.Journal.AppendAsync(Append("s", 1, Guid.Empty)));
        await Assert.ThrowsAsync<ArgumentException>(() => Storage.Journal.AppendAsync(Append("s\0", 1)));
        await Assert.ThrowsAsync<ArgumentException>(() => Storage.Journal.AppendAsync(Append("s", 1, catalog: new CatalogWrite.PutEntry(Entry("a", "\uD800")))));
    }

    [ContractFact]
    public async Task A_healthy_storage_says_so()
    {
        var health = await Storage.Health.CheckAsync(None);
        Assert.True(health.IsHealthy, health.Problem);
    }
}
