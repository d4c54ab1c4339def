using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Administration;

public sealed class LiveAdministrationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_administrator_sees_who_is_connected_to_which_room_and_how_much_they_were_sent()
    {
        await using var server = await ServerProcess.StartAsync(new ServerOptions { Settings = new Dictionary<string, string> { ["Accounts__PasswordIterations"] = "1000" } });
        using var administrator = await ApiClient.RegisterAsync(server.Address, "first");
        using var member = await ApiClient.RegisterAsync(server.Address, "second");
        var project = await administrator.CreateProjectAsync("Busy");
        await using var one = await administrator.ConnectAsync();
        await using var two = await administrator.ConnectAsync();
        _ = one.Stream("WatchRoom", project, null);
        _ = two.Stream("WatchRoom", project, null);

        await Eventually.HoldsAsync(
            async () => (await administrator.GetAsync("admin/live")).Expect().GetProperty("streams").GetProperty("room").GetInt32() == 2, Patience, "two streams of rooms");
        var live = (await administrator.GetAsync("admin/live")).Expect();
        Assert.Equal(2, live.GetProperty("connections").GetInt32());
        Assert.Equal(1, live.GetProperty("accounts").GetInt32());
        Assert.Equal(1, live.GetProperty("feeds").GetProperty("rooms").GetInt32());
        Assert.True(live.GetProperty("messagesReceived").GetInt64() >= 2);

        var room = Assert.Single((await administrator.GetAsync("admin/live/rooms")).Expect().GetProperty("items").EnumerateArray());
        Assert.Equal(project, room.GetProperty("projectId").GetString());
        Assert.Equal(2, room.GetProperty("connections").GetInt32());
        Assert.Equal(1, room.GetProperty("people").GetInt32());

        var first = (await administrator.GetAsync("admin/live/connections?limit=1&sort=connectedAt")).Expect();
        var second = (await administrator.GetAsync($"admin/live/connections?limit=1&sort=connectedAt&cursor={first.GetProperty("nextCursor").GetString()}")).Expect();
        Assert.NotEqual(first.GetProperty("items")[0].GetProperty("id").GetString(), second.GetProperty("items")[0].GetProperty("id").GetString());
        await Eventually.HoldsAsync(
            async () => (await administrator.GetAsync("admin/live/connections?sort=framesSent")).Expect().GetProperty("items")[0].GetProperty("framesSent").GetInt64() >= 1, Patience, "a frame to each");
        Assert.Single((await administrator.GetAsync($"admin/live/rooms?sort=people&search={project[..20]}&accountId={administrator.AccountId}")).Expect().GetProperty("items").EnumerateArray());
        Assert.Empty((await administrator.GetAsync($"admin/live/rooms?accountId={member.AccountId}")).Expect().GetProperty("items").EnumerateArray());
        Assert.Equal(2, (await administrator.GetAsync($"admin/live/connections?accountId={administrator.AccountId}")).Expect().GetProperty("items").GetArrayLength());
        Assert.Empty((await administrator.GetAsync($"admin/live/connections?accountId={member.AccountId}")).Expect().GetProperty("items").EnumerateArray());
        Assert.Equal("identifier_invalid", (await administrator.GetAsync("admin/live/rooms?accountId=me")).Problem().Code);
        Assert.Equal("validation_failed", (await administrator.GetAsync("admin/live/connections?cursor=forged")).Problem().Code);
        Assert.Equal("forbidden", (await member.GetAsync("admin/live")).Problem().Code);
    }
}
