using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Domain.Lists;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Tests.Infrastructure;

namespace Actors.Grains.Tests.Designs;

public sealed class DirectoryTests
{
    [Fact]
    public async Task Lists_a_projects_designs_newest_first_in_pages()
    {
        await using var silo = await TestSilo.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await TestDesign.CreateAsync(silo, $"dsg_{i}");
        }

        await TestDesign.CreateAsync(silo, "dsg_other", project: "prj_2");
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await ListAsync(silo, new DesignListQuery(new ListRequest(2, cursor)));
            Assert.True(page.Items.Length <= 2);
            seen.AddRange(page.Items.Select(header => header.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(["dsg_4", "dsg_3", "dsg_2", "dsg_1", "dsg_0"], seen);
    }

    [Fact]
    public async Task Filters_by_a_part_of_the_name_and_by_kind()
    {
        await using var silo = await TestSilo.StartAsync();
        await TestDesign.CreateAsync(silo, "dsg_1", name: "Check-out page");
        await TestDesign.CreateAsync(silo, "dsg_2", name: "Landing PAGE", kind: DesignKind.Process);
        await TestDesign.CreateAsync(silo, "dsg_3", name: "Orders");

        Assert.Equal(["dsg_2", "dsg_1"], Ids(await ListAsync(silo, new DesignListQuery(new ListRequest(10, Search: "page")))));
        Assert.Equal(["dsg_2"], Ids(await ListAsync(silo, new DesignListQuery(new ListRequest(10), DesignKind.Process))));
        Assert.Empty(Ids(await ListAsync(silo, new DesignListQuery(new ListRequest(10, Search: "orders"), DesignKind.Process))));
    }

    [Fact]
    public async Task A_cursor_that_the_list_did_not_make_is_refused()
    {
        await using var silo = await TestSilo.StartAsync();

        Assert.Equal(ErrorCodes.ValidationFailed, (await ListAsync(silo, new DesignListQuery(new ListRequest(10, "nonsense")))).Refusal?.Code);
    }

    [Fact]
    public async Task The_list_agrees_with_the_design_after_edits_and_forgets_it_with_its_deletion()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        await design.CommitAsync(TestDesign.Adding("a"));
        await design.CommitAsync(new Batch(TestDesign.NewId(), 0, [new DesignSet(JsonDocument.Parse("""{"name":"Renamed"}""").RootElement.Clone())]));

        var header = Assert.Single((await ListAsync(silo, new DesignListQuery(new ListRequest(10)))).Items);
        Assert.Equal(("Renamed", 3L, 1), (header.Name, header.Revision, header.Nodes));
        Assert.Equal(TestDesign.Json(await design.Grain.GetHeader()), TestDesign.Json(header));

        Assert.Null(await design.Grain.Delete(TestDesign.Ann));
        Assert.Null(await design.Grain.Delete(TestDesign.Ann));
        Assert.Empty((await ListAsync(silo, new DesignListQuery(new ListRequest(10)))).Items);
        Assert.Null(await design.Grain.GetHeader());
        Assert.Null(await design.Grain.GetDocument());
    }

    [Fact]
    public async Task Who_may_not_edit_changes_nothing()
    {
        await using var silo = await TestSilo.StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        var viewer = TestDesign.Ann with { MayEdit = false };

        TestDesign.AssertRefused(ErrorCodes.Forbidden, await design.Grain.Submit(viewer, TestDesign.Adding("a")), retryable: false);
        TestDesign.AssertRefused(ErrorCodes.Forbidden, await design.Grain.Undo(viewer), retryable: false);
        Assert.Equal(ErrorCodes.Forbidden, (await design.Grain.Delete(viewer))?.Code);
        Assert.Single(await design.CheckAsync());
    }

    private static Task<DesignPage> ListAsync(TestSilo silo, DesignListQuery query) =>
        silo.Grains.GetGrain<IDesignDirectoryGrain>(0).List("prj_1", query).InTime();

    private static IEnumerable<string> Ids(DesignPage page) => page.Items.Select(header => header.Id);
}
