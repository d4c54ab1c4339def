using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Validation;

[Collection(RunningServer.Collection)]
public sealed class ValidationTests(RunningServer server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Findings_are_read_put_right_and_read_as_they_were()
    {
        var (owner, design) = await DesignAsync();
        using var _owner = owner;
        await EditAsync(owner, design, """{"op":"node.add","node":{"id":"t","type":"template","x":1,"y":1}}""");
        var report = (await owner.GetAsync($"designs/{design}/validation")).Expect();
        Assert.Equal(["input.missing:t:in", "process.no_source", "property.missing:t:template", "node.dead_end:t"], Ids(report));
        Assert.Equal((3, 1, 0), (Count(report, "errors"), Count(report, "warnings"), Count(report, "infos")));

        var fixedUp = (await owner.PostAsync($"designs/{design}/validation/fixes", new { findings = new[] { "property.missing:t:template", "node.dead_end:t" } })).Expect();
        Assert.Equal("""["property.missing:t:template"]""", fixedUp.GetProperty("fixed").GetRawText());
        Assert.Equal("""["node.dead_end:t"]""", fixedUp.GetProperty("skipped").GetRawText());
        Assert.DoesNotContain("property.missing:t:template", Ids((await owner.GetAsync($"designs/{design}/validation")).Expect()));
        Assert.Equal(4, Ids((await owner.GetAsync($"designs/{design}/validation?revision=2")).Expect()).Count());
        Assert.Empty(Ids((await owner.GetAsync($"designs/{design}/validation?revision=1")).Expect()));
    }

    [Fact]
    public async Task Findings_come_and_go_while_people_edit_for_all_who_watch()
    {
        var (owner, design) = await DesignAsync();
        using var _owner = owner;
        await using var connection = await owner.ConnectAsync();
        var first = connection.Stream("WatchValidation", design);
        var second = connection.Stream("WatchValidation", design);
        Assert.Equal("findings", (await first.NextAsync(Patience)).GetProperty("kind").GetString());
        await second.NextAsync(Patience);
        await EditAsync(owner, design, """{"op":"node.add","node":{"id":"i","type":"input","x":1,"y":1,"props":{"name":"a"}}}""");
        foreach (var stream in new[] { first, second })
        {
            var frame = await stream.NextAsync(Patience);
            Assert.Equal(2, frame.GetProperty("revision").GetInt32());
            Assert.Equal("node.dead_end:i", frame.GetProperty("added")[0].GetProperty("id").GetString());
        }

        await EditAsync(owner, design, """{"op":"node.remove","id":"i"}""");
        Assert.Equal("""["node.dead_end:i"]""", (await first.NextAsync(Patience)).GetProperty("removed").GetRawText());
        Assert.True((await owner.SendAsync(HttpMethod.Delete, $"designs/{design}")).IsSuccess);
        var end = await LastAsync(first);
        Assert.Equal(("end", "deleted"), (end.GetProperty("kind").GetString(), end.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Strangers_and_viewers_and_wrong_requests_are_refused()
    {
        var (owner, design) = await DesignAsync();
        using var _owner = owner;
        using var viewer = await ApiClient.RegisterAsync(server.Address, "viewer");
        using var stranger = await ApiClient.RegisterAsync(server.Address, "stranger");
        await owner.AddMemberAsync((await owner.GetDesignAsync(design)).GetProperty("projectId").GetString()!, viewer, "viewer");
        Assert.True((await viewer.GetAsync($"designs/{design}/validation")).IsSuccess);
        await RefusesAsync(viewer.PostAsync($"designs/{design}/validation/fixes", new { findings = new[] { "x" } }), 403, "forbidden");
        await RefusesAsync(stranger.GetAsync($"designs/{design}/validation"), 404, "not_found");
        await RefusesAsync(stranger.PostAsync($"designs/{design}/validation/fixes", new { findings = new[] { "x" } }), 404, "not_found");
        await RefusesAsync(owner.PostAsync($"designs/{design}/validation/fixes", new { findings = Array.Empty<string>() }), 400, "validation_failed");
        await RefusesAsync(owner.PostAsync($"designs/{design}/validation/fixes", new { }), 400, "validation_failed");
        await RefusesAsync(owner.PostAsync($"designs/{design}/validation/fixes", new { findings = new[] { "x" } }), 409, "nothing_to_fix");
        await RefusesAsync(owner.GetAsync($"designs/{design}/validation?revision=9"), 404, "revision_unknown");

        await using var connection = await stranger.ConnectAsync();
        Assert.Equal("not_found", (await connection.Stream("WatchValidation", design).NextAsync(Patience)).GetProperty("code").GetString());
        Assert.Equal("identifier_invalid", (await connection.Stream("WatchValidation", "dsg_x").NextAsync(Patience)).GetProperty("code").GetString());
    }

    private static IEnumerable<string?> Ids(JsonElement report) => report.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("id").GetString());

    private static int Count(JsonElement report, string severity) => report.GetProperty("summary").GetProperty(severity).GetInt32();

    private static async Task<JsonElement> LastAsync(HubStream stream)
    {
        JsonElement frame;
        do
        {
            frame = await stream.NextAsync(Patience);
        }
        while (frame.GetProperty("kind").GetString() != "end");

        return frame;
    }

    private static async Task RefusesAsync(Task<ApiReply> call, int status, string code)
    {
        var reply = await call;
        Assert.Equal((status, code), ((int)reply.Status, reply.Problem().Code));
    }

    private static async Task EditAsync(ApiClient by, string design, string operations) =>
        (await by.SubmitAsync(design, Guid.NewGuid(), JsonNode.Parse($"[{operations}]")!.AsArray())).Expect();

    private async Task<(ApiClient Owner, string Design)> DesignAsync()
    {
        var owner = await ApiClient.RegisterAsync(server.Address, "owner");
        return (owner, await owner.CreateDesignAsync(await owner.CreateProjectAsync("Checked"), "Flow", "process"));
    }
}
