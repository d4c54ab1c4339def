using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.BadInput;

/// <summary>Who may not read any more is sent nothing more, whatever they are being sent and by whichever way.</summary>
[Collection(RefusalCollection.Name)]
public sealed class StreamEndTests(RefusalFixture fixture)
{
    /// <summary>Long enough to set the scene on a loaded machine.</summary>
    private const string Lifetime = "00:00:08";

    [Fact]
    public async Task Every_stream_of_a_member_who_is_removed_ends()
    {
        using var member = await JoinAsync("removed");
        await using var streams = await StreamsOfAsync(member);

        (await fixture.Owner.SendAsync(HttpMethod.Delete, $"projects/{fixture.ProjectId}/members/{member.AccountId}")).Expect();

        await streams.VerifyEndAsync("forbidden", retry: false);
        await RefusesEventsAsync(fixture.Server.Address, member, fixture.Wireframe, "not_found");
    }

    [Fact]
    public async Task Every_stream_of_a_member_who_leaves_ends()
    {
        using var member = await JoinAsync("left");
        await using var streams = await StreamsOfAsync(member);

        (await member.PostAsync($"projects/{fixture.ProjectId}/leave", new { })).Expect();

        await streams.VerifyEndAsync("forbidden", retry: false);
    }

    [Fact]
    public async Task Every_stream_of_a_session_that_ends_ends()
    {
        using var member = await JoinAsync("logged-out");
        await using var streams = await StreamsOfAsync(member);

        (await member.PostAsync("auth/logout", new { })).Expect();

        await streams.VerifyEndAsync("unauthenticated", retry: false);
        await RefusesEventsAsync(fixture.Server.Address, member, fixture.Wireframe, "unauthenticated");
    }

    [Fact]
    public async Task Every_stream_of_a_token_that_expires_ends_and_begins_again_with_the_next()
    {
        await using var server = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Authentication__AccessTokenLifetime"] = Lifetime },
        });
        using var account = await ApiClient.RegisterAsync(server.Address, "sleeper");
        var projectId = await account.CreateProjectAsync("Expiry");
        var designId = await account.CreateDesignAsync(projectId, "Expiry");
        var runId = await StartWaitingAsync(account, projectId);
        await using var streams = await Streams.OpenAsync(server.Address, account, projectId, designId, runId);

        await streams.VerifyEndAsync("token_expired", retry: true);
        await RefusesEventsAsync(server.Address, account, designId, "token_expired");

        using var refreshed = await account.RefreshAsync();
        using var again = await EventStream.OpenAsync(server.Address, $"designs/{designId}/changes", refreshed.Token);
        Assert.Equal("snapshot", (await again.NextAsync(Deadlines.Answer))!.Kind);
    }

    private async Task<Streams> StreamsOfAsync(ApiClient member) => await Streams.OpenAsync(
        fixture.Server.Address, member, fixture.ProjectId, fixture.Wireframe, await StartWaitingAsync(fixture.Owner, fixture.ProjectId));

    /// <summary>A run that waits for somebody, and so does not end by itself.</summary>
    private static async Task<string> StartWaitingAsync(ApiClient owner, string projectId)
    {
        var design = await owner.CreateDesignAsync(projectId, "Waits", "process");
        (await owner.SubmitAsync(
            design,
            Guid.NewGuid(),
            [
                Component("once", "constant", new JsonObject { ["value"] = 1 }),
                Component("ask", "approval", new JsonObject { ["question"] = "Well?" }),
                Between("once", "ask"),
            ])).Expect();
        return (await owner.PostAsync($"designs/{design}/runs", new { })).Expect().GetProperty("id").GetString()!;
    }

    private static JsonObject Component(string id, string type, JsonObject props)
    {
        var add = Edits.Add(id, type: type);
        add["node"]!["props"] = props;
        return add;
    }

    private static JsonObject Between(string from, string to) => (JsonObject)JsonNode.Parse(
        $$$"""{"op":"connection.add","connection":{"id":"{{{from}}}-{{{to}}}","from":{"node":"{{{from}}}","port":"out"},"to":{"node":"{{{to}}}","port":"in"} }}""")!;

    private static async Task RefusesEventsAsync(Uri server, ApiClient watcher, string designId, string code)
    {
        var refused = await Assert.ThrowsAsync<ApiException>(() => EventStream.OpenAsync(server, $"designs/{designId}/changes", watcher.Token));
        Assert.Equal(code, JsonElement.Parse(refused.Message[4..]).GetProperty("code").GetString());
    }

    private async Task<ApiClient> JoinAsync(string name)
    {
        var member = await ApiClient.RegisterAsync(fixture.Server.Address, name);
        await fixture.Owner.AddMemberAsync(fixture.ProjectId, member, "editor");
        return member;
    }
}
