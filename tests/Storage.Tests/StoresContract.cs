using System.Text;
using Actors.TestKit;

namespace Actors.Storage.Tests;

public abstract class StoresContract : StorageContract
{
    private static readonly GrainStateKey s_key = new("gate", "openai/gpt", "budget");

    [ContractFact]
    public async Task A_snapshot_never_goes_backwards()
    {
        Assert.Null(await Storage.Snapshots.LoadAsync("s", None));
        await Storage.Snapshots.SaveAsync(new Snapshot("s", 10, Now, "ten"u8.ToArray()), None);
        await Storage.Snapshots.SaveAsync(new Snapshot("s", 9, Now, "nine"u8.ToArray()), None);
        await Storage.Snapshots.SaveAsync(new Snapshot("t", 1, Now, default), None);

        var snapshot = await Storage.Snapshots.LoadAsync("s", None);
        Assert.Equal((10, Now, "ten"), (snapshot!.Revision, snapshot.At, Encoding.UTF8.GetString(snapshot.Payload.Span)));
        await Storage.Snapshots.SaveAsync(new Snapshot("s", 11, Now, "eleven"u8.ToArray()), None);
        Assert.Equal(11, (await Storage.Snapshots.LoadAsync("s", None))!.Revision);
    }

    [ContractFact]
    public async Task Grain_state_is_swapped_only_by_who_knows_its_etag()
    {
        Assert.Null(await Storage.GrainState.ReadAsync(s_key, None));
        Assert.Equal(new GrainStateResult(false, null), await Storage.GrainState.WriteAsync(s_key, "x"u8.ToArray(), "wrong", None));

        var first = await Storage.GrainState.WriteAsync(s_key, "1"u8.ToArray(), null, None);
        Assert.True(first.Succeeded);
        Assert.Equal(first with { Succeeded = false }, await Storage.GrainState.WriteAsync(s_key, "x"u8.ToArray(), null, None));
        var second = await Storage.GrainState.WriteAsync(s_key, "2"u8.ToArray(), first.Etag, None);
        Assert.Equal(second with { Succeeded = false }, await Storage.GrainState.WriteAsync(s_key, "x"u8.ToArray(), first.Etag, None));

        var stored = await Storage.GrainState.ReadAsync(s_key, None);
        Assert.Equal(("2", second.Etag), (Encoding.UTF8.GetString(stored!.Payload.Span), stored.Etag));
        Assert.Null(await Storage.GrainState.ReadAsync(s_key with { StateName = "other" }, None));
    }

    [ContractFact]
    public async Task A_cleared_state_does_not_accept_an_etag_from_before()
    {
        Assert.True((await Storage.GrainState.ClearAsync(s_key, null, None)).Succeeded);
        var first = await Storage.GrainState.WriteAsync(s_key, "1"u8.ToArray(), null, None);
        Assert.False((await Storage.GrainState.ClearAsync(s_key, null, None)).Succeeded);
        Assert.True((await Storage.GrainState.ClearAsync(s_key, first.Etag, None)).Succeeded);
        Assert.True((await Storage.GrainState.WriteAsync(s_key, "2"u8.ToArray(), null, None)).Succeeded);
        Assert.False((await Storage.GrainState.WriteAsync(s_key, "3"u8.ToArray(), first.Etag, None)).Succeeded);
    }

    [ContractFact]
    public async Task Of_many_that_swap_the_same_state_one_wins()
    {
        var other = await OpenAsync();
        var start = await Storage.GrainState.WriteAsync(s_key, "0"u8.ToArray(), null, None);
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => (n % 2 == 0 ? Storage : other).GrainState.WriteAsync(s_key, "1"u8.ToArray(), start.Etag, None)));
        Assert.Single(results, result => result.Succeeded);
    }

    [ContractFact]
    public async Task Reminders_are_kept_replaced_and_removed()
    {
        var row = new ReminderRow("job/1", "tick", Now.AddTicks(7), TimeSpan.FromMinutes(5));
        var etag = await Storage.Reminders.UpsertAsync(row, None);
        await Storage.Reminders.UpsertAsync(row with { Name = "tock" }, None);
        await Storage.Reminders.UpsertAsync(row with { GrainId = "job/2" }, None);
        Assert.Equal(row with { ETag = etag }, await Storage.Reminders.FindAsync("job/1", "tick", None));
        Assert.Equal(["tick", "tock"], (await Storage.Reminders.ReadAsync("job/1", None)).Select(found => found.Name));

        var replaced = await Storage.Reminders.UpsertAsync(row with { Period = TimeSpan.FromHours(1) }, None);
        Assert.False(await Storage.Reminders.RemoveAsync("job/1", "tick", etag, None));
        Assert.True(await Storage.Reminders.RemoveAsync("job/1", "tick", replaced, None));
        Assert.True(await Storage.Reminders.RemoveAsync("job/1", "tock", null, None));
        Assert.Equal("job/2", Assert.Single(await Storage.Reminders.ReadAllAsync(None)).GrainId);
    }

    [ContractFact]
    public async Task Blobs_are_kept_replaced_and_deleted()
    {
        var content = new byte[300_000];
        new Random(1).NextBytes(content);
        await Storage.Blobs.PutAsync("b", "image/png", content, None);
        await Storage.Blobs.PutAsync("empty", "text/plain", default, None);
        var blob = await Storage.Blobs.GetAsync("b", None);
        Assert.Equal("image/png", blob!.ContentType);
        Assert.True(blob.Content.Span.SequenceEqual(content));
        Assert.Equal(0, (await Storage.Blobs.GetAsync("empty", None))!.Content.Length);

        await Storage.Blobs.PutAsync("b", "text/plain", "x"u8.ToArray(), None);
        Assert.Equal("text/plain", (await Storage.Blobs.GetAsync("b", None))!.ContentType);
        Assert.True(await Storage.Blobs.DeleteAsync("b", None));
        Assert.False(await Storage.Blobs.DeleteAsync("b", None));
        Assert.False(await Storage.Blobs.ExistsAsync("b", None));
        Assert.True(await Storage.Blobs.ExistsAsync("empty", None));
    }

    [ContractFact]
    public async Task A_blob_of_many_megabytes_is_kept()
    {
        var content = new byte[10 * 1024 * 1024];
        new Random(2).NextBytes(content);
        await Storage.Blobs.PutAsync("large", "application/octet-stream", content, None);
        Assert.True((await Storage.Blobs.GetAsync("large", None))!.Content.Span.SequenceEqual(content));
    }

    [ContractFact]
    public async Task Blobs_are_listed_by_prefix_page_by_page()
    {
        foreach (var id in new[] { "file/a/1", "file/a/2", "file/a/3", "file/ab/1", "file/b/1", "other" })
        {
            await Storage.Blobs.PutAsync(id, "t", default, None);
        }

        Assert.Equal(["file/a/1", "file/a/2"], await Storage.Blobs.ListAsync("file/a/", null, 2, None));
        Assert.Equal(["file/a/3"], await Storage.Blobs.ListAsync("file/a/", "file/a/2", 2, None));
        Assert.Equal(["file/ab/1"], await Storage.Blobs.ListAsync("file/", "file/a/\u007f", 1, None));
        Assert.Empty(await Storage.Blobs.ListAsync("file/", "file/b/1", 10, None));
    }

    [ContractFact]
    public async Task Other_writes_are_made_while_the_journal_is_busy()
    {
        var appends = Enumerable.Range(1, 400).Select(revision => Storage.Journal.AppendAsync(Append("s", revision))).ToArray();
        var blobs = Enumerable.Range(0, 40).Select(n => Storage.Blobs.PutAsync($"b{n}", "t", default, None)).ToArray();
        await Task.WhenAll(blobs);
        Assert.All(await Task.WhenAll(appends), result => Assert.Equal(AppendStatus.Committed, result.Status));
    }
}
