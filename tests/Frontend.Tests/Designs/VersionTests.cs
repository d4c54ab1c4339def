using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Designs;

[Collection(RunningServer.Collection)]
public sealed class VersionTests(RunningServer server)
{
    [Fact]
    public async Task A_version_is_named_found_renamed_and_deleted()
    {
        var (owner, _, design) = await DesignAsync();
        using var _owner = owner;
        await EditAsync(owner, design, """{"op":"node.add","node":{"id":"a","type":"shape.rectangle","x":1,"y":1}}""");
        var created = await owner.PostAsync($"designs/{design}/versions", new { name = "Before the review", description = "As agreed" });
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var id = created.Body.GetProperty("id").GetString();
        Assert.StartsWith("ver_", id, StringComparison.Ordinal);
        Assert.Equal((2, "named"), (created.Body.GetProperty("revision").GetInt32(), created.Body.GetProperty("kind").GetString()));
        Assert.Equal(owner.AccountId, created.Body.GetProperty("createdBy").GetProperty("id").GetString());
        await owner.PostAsync($"designs/{design}/versions", new { name = "At the start", revision = 1 });

        Assert.Equal(["At the start", "Before the review"], await NamesAsync(owner, $"designs/{design}/versions"));
        Assert.Equal(["Before the review"], await NamesAsync(owner, $"designs/{design}/versions?search=REVIEW&kind=named"));
        Assert.Empty(await NamesAsync(owner, $"designs/{design}/versions?kind=automatic"));
        Assert.Equal(["At the start", "Before the review"], await NamesAsync(owner, $"designs/{design}/versions?sort=name"));

        var renamed = (await owner.SendAsync(HttpMethod.Patch, $"designs/{design}/versions/{id}", new { name = "Reviewed" })).Expect();
        Assert.Equal(("Reviewed", "As agreed"), (renamed.GetProperty("name").GetString(), renamed.GetProperty("description").GetString()));
        Assert.Equal("Reviewed", (await owner.GetAsync($"designs/{design}/versions/{id}")).Expect().GetProperty("name").GetString());
        Assert.Equal(2, (await owner.GetAsync($"designs/{design}?revision={id}")).Expect().GetProperty("revision").GetInt32());
        Assert.Equal(HttpStatusCode.NoContent, (await owner.SendAsync(HttpMethod.Delete, $"designs/{design}/versions/{id}")).Status);
        await RefusesAsync(owner.GetAsync($"designs/{design}/versions/{id}"), 404, "not_found");
    }

    [Fact]
    public async Task The_past_is_compared_restored_undone_copied_and_exported()
    {
        var (owner, project, design) = await DesignAsync();
        using var _owner = owner;
        await EditAsync(owner, design, """{"op":"node.add","node":{"id":"a","type":"shape.rectangle","x":1,"y":1}}""");
        await EditAsync(owner, design, """{"op":"node.set","id":"a","patch":{"x":7}},{"op":"node.add","node":{"id":"b","type":"text","x":1,"y":1,"props":{"text":"B"}}}""");

        var comparison = (await owner.GetAsync($"designs/{design}/compare?from=2&to=3")).Expect();
        Assert.Equal((2, 3), (comparison.GetProperty("from").GetInt32(), comparison.GetProperty("to").GetInt32()));
        Assert.Equal((1, 1, 2), (Summary(comparison, "nodesAdded"), Summary(comparison, "nodesChanged"), Summary(comparison, "operations")));
        var change = comparison.GetProperty("nodes").GetProperty("changed")[0].GetProperty("properties")[0];
        Assert.Equal("""{"path":"x","before":1,"after":7}""", change.GetRawText());

        var back = (await owner.GetAsync($"designs/{design}/compare?from=3&to=2")).Expect().GetProperty("operations");
        var batchId = Guid.NewGuid();
        var restored = (await owner.PostAsync($"designs/{design}/restore", new { revision = 2, batchId })).Expect();
        Assert.Equal(back.GetRawText(), restored.GetProperty("operations").GetRawText());
        Assert.Equal(4, restored.GetProperty("revision").GetInt32());
        Assert.Equal(4, (await owner.PostAsync($"designs/{design}/restore", new { revision = 2, batchId })).Expect().GetProperty("revision").GetInt32());
        Assert.Equal(["a"], Ids(await owner.GetDesignAsync(design)));
        (await owner.PostAsync($"designs/{design}/undo", new { })).Expect();
        Assert.Equal(["a", "b"], Ids(await owner.GetDesignAsync(design)));

        var version = (await owner.PostAsync($"designs/{design}/versions", new { name = "One", revision = 2 })).Expect().GetProperty("id").GetString();
        Assert.Equal(6, (await owner.PostAsync($"designs/{design}/restore", new { versionId = version })).Expect().GetProperty("revision").GetInt32());
        var copy = await owner.PostAsync($"designs/{design}/duplicate", new { revision = 3, name = "Copy", projectId = project });
        Assert.Equal(HttpStatusCode.Created, copy.Status);
        Assert.Equal(["a", "b"], Ids(copy.Body));
        Assert.Equal(["a"], Ids((await owner.PostAsync($"designs/{design}/duplicate", new { versionId = version })).Expect()));
        Assert.Contains("\"b\"", (await owner.GetAsync($"designs/{design}/export?format=json&revision=3")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"b\"", (await owner.GetAsync($"designs/{design}/export?format=json&revision=2")).Text, StringComparison.Ordinal);

        var history = (await owner.GetAsync($"designs/{design}/history?author={owner.AccountId}")).Expect();
        Assert.Equal(6, history.GetProperty("items").EnumerateArray().Sum(item => item.GetProperty("changes").GetInt32()));
        Assert.Equal(2, history.GetProperty("items")[0].GetProperty("restored").GetInt32());
        Assert.Empty((await owner.GetAsync($"designs/{design}/history?author=usr_nobody")).Expect().GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Requests_that_cannot_be_are_refused()
    {
        var (owner, _, design) = await DesignAsync();
        using var _owner = owner;
        await RefusesAsync(owner.PostAsync($"designs/{design}/versions", new { name = "" }), 400, "validation_failed");
        await RefusesAsync(owner.PostAsync($"designs/{design}/versions", new { name = "x", revision = 9 }), 404, "revision_unknown");
        await RefusesAsync(owner.GetAsync($"designs/{design}/versions?kind=other"), 400, "validation_failed");
        await RefusesAsync(owner.GetAsync($"designs/{design}/versions?cursor=x"), 400, "validation_failed");
        await RefusesAsync(owner.GetAsync($"designs/{design}/compare"), 400, "validation_failed");
        await RefusesAsync(owner.GetAsync($"designs/{design}/compare?from=x"), 400, "validation_failed");
        await RefusesAsync(owner.GetAsync($"designs/{design}/compare?from=7"), 404, "revision_unknown");
        await RefusesAsync(owner.GetAsync($"designs/{design}/compare?from=ver_1"), 400, "identifier_invalid");
        await RefusesAsync(owner.GetAsync($"designs/{design}/compare?from=ver_01m7wjgdx1whr9ck1z0rt8a2h4"), 404, "not_found");
        await RefusesAsync(owner.PostAsync($"designs/{design}/restore", new { }), 400, "validation_failed");
        await RefusesAsync(owner.PostAsync($"designs/{design}/restore", new { revision = 1, versionId = "ver_01m7wjgdx1whr9ck1z0rt8a2h4" }), 400, "validation_failed");
        await RefusesAsync(owner.PostAsync($"designs/{design}/restore", new { revision = 9 }), 404, "revision_unknown");
        await RefusesAsync(owner.PostAsync($"designs/{design}/duplicate", new { revision = 1, versionId = "ver_01m7wjgdx1whr9ck1z0rt8a2h4" }), 400, "validation_failed");
        await RefusesAsync(owner.GetAsync($"designs/{design}/history?cursor=x"), 400, "validation_failed");
        await RefusesAsync(owner.GetAsync($"designs/{design}/export?revision=9"), 404, "revision_unknown");
    }

    [Fact]
    public async Task A_viewer_reads_the_past_and_changes_nothing_and_a_stranger_meets_nothing()
    {
        var (owner, project, design) = await DesignAsync();
        using var viewer = await ApiClient.RegisterAsync(server.Address, "viewer");
        using var stranger = await ApiClient.RegisterAsync(server.Address, "stranger");
        using var _owner = owner;
        await owner.AddMemberAsync(project, viewer, "viewer");
        var version = (await owner.PostAsync($"designs/{design}/versions", new { name = "V" })).Expect().GetProperty("id").GetString();
        foreach (var path in new[] { "versions", $"versions/{version}", "compare?from=1", "history" })
        {
            Assert.True((await viewer.GetAsync($"designs/{design}/{path}")).IsSuccess);
            await RefusesAsync(stranger.GetAsync($"designs/{design}/{path}"), 404, "not_found");
        }

        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Post, "versions", new { name = "x" }),
            (HttpMethod.Patch, $"versions/{version}", new { name = "x" }),
            (HttpMethod.Delete, $"versions/{version}", null),
            (HttpMethod.Post, "restore", new { revision = 1 }),
        })
        {
            await RefusesAsync(viewer.SendAsync(method, $"designs/{design}/{path}", body), 403, "forbidden");
            await RefusesAsync(stranger.SendAsync(method, $"designs/{design}/{path}", body), 404, "not_found");
        }
    }

    private static int Summary(JsonElement comparison, string name) => comparison.GetProperty("summary").GetProperty(name).GetInt32();

    private static IEnumerable<string?> Ids(JsonElement design) => design.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString());

    private static async Task<IEnumerable<string?>> NamesAsync(ApiClient by, string path) =>
        (await by.GetAsync(path)).Expect().GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString());

    private static async Task RefusesAsync(Task<ApiReply> call, int status, string code)
    {
        var reply = await call;
        Assert.Equal((status, code), ((int)reply.Status, reply.Problem().Code));
    }

    private static async Task EditAsync(ApiClient by, string design, string operations) =>
        (await by.SubmitAsync(design, Guid.NewGuid(), JsonNode.Parse($"[{operations}]")!.AsArray())).Expect();

    private async Task<(ApiClient Owner, string Project, string Design)> DesignAsync()
    {
        var owner = await ApiClient.RegisterAsync(server.Address, "owner");
        var project = await owner.CreateProjectAsync("Past");
        return (owner, project, await owner.CreateDesignAsync(project, "Plan"));
    }
}
