using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.BadInput;

/// <summary>What becomes of an open connection when its owner's role changes.</summary>
[Collection(RefusalCollection.Name)]
public sealed class MembershipTests(RefusalFixture fixture)
{
    [Fact]
    public async Task A_member_who_is_removed_is_shown_nothing_more()
    {
        using var member = await JoinAsync("leaver", "editor");
        await using var hub = await member.ConnectAsync();
        var design = hub.Stream("WatchDesign", fixture.Wireframe, null);
        var room = hub.Stream("WatchRoom", fixture.ProjectId, null);
        await design.NextAsync(Deadlines.Answer);
        await room.NextAsync(Deadlines.Answer);
        AssertStatus("committed", await MoveAsync(hub));

        var removal = await fixture.Owner.SendAsync(HttpMethod.Delete, $"projects/{fixture.ProjectId}/members/{member.AccountId}");

        Assert.True(removal.IsSuccess, removal.Text);
        await Frames.VerifyEndAsync(design, "forbidden", retry: false);
        await Frames.VerifyEndAsync(room, "forbidden", retry: false);
        await RefusedAsync(hub, "not_found");
        var before = await fixture.StateAsync(fixture.Wireframe);
        AssertRefused("not_found", await MoveAsync(hub));
        Problems.Verify(await member.GetAsync($"designs/{fixture.Wireframe}"), 404, "not_found");
        await Frames.VerifyEndAsync(hub.Stream("WatchDesign", fixture.Wireframe, null), "not_found", retry: false);
        Assert.Equal(before, await fixture.StateAsync(fixture.Wireframe));
    }

    [Fact]
    public async Task A_member_who_becomes_a_viewer_goes_on_watching_and_edits_no_more()
    {
        using var member = await JoinAsync("reader", "editor");
        await using var hub = await member.ConnectAsync();
        var design = hub.Stream("WatchDesign", fixture.Wireframe, null);
        var replica = new DesignReplica();
        replica.Apply(await design.NextAsync(Deadlines.Answer));
        AssertStatus("committed", await MoveAsync(hub));

        (await fixture.Owner.SendAsync(HttpMethod.Patch, $"projects/{fixture.ProjectId}/members/{member.AccountId}", new { role = "viewer" })).Expect();

        await RefusedAsync(hub, "forbidden");
        var before = await fixture.StateAsync(fixture.Wireframe);
        AssertRefused("forbidden", await MoveAsync(hub));
        Problems.Verify(await member.SubmitAsync(fixture.Wireframe, Guid.NewGuid(), [Edits.Move("outer", 7, 7)]), 403, "forbidden");
        Assert.Equal(before, await fixture.StateAsync(fixture.Wireframe));
        var edit = (await fixture.Owner.SubmitAsync(fixture.Wireframe, Guid.NewGuid(), [Edits.Move("outer", 8, 8)])).Expect();
        while (replica.Revision < edit.GetProperty("revision").GetInt64())
        {
            replica.Apply(await design.NextAsync(Deadlines.Answer));
            Assert.Null(replica.EndCode);
        }
    }

    private static Task<JsonElement> MoveAsync(HubConnectionLite hub, string designId) =>
        hub.InvokeAsync("Submit", designId, Edits.Batch(Guid.NewGuid(), Edits.Move("outer", 5, 5)));

    private static void AssertStatus(string status, JsonElement result) => Assert.Equal(status, result.GetProperty("status").GetString());

    private static void AssertRefused(string code, JsonElement result)
    {
        AssertStatus("refused", result);
        Assert.Equal(code, result.GetProperty("error").GetProperty("code").GetString());
    }

    /// <summary>The front end follows a project's roster; the answer to the change does not wait for every connection to have heard.</summary>
    private Task RefusedAsync(HubConnectionLite hub, string code) => Eventually.HoldsAsync(
        async () => await MoveAsync(hub) is var result
            && result.TryGetProperty("error", out var error)
            && error.GetProperty("code").GetString() == code,
        Deadlines.Answer,
        $"an edit is refused with {code}");

    private Task<JsonElement> MoveAsync(HubConnectionLite hub) => MoveAsync(hub, fixture.Wireframe);

    private async Task<ApiClient> JoinAsync(string name, string role)
    {
        var member = await ApiClient.RegisterAsync(fixture.Server.Address, name);
        await fixture.Owner.AddMemberAsync(fixture.ProjectId, member, role);
        return member;
    }
}
