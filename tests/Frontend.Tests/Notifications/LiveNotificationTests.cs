using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Notifications;

/// <summary>What happens to somebody is told live, in their inbox and in the room where they are, and on their next connection when they were away.</summary>
[Collection(RunningServer.Collection)]
public sealed class LiveNotificationTests(RunningServer server) : IAsyncLifetime
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    private ApiClient _owner = null!;
    private ApiClient _member = null!;
    private string _project = "";
    private string _design = "";

    public async Task InitializeAsync()
    {
        _owner = await ApiClient.RegisterAsync(server.Address, "owner");
        _member = await ApiClient.RegisterAsync(server.Address, "member");
        _project = await _owner.CreateProjectAsync("Site");
        await _owner.AddMemberAsync(_project, _member, "editor");
        _design = await _owner.CreateDesignAsync(_project, "Checkout");
    }

    public Task DisposeAsync()
    {
        _owner.Dispose();
        _member.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public Task A_mention_is_told() => IsToldAsync("mention", _project, async () =>
    {
        (await _owner.PostAsync($"designs/{_design}/comments", new { text = $"Look, @[member]({_member.AccountId})" })).Expect();
    });

    [Fact]
    public async Task An_invitation_is_told()
    {
        // The same address is invited once to each project.
        var others = new Queue<string>([await _owner.CreateProjectAsync("Shop"), await _owner.CreateProjectAsync("Blog")]);
        await IsToldAsync("invitation", null, async () =>
        {
            (await _owner.PostAsync($"projects/{others.Dequeue()}/invitations", new { email = _member.Email, role = "viewer" })).Expect();
        });
    }

    [Fact]
    public async Task The_end_of_a_run_is_told()
    {
        var process = await _member.CreateDesignAsync(_project, "Process", "process");
        var operations = JsonNode.Parse(
            """
            [{"op":"node.add","node":{"id":"once","type":"constant","x":0,"y":0,"props":{"value":1}}},
             {"op":"node.add","node":{"id":"fail","type":"fail","x":200,"y":0,"props":{"message":"Not today."}}},
             {"op":"connection.add","connection":{"id":"c","from":{"node":"once","port":"out"},"to":{"node":"fail","port":"in"}}}]
            """)!.AsArray();
        (await _member.SubmitAsync(process, Guid.NewGuid(), operations)).Expect();
        await IsToldAsync("run.finished", _project, async () => { (await _member.PostAsync($"designs/{process}/runs", new { })).Expect(); });
    }

    [Fact]
    public async Task An_address_that_was_invited_is_told_when_it_registers()
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        var invitation = (await _owner.PostAsync($"projects/{_project}/invitations", new { email, role = "viewer" })).Expect();
        var gone = (await _owner.PostAsync($"projects/{await _owner.CreateProjectAsync("Gone")}/invitations", new { email, role = "viewer" })).Expect();
        Assert.True((await _owner.SendAsync(HttpMethod.Delete, $"projects/{gone.GetProperty("projectId").GetString()}/invitations/{gone.GetProperty("id").GetString()}")).IsSuccess);

        using var visitor = new ApiClient(server.Address);
        var account = (await visitor.PostAsync("auth/register", new { email, password = RunningServer.Password, name = "Late" })).Expect();
        using var late = new ApiClient(server.Address, account.GetProperty("accessToken").GetString());

        var told = Assert.Single((await late.GetAsync("notifications")).Expect().GetProperty("items").EnumerateArray());
        Assert.Equal("invitation", told.GetProperty("kind").GetString());
        Assert.Equal("owner", told.GetProperty("by").GetProperty("name").GetString());
        Assert.Equal(invitation.GetProperty("id").GetString(), told.GetProperty("subject").GetProperty("invitationId").GetString());
        Assert.True((await late.PostAsync(told.GetProperty("link").GetString()!["/api/v1/".Length..], new { })).IsSuccess);
    }

    /// <summary>To a member who watches, live; and to the same member who was away, when they come back.</summary>
    private async Task IsToldAsync(string kind, string? project, Func<Task> happen)
    {
        long position;
        await using (var hub = await _member.ConnectAsync())
        {
            var inbox = hub.Stream("WatchNotifications", [null]);
            var room = hub.Stream("WatchRoom", _project, null);
            await inbox.NextAsync(Within);
            await room.NextAsync(Within);

            await happen();

            var frame = await UntilAsync(inbox, frame => Has(frame, "delivered", kind, project));
            position = frame.GetProperty("sequence").GetInt64();
            await UntilAsync(room, frame => Has(frame, "notifications", kind, project));
        }

        await happen();
        await using var again = await _member.ConnectAsync();
        await UntilAsync(again.Stream("WatchNotifications", position), frame => Has(frame, "delivered", kind, project));
    }

    private static bool Has(JsonElement frame, string member, string kind, string? project) =>
        frame.TryGetProperty(member, out var notifications)
        && notifications.EnumerateArray().Any(notification =>
            notification.GetProperty("kind").GetString() == kind && (project is null || notification.GetProperty("projectId").GetString() == project));

    private static async Task<JsonElement> UntilAsync(HubStream stream, Func<JsonElement, bool> condition)
    {
        while (true)
        {
            var frame = await stream.NextAsync(Within);
            Assert.NotEqual("end", frame.GetProperty("kind").GetString());
            if (condition(frame))
                return frame;
        }
    }
}
