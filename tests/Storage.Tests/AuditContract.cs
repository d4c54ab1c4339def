using Actors.TestKit;

namespace Actors.Storage.Tests;

public abstract class AuditContract : StorageContract
{
    [ContractFact]
    public async Task Rows_are_kept_once_and_found_by_every_filter_in_both_orders()
    {
        AuditRow[] rows =
        [
            new("aud_1", "p", "ann", "Create", "design", "d1", 201, 1, "one"u8.ToArray()),
            new("aud_2", "p", "bob", "Delete", "design", "d1", 403, 1, "two"u8.ToArray()),
            new("aud_3", "q", "ann", "Create", "project", "q", 500, 1, "three"u8.ToArray()),
            new("aud_4", "p", "ann", "Submit", "design", "d2", 200, 7, "four"u8.ToArray()),
        ];
        await Storage.Audit.AppendAsync(rows, None);
        await Storage.Audit.AppendAsync([rows[0] with { Action = "Forged" }], None);

        Assert.Equal(["aud_4", "aud_3", "aud_2", "aud_1"], await IdsAsync(new AuditQuery()));
        Assert.Equal(["aud_1", "aud_2", "aud_4"], await IdsAsync(new AuditQuery { Project = "p", Ascending = true }));
        Assert.Equal(["aud_4", "aud_3", "aud_1"], await IdsAsync(new AuditQuery { Account = "ann" }));
        Assert.Equal(["aud_3", "aud_1"], await IdsAsync(new AuditQuery { Action = "Create" }));
        Assert.Equal(["aud_2", "aud_1"], await IdsAsync(new AuditQuery { Subject = "d1" }));
        Assert.Equal(["aud_3"], await IdsAsync(new AuditQuery { Contains = "PROJ" }));
        Assert.Equal(["aud_2"], await IdsAsync(new AuditQuery { Contains = "delete", Project = "p" }));
        Assert.Equal(["aud_2", "aud_1"], await IdsAsync(new AuditQuery { Contains = "D1" }));
        Assert.Empty(await IdsAsync(new AuditQuery { Contains = "d_" }));
        Assert.Equal(["aud_2"], await IdsAsync(new AuditQuery { LowestStatus = 400, HighestStatus = 499 }));
        Assert.Equal(["aud_3", "aud_2"], await IdsAsync(new AuditQuery { FromId = "aud_2", BeforeId = "aud_4" }));
        Assert.Equal(["aud_3"], await IdsAsync(new AuditQuery { AfterId = "aud_4", Limit = 1 }));
        Assert.Equal(["aud_2"], await IdsAsync(new AuditQuery { AfterId = "aud_1", Limit = 1, Ascending = true }));
        Assert.Equal(8, await Storage.Audit.CountAsync("p", "design", "aud_0", None));
        Assert.Equal(0, await Storage.Audit.CountAsync("p", "design", "aud_5", None));

        var first = Assert.Single(await Storage.Audit.ListAsync(new AuditQuery { BeforeId = "aud_2" }, None));
        Assert.Equal(rows[0] with { Data = first.Data }, first);
        Assert.Equal("one"u8.ToArray(), first.Data);
    }

    private async Task<IEnumerable<string>> IdsAsync(AuditQuery query) => (await Storage.Audit.ListAsync(query, None)).Select(row => row.Id);
}
