using Actors.TestKit;

namespace Actors.Storage.Tests;

public abstract class RemovalContract : StorageContract
{
    [ContractFact]
    public async Task A_removed_stream_is_gone_with_its_snapshot_and_catalog_and_its_name_is_free()
    {
        var entry = new CatalogEntry { Kind = "run", Id = "1", Scope = "p", Name = "n", Status = "s", CreatedAt = Now, UpdatedAt = Now, Data = "{}"u8.ToArray() };
        await Storage.Journal.AppendAsync(Append("s", 1, null, new CatalogWrite.PutEntry(entry), new CatalogWrite.PutLink(new CatalogLink("of", "d", "1", default))));
        await Storage.Journal.AppendAsync(Append("s", 2));
        await Storage.Journal.AppendAsync(Append("other", 1));
        await Storage.Snapshots.SaveAsync(new Snapshot("s", 2, Now, default), None);

        Assert.True(await Storage.Removal.RemoveAsync("s", 2, [new CatalogWrite.RemoveEntry("run", "1"), new CatalogWrite.RemoveLink("of", "d", "1")], None));

        Assert.Equal(0, await Storage.Journal.GetHeadAsync("s", None));
        Assert.Null(await Storage.Snapshots.LoadAsync("s", None));
        Assert.Null(await Storage.Catalog.FindAsync("run", "1", None));
        Assert.Empty(await Storage.Catalog.LinksFromAsync("of", "d", None));
        Assert.Equal(AppendStatus.Fenced, (await Storage.Journal.AppendAsync(Append("s", 3))).Status);
        Assert.Equal(AppendStatus.Committed, (await Storage.Journal.AppendAsync(Append("s", 1))).Status);
        Assert.Equal(AppendStatus.Committed, (await Storage.Journal.AppendAsync(Append("other", 2))).Status);
    }

    [ContractFact]
    public async Task A_stream_that_has_moved_on_is_not_removed()
    {
        await Storage.Journal.AppendAsync(Append("s", 1));
        await Storage.Journal.AppendAsync(Append("s", 2));

        Assert.False(await Storage.Removal.RemoveAsync("s", 1, [], None));
        Assert.False(await Storage.Removal.RemoveAsync("absent", 1, [], None));

        Assert.Equal(2, await Storage.Journal.GetHeadAsync("s", None));
        Assert.Empty(await Storage.Removal.ListAsync(10, None));
    }

    [ContractFact]
    public async Task A_removal_that_would_write_something_changes_nothing()
    {
        await Storage.Journal.AppendAsync(Append("s", 1));
        await Assert.ThrowsAsync<ArgumentException>(() => Storage.Removal.RemoveAsync("s", 1, [new CatalogWrite.ClaimKey("k", "v", "i")], None));
        Assert.Equal(1, await Storage.Journal.GetHeadAsync("s", None));
    }

    [ContractFact]
    public async Task What_was_removed_is_purged_a_few_entries_at_a_time_by_whoever_comes_next()
    {
        for (var revision = 1; revision <= 5; revision++)
            await Storage.Journal.AppendAsync(Append("run/1", revision));
        await Storage.Removal.RemoveAsync("run/1", 5, [], None);

        var other = await OpenAsync();
        var removed = Assert.Single(await other.Removal.ListAsync(10, None));
        Assert.Equal("run/1", removed.Stream);
        await Storage.Snapshots.SaveAsync(new Snapshot("run/1", 4, Now, default), None);
        Assert.False(await other.Removal.PurgeAsync(removed, 2, None));
        var left = new List<long>();
        await foreach (var entry in other.Journal.ReadAsync(removed.Name, 0, 10, None))
            left.Add(entry.Revision);

        Assert.Equal([3, 4, 5], left);
        Assert.False(await other.Removal.PurgeAsync(removed, 2, None));
        Assert.True(await other.Removal.PurgeAsync(removed, 2, None));
        Assert.True(await other.Removal.PurgeAsync(removed, 2, None));
        Assert.Empty(await Storage.Removal.ListAsync(10, None));
        Assert.Null(await Storage.Snapshots.LoadAsync("run/1", None));
    }

    [ContractFact]
    public async Task A_stream_that_is_made_and_removed_again_is_purged_as_two()
    {
        for (var times = 0; times < 2; times++)
        {
            await Storage.Journal.AppendAsync(Append("s", 1));
            Assert.True(await Storage.Removal.RemoveAsync("s", 1, [], None));
        }

        await Storage.Journal.AppendAsync(Append("s", 1));
        await Storage.Snapshots.SaveAsync(new Snapshot("s", 1, Now, default), None);
        var removed = await Storage.Removal.ListAsync(10, None);
        Assert.Equal(["s", "s"], removed.Select(stream => stream.Stream));
        foreach (var stream in removed)
            Assert.True(await Storage.Removal.PurgeAsync(stream, 100, None));

        // The third of that name has nothing to do with them.
        Assert.Equal(1, await Storage.Journal.GetHeadAsync("s", None));
        Assert.NotNull(await Storage.Snapshots.LoadAsync("s", None));
    }

    [ContractFact]
    public async Task A_blob_is_deleted_when_nothing_is_linked_to_it_any_more()
    {
        await Storage.Blobs.PutAsync("design/1", "t", default, None);
        await Storage.Journal.AppendAsync(Append(
            "s", 1, null, new CatalogWrite.PutLink(new CatalogLink("uses", "design/1", "a", default)), new CatalogWrite.PutLink(new CatalogLink("uses", "design/1", "b", default))));
        await Storage.Journal.AppendAsync(Append("s", 2, null, new CatalogWrite.RemoveLink("uses", "design/1", "a")));
        Assert.False(await Storage.Blobs.DeleteUnlinkedAsync("design/1", "uses", None));
        Assert.True(await Storage.Blobs.IsKeptAsync("design/1", None));

        await Storage.Journal.AppendAsync(Append("s", 3, null, new CatalogWrite.RemoveLink("uses", "design/1", "b")));
        Assert.True(await Storage.Blobs.DeleteUnlinkedAsync("design/1", "uses", None));
        Assert.False(await Storage.Blobs.IsKeptAsync("design/1", None));
        Assert.False(await Storage.Blobs.DeleteUnlinkedAsync("design/1", "uses", None));
    }

    [ContractFact]
    public async Task A_blob_that_is_there_after_linking_to_it_stays_whoever_deletes_meanwhile()
    {
        var other = await OpenAsync();
        for (var round = 1; round <= 20; round++)
        {
            var id = $"design/{round}";
            await Storage.Blobs.PutAsync(id, "t", default, None);
            var deleting = other.Blobs.DeleteUnlinkedAsync(id, "uses", None);
            await Storage.Journal.AppendAsync(Append("s", round, null, new CatalogWrite.PutLink(new CatalogLink("uses", id, "a", default))));
            var kept = await Storage.Blobs.IsKeptAsync(id, None);

            Assert.Equal(kept, !await deleting);
            Assert.Equal(kept, await Storage.Blobs.ExistsAsync(id, None));
        }
    }
}
