using Actors.TestKit;

namespace Actors.Storage.Tests;

public abstract class CatalogContract : StorageContract
{
    [ContractFact]
    public async Task An_entry_is_found_as_it_was_put_and_gone_when_removed()
    {
        var entry = Entry("d1", "Überblick", status: "open", minute: 3);
        await CommitAsync(new CatalogWrite.PutEntry(entry));
        var found = await Storage.Catalog.FindAsync("design", "d1", None);
        Assert.Equal(entry with { Data = default }, found! with { Data = default });
        Assert.Equal(entry.Data.ToArray(), found.Data.ToArray());

        await CommitAsync(new CatalogWrite.RemoveEntry("design", "d1"));
        Assert.Null(await Storage.Catalog.FindAsync("design", "d1", None));
    }

    [ContractFact]
    public async Task Of_many_writes_to_one_entry_in_a_group_the_last_one_counts()
    {
        var appends = Enumerable.Range(1, 200).Select(n =>
            Storage.Journal.AppendAsync(Append("s", n, catalog: [new CatalogWrite.PutEntry(Entry("d", $"n{n}", minute: n)), new CatalogWrite.PutLink(new CatalogLink("uses", "d", "x", new byte[] { (byte)n }))])));
        await Task.WhenAll(appends);

        Assert.Equal("n200", (await Storage.Catalog.FindAsync("design", "d", None))!.Name);
        Assert.Equal(200, Assert.Single(await Storage.Catalog.LinksFromAsync("uses", "d", None)).Data.Span[0]);
    }

    [ContractFact]
    public async Task The_catalog_of_a_rejected_append_is_not_written()
    {
        await Storage.Journal.AppendAsync(Append("s", 1));
        var fenced = await Storage.Journal.AppendAsync(Append("s", 1, catalog: [new CatalogWrite.PutEntry(Entry("d")), new CatalogWrite.ClaimKey("name", "n", "d")]));
        Assert.Equal(AppendStatus.Fenced, fenced.Status);
        Assert.Null(await Storage.Catalog.FindAsync("design", "d", None));
        Assert.Null(await Storage.Catalog.ResolveKeyAsync("name", "n", None));
    }

    [ContractFact]
    public async Task A_change_of_one_column_after_another_is_kept()
    {
        await CommitAsync(new CatalogWrite.PutEntry(Entry("d", "one")));
        await CommitAsync(new CatalogWrite.PutEntry(Entry("d", "one", status: "closed", minute: 1)));
        await CommitAsync(new CatalogWrite.PutEntry(Entry("d", "two", scope: "q", status: "closed", minute: 2)));
        var found = await Storage.Catalog.FindAsync("design", "d", None);
        Assert.Equal(("two", "q", "closed", Now.AddMinutes(2)), (found!.Name, found.Scope, found.Status, found.UpdatedAt));
    }

    [ContractFact]
    public async Task A_key_belongs_to_the_first_who_claims_it_until_it_is_released()
    {
        var both = await Task.WhenAll(
            Storage.Journal.AppendAsync(Append("a", 1, catalog: new CatalogWrite.ClaimKey("email", "e", "a"))),
            Storage.Journal.AppendAsync(Append("b", 1, catalog: new CatalogWrite.ClaimKey("email", "e", "b"))));
        Assert.Equal([AppendStatus.Committed, AppendStatus.KeyTaken], both.Select(result => result.Status));
        Assert.Equal("a", await Storage.Catalog.ResolveKeyAsync("email", "e", None));

        await CommitAsync(new CatalogWrite.ClaimKey("email", "e", "a"));
        await CommitAsync(new CatalogWrite.ReleaseKey("email", "e", "b"));
        Assert.Equal("a", await Storage.Catalog.ResolveKeyAsync("email", "e", None));

        await CommitAsync(new CatalogWrite.ReleaseKey("email", "e", "a"), new CatalogWrite.ClaimKey("email", "e", "c"));
        Assert.Equal("c", await Storage.Catalog.ResolveKeyAsync("email", "e", None));
    }

    [ContractFact]
    public async Task Claims_of_one_append_are_all_or_none()
    {
        await CommitAsync(new CatalogWrite.ClaimKey("k", "two", "other"));
        var result = await Storage.Journal.AppendAsync(Append("s", 1, catalog: [new CatalogWrite.ClaimKey("k", "one", "me"), new CatalogWrite.ClaimKey("k", "two", "me")]));
        Assert.Equal(AppendStatus.KeyTaken, result.Status);
        Assert.Contains("two", result.Detail);
        Assert.Null(await Storage.Catalog.ResolveKeyAsync("k", "one", None));
    }

    [ContractFact]
    public async Task Two_processes_that_claim_the_same_keys_share_them_out_without_error()
    {
        var other = await OpenAsync();
        var claims = Enumerable.Range(0, 50).SelectMany(n => new[] { (Storage, n, "a"), (other, n, "b") })
            .Select(claim => (claim.n, Id: claim.Item3, Task: claim.Item1.Journal.AppendAsync(Append($"{claim.Item3}{claim.n}", 1, catalog: new CatalogWrite.ClaimKey("k", $"{claim.n}", claim.Item3))))).ToList();
        foreach (var pair in claims.GroupBy(claim => claim.n))
        {
            var winner = Assert.Single(await WinnersAsync(pair));
            Assert.Equal(winner, await Storage.Catalog.ResolveKeyAsync("k", $"{pair.Key}", None));
        }

        static async Task<List<string>> WinnersAsync(IEnumerable<(int N, string Id, Task<AppendResult> Task)> pair)
        {
            var winners = new List<string>();
            foreach (var (_, id, task) in pair)
            {
                var result = await task;
                Assert.True(result.Status is AppendStatus.Committed or AppendStatus.KeyTaken, $"{result}");
                if (result.Status == AppendStatus.Committed)
                    winners.Add(id);
            }

            return winners;
        }
    }

    [ContractFact]
    public async Task Every_order_pages_through_all_entries_once()
    {
        string[] names = ["beta", "Alpha", "alpha", "Émile", "beta", "", "Zeta", "émile"];
        await CommitAsync([.. names.Select((name, n) => new CatalogWrite.PutEntry(Entry($"d{n}", name, minute: n / 3)))]);
        await CommitAsync(new CatalogWrite.PutEntry(Entry("other", scope: "q")), new CatalogWrite.PutEntry(Entry("other", kind: "run")));

        foreach (var sort in Enum.GetValues<CatalogSort>())
        {
            var ascending = await PagesAsync(new CatalogQuery { Kind = "design", Scope = "p", Sort = sort, Limit = 3 });
            var descending = await PagesAsync(new CatalogQuery { Kind = "design", Scope = "p", Sort = sort, Limit = 2, Descending = true });
            Assert.Equal(8, ascending.Distinct().Count());
            Assert.Equal(ascending, Enumerable.Reverse(descending));
        }

        Assert.Equal(["d5", "d1", "d2", "d0", "d4", "d6", "d3", "d7"], await PagesAsync(new CatalogQuery { Kind = "design", Scope = "p", Sort = CatalogSort.Name, Limit = 3 }));
        Assert.Equal(9, (await PagesAsync(new CatalogQuery { Kind = "design" })).Count);
        Assert.Equal((8, 9, 1), (await Storage.Catalog.CountAsync("design", "p", None), await Storage.Catalog.CountAsync("design", null, None), await Storage.Catalog.CountAsync("run", null, None)));
    }

    [ContractFact]
    public async Task Filters_by_status_and_by_part_of_the_name_ignoring_case()
    {
        await CommitAsync(
            new CatalogWrite.PutEntry(Entry("1", "100% Done!", status: "open")),
            new CatalogWrite.PutEntry(Entry("2", "1000 DONE", status: "open")),
            new CatalogWrite.PutEntry(Entry("3", "a_b", status: "closed")));
        Assert.Equal(["1", "2"], await PagesAsync(new CatalogQuery { Kind = "design", Status = "open" }));
        Assert.Equal(["1", "2"], await PagesAsync(new CatalogQuery { Kind = "design", NameContains = "done" }));
        Assert.Equal(["1"], await PagesAsync(new CatalogQuery { Kind = "design", NameContains = "0% dONE!" }));
        Assert.Equal(["3"], await PagesAsync(new CatalogQuery { Kind = "design", NameContains = "_" }));
    }

    [ContractFact]
    public async Task Lists_what_is_linked_and_the_links_of_both_ends()
    {
        await CommitAsync(
            new CatalogWrite.PutEntry(Entry("p1", kind: "project")),
            new CatalogWrite.PutEntry(Entry("p2", kind: "project")),
            new CatalogWrite.PutEntry(Entry("p3", kind: "project")),
            new CatalogWrite.PutEntry(Entry("ada", kind: "account")),
            new CatalogWrite.PutLink(new CatalogLink("member", "p1", "ada", "1"u8.ToArray())),
            new CatalogWrite.PutLink(new CatalogLink("member", "p3", "ada", "3"u8.ToArray())),
            new CatalogWrite.PutLink(new CatalogLink("member", "p2", "bob", default)));
        var projects = new CatalogQuery { Kind = "project", Limit = 1 };
        var first = await Storage.Catalog.ListLinkedAsync(projects, CatalogLinkFilter.To("member", "ada"), None);
        var second = await Storage.Catalog.ListLinkedAsync(projects with { Cursor = first.Next }, CatalogLinkFilter.To("member", "ada"), None);
        Assert.Equal(["p1", "p3"], first.Items.Concat(second.Items).Select(entry => entry.Id));
        Assert.Null(second.Next);
        var accounts = await Storage.Catalog.ListLinkedAsync(new CatalogQuery { Kind = "account" }, CatalogLinkFilter.From("member", "p1"), None);
        Assert.Equal("ada", Assert.Single(accounts.Items).Id);
        Assert.Equal(["p1", "p3"], (await Storage.Catalog.LinksToAsync("member", "ada", None)).Select(link => link.From));

        await CommitAsync(new CatalogWrite.RemoveLink("member", "p1", "ada"));
        Assert.Empty(await Storage.Catalog.LinksFromAsync("member", "p1", None));
    }

    [ContractFact]
    public async Task A_cursor_of_another_order_or_none_of_ours_is_refused()
    {
        await CommitAsync(new CatalogWrite.PutEntry(Entry("1")), new CatalogWrite.PutEntry(Entry("2")));
        var page = await Storage.Catalog.ListAsync(new CatalogQuery { Kind = "design", Limit = 1 }, None);
        await Assert.ThrowsAsync<InvalidCatalogCursorException>(() => Storage.Catalog.ListAsync(new CatalogQuery { Kind = "design", Sort = CatalogSort.Name, Cursor = page.Next }, None));
        foreach (var damaged in new[] { "x", "!!", "", page.Next![..^3], "e30" })
            await Assert.ThrowsAsync<InvalidCatalogCursorException>(() => Storage.Catalog.ListAsync(new CatalogQuery { Kind = "design", Cursor = damaged }, None));
    }

    private async Task<List<string>> PagesAsync(CatalogQuery query)
    {
        var ids = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await Storage.Catalog.ListAsync(query with { Cursor = cursor }, None);
            Assert.True(page.Items.Count <= query.Limit);
            ids.AddRange(page.Items.Select(entry => entry.Id));
            cursor = page.Next;
            if (cursor is null)
                return ids;
        }
    }
}
