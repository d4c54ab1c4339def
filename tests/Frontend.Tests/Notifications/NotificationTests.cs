using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Notifications;

/// <summary>A server of its own, because the first account of a server is the one that may notify everyone.</summary>
public sealed class NotificationTests : IAsyncLifetime
{
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(20);

    private ServerProcess _server = null!;
    private ApiClient _admin = null!;
    private ApiClient _member = null!;

    public async Task InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string> { ["Accounts__PasswordIterations"] = "1000", ["RateLimits__Enabled"] = "false" },
        });
        _admin = await ApiClient.RegisterAsync(_server.Address, "admin");
        _member = await ApiClient.RegisterAsync(_server.Address, "member");
    }

    public async Task DisposeAsync()
    {
        _admin.Dispose();
        _member.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_notification_is_counted_listed_read_and_deleted()
    {
        await TellEveryoneAsync("First");
        await TellEveryoneAsync("Second");
        Assert.Equal(2, await UnreadAsync());
        var items = (await ListAsync("?limit=1")).GetProperty("items");
        var second = Assert.Single(items.EnumerateArray());
        Assert.Equal(("Second", "system"), (second.GetProperty("title").GetString(), second.GetProperty("kind").GetString()));
        Assert.Empty((await ListAsync("?kind=mention")).GetProperty("items").EnumerateArray());

        var id = second.GetProperty("id").GetString();
        Assert.Equal(1, (await _member.PostAsync("notifications/read", new { ids = new[] { id } })).Expect().GetProperty("unread").GetInt32());
        Assert.Single((await ListAsync("?unread=true")).GetProperty("items").EnumerateArray());
        Assert.Equal(0, (await _member.PostAsync("notifications/read", new { through = 1_000 })).Expect().GetProperty("unread").GetInt32());

        Assert.Equal(204, (int)(await _member.SendAsync(HttpMethod.Delete, $"notifications/{id}")).Status);
        Refuses(await _member.SendAsync(HttpMethod.Delete, $"notifications/{id}"), 404, "not_found");
    }

    [Fact]
    public async Task Somebody_who_was_away_misses_nothing()
    {
        long position;
        await using (var hub = await _member.ConnectAsync())
        {
            var live = hub.Stream("WatchNotifications", [null]);
            Assert.Equal("state", (await live.NextAsync(Answer)).GetProperty("kind").GetString());
            await TellEveryoneAsync("Here");
            var frame = await live.NextAsync(Answer);
            Assert.Equal("Here", Assert.Single(frame.GetProperty("delivered").EnumerateArray()).GetProperty("title").GetString());
            position = frame.GetProperty("sequence").GetInt64();
        }

        await TellEveryoneAsync("Away");
        await using var again = await _member.ConnectAsync();
        var resumed = again.Stream("WatchNotifications", position);
        var missed = await resumed.NextAsync(Answer);
        Assert.Equal("changed", missed.GetProperty("kind").GetString());
        Assert.Equal("Away", Assert.Single(missed.GetProperty("delivered").EnumerateArray()).GetProperty("title").GetString());
        (await _member.PostAsync("notifications/read", new { through = missed.GetProperty("sequence").GetInt64() })).Expect();
        Assert.Equal(2, (await resumed.NextAsync(Answer)).GetProperty("read").GetArrayLength());
    }

    [Fact]
    public async Task A_room_shows_the_notifications_of_those_who_watch_it_and_only_theirs()
    {
        var project = await _admin.CreateProjectAsync("Site");
        await _admin.AddMemberAsync(project, _member, "viewer");
        using var stranger = await ApiClient.RegisterAsync(_server.Address, "stranger");
        await using var hub = await _member.ConnectAsync();
        var room = hub.Stream("WatchRoom", project, null);
        Assert.Equal("state", (await room.NextAsync(Answer)).GetProperty("kind").GetString());

        await TellEveryoneAsync("To the project", project);
        JsonElement frame;
        do
        {
            frame = await room.NextAsync(Answer);
        }
        while (frame.GetProperty("kind").GetString() != "notifications");

        Assert.Equal(project, Assert.Single(frame.GetProperty("notifications").EnumerateArray()).GetProperty("projectId").GetString());
        Assert.Equal(0, (await stranger.GetAsync("notifications/unread-count")).Expect().GetProperty("unread").GetInt32());
    }

    [Fact]
    public async Task How_far_a_notification_to_everyone_is_is_read_once_while_it_does_not_change()
    {
        await TellEveryoneAsync("Done");
        var id = (await _admin.PostAsync("admin/notifications", new { title = "Again", text = "" })).Expect().GetProperty("id").GetString();
        await Eventually.HoldsAsync(
            async () =>
            {
                var read = await _admin.GetAsync($"admin/notifications/{id}");
                var again = await _admin.SendAsync(HttpMethod.Get, $"admin/notifications/{id}", null, ("If-None-Match", read.EntityTag!));
                return (int)again.Status == 304 && read.Expect().GetProperty("status").GetString() == "completed";
            },
            Answer,
            "it is complete and answered with 304");
    }

    [Fact]
    public async Task What_cannot_be_is_refused()
    {
        using var visitor = new ApiClient(_server.Address);
        Refuses(await visitor.GetAsync("notifications"), 401, "unauthenticated");
        Refuses(await _member.PostAsync("admin/notifications", new { title = "Mine", text = "" }), 403, "forbidden");
        Refuses(await _admin.PostAsync("admin/notifications", new { title = " ", text = "" }), 400, "validation_failed");
        Refuses(await _admin.PostAsync("admin/notifications", new { title = "T", text = "", projectId = "prj_x" }), 400, "identifier_invalid");
        Refuses(await _admin.GetAsync("admin/notifications/ntf_01m7wjge3rtq21mwemvxq20ew3"), 404, "not_found");
        Refuses(await _member.PostAsync("notifications/read", new { }), 400, "validation_failed");
        Refuses(await _member.PostAsync("notifications/read", new { ids = new[] { "x" } }), 400, "identifier_invalid");
        Refuses(await _member.GetAsync("notifications?unread=perhaps"), 400, "validation_failed");
        Refuses(await _member.GetAsync("notifications?kind=nonsense"), 400, "validation_failed");
        Refuses(await _member.GetAsync("notifications?cursor=nonsense"), 400, "validation_failed");
        await using var hub = await _member.ConnectAsync();
        var refused = await hub.Stream("WatchNotifications", "soon").NextAsync(Answer);
        Assert.Equal(("end", "validation_failed"), (refused.GetProperty("kind").GetString(), refused.GetProperty("code").GetString()));
    }

    private async Task TellEveryoneAsync(string title, string? projectId = null)
    {
        var started = await _admin.PostAsync("admin/notifications", new { title, text = "Text", projectId });
        Assert.Equal(202, (int)started.Status);
        var id = started.Expect().GetProperty("id").GetString();
        await Eventually.HoldsAsync(
            async () => (await _admin.GetAsync($"admin/notifications/{id}")).Expect().GetProperty("status").GetString() == "completed",
            Answer,
            "everyone is told");
    }

    private async Task<int> UnreadAsync() => (await _member.GetAsync("notifications/unread-count")).Expect().GetProperty("unread").GetInt32();

    private async Task<JsonElement> ListAsync(string query) => (await _member.GetAsync("notifications" + query)).Expect();

    private static void Refuses(ApiReply reply, int status, string code) => Assert.Equal((status, code), ((int)reply.Status, reply.Problem().Code));
}
