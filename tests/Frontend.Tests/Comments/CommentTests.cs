using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Comments;

[Collection(RunningServer.Collection)]
public sealed class CommentTests(RunningServer server) : IAsyncLifetime
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(20);

    private ApiClient _owner = null!;
    private ApiClient _commenter = null!;
    private ApiClient _viewer = null!;
    private string _project = "";
    private string _comments = "";
    private string _design = "";

    public async Task InitializeAsync()
    {
        _owner = await ApiClient.RegisterAsync(server.Address, "owner");
        _commenter = await ApiClient.RegisterAsync(server.Address, "commenter");
        _viewer = await ApiClient.RegisterAsync(server.Address, "viewer");
        _project = await _owner.CreateProjectAsync("Site");
        await _owner.AddMemberAsync(_project, _commenter, "commenter");
        await _owner.AddMemberAsync(_project, _viewer, "viewer");
        _design = await _owner.CreateDesignAsync(_project, "Checkout");
        _comments = $"designs/{_design}/comments";
        (await SubmitAsync("""{"op":"node.add","node":{"id":"button","type":"ui.button","x":10,"y":20,"props":{}}}""")).Expect();
    }

    public Task DisposeAsync()
    {
        _owner.Dispose();
        _commenter.Dispose();
        _viewer.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_thread_is_begun_answered_settled_and_found()
    {
        var thread = await StartAsync(_commenter, new { anchor = new { nodeId = "button" }, text = "Is this the right colour?" });
        Assert.Equal(10, thread.GetProperty("anchor").GetProperty("x").GetDouble());
        var id = Id(thread);
        Assert.Equal(2, (await _owner.PostAsync($"{_comments}/{id}/replies", new { text = "Yes." })).Expect().GetProperty("comments").GetArrayLength());
        Assert.Equal(thread.GetProperty("id").GetString(), Id((await _viewer.GetAsync($"{_comments}/{id}")).Expect()));
        await StartAsync(_owner, new { anchor = new { x = 5, y = 6 }, text = "Here" });
        await StartAsync(_owner, new { text = "All of it" });

        (await _commenter.PostAsync($"{_comments}/{id}/resolve", new { })).Expect();
        Assert.Equal(1, await CountAsync("?resolved=true"));
        Assert.Equal(2, await CountAsync("?resolved=false"));
        Assert.Equal(1, await CountAsync("?nodeId=button"));
        Assert.Equal(1, await CountAsync($"?author={_commenter.AccountId}"));
        Assert.Equal(1, await CountAsync("?search=COLOUR"));
        Assert.Equal(3, await CountAsync("?sort=updatedAt"));
        Assert.False((await _commenter.PostAsync($"{_comments}/{id}/reopen", new { })).Expect().TryGetProperty("resolved", out _));
    }

    [Fact]
    public async Task Mentions_and_replies_notify_and_only_members_can_be_mentioned()
    {
        using var stranger = await ApiClient.RegisterAsync(server.Address, "stranger");
        Refuses(await _owner.PostAsync(_comments, new { text = $"@[S]({stranger.AccountId})" }), 400, "validation_failed");
        Refuses(await _owner.PostAsync(_comments, new { text = "x", mentions = new[] { "usr_x" } }), 400, "identifier_invalid");

        var id = Id(await StartAsync(_owner, new { text = $"@[V]({_viewer.AccountId}) look", mentions = new[] { _commenter.AccountId } }));
        var told = Assert.Single((await _viewer.GetAsync("notifications?kind=mention")).Expect().GetProperty("items").EnumerateArray());
        Assert.Equal(("@V look", id, _project), (told.GetProperty("text").GetString(), told.GetProperty("subject").GetProperty("threadId").GetString(), told.GetProperty("projectId").GetString()));
        Assert.Equal(1, await CountAsync($"?mention={_commenter.AccountId}"));

        (await _commenter.PostAsync($"{_comments}/{id}/replies", new { text = "I see" })).Expect();
        Assert.Single((await _owner.GetAsync("notifications?kind=comment.reply")).Expect().GetProperty("items").EnumerateArray());
        Assert.Empty((await stranger.GetAsync("notifications")).Expect().GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Comments_change_by_the_rules_of_their_roles()
    {
        var thread = await StartAsync(_commenter, new { text = "First" });
        var path = $"{_comments}/{Id(thread)}";
        var mine = $"{path}/replies/{thread.GetProperty("comments")[0].GetProperty("id").GetString()}";
        using var stranger = await ApiClient.RegisterAsync(server.Address, "stranger");
        using var visitor = new ApiClient(server.Address);
        Refuses(await visitor.GetAsync(_comments), 401, "unauthenticated");
        Refuses(await stranger.GetAsync(_comments), 404, "not_found");
        Refuses(await stranger.PostAsync(_comments, new { text = "x" }), 404, "not_found");
        Refuses(await _viewer.PostAsync(_comments, new { text = "x" }), 403, "forbidden");
        Refuses(await _viewer.PostAsync($"{path}/resolve", new { }), 403, "forbidden");
        Refuses(await _owner.SendAsync(HttpMethod.Patch, mine, new { text = "x" }), 403, "forbidden");
        Refuses(await _commenter.PostAsync(_comments, new { text = " " }), 400, "validation_failed");
        Refuses(await _commenter.PostAsync(_comments, new { text = "x", anchor = new { nodeId = "none" } }), 400, "validation_failed");
        Refuses(await _commenter.PostAsync(_comments, new { text = "x", anchor = new { x = 1 } }), 400, "validation_failed");
        Refuses(await _commenter.GetAsync($"{_comments}?since=never"), 400, "validation_failed");
        Refuses(await _commenter.PostAsync($"{_comments}/thr_01m7wjge3rtq21mwemvxq20ew3/replies", new { text = "x" }), 404, "not_found");

        var edited = (await _commenter.SendAsync(HttpMethod.Patch, mine, new { text = "Better" })).Expect();
        Assert.Equal("Better", edited.GetProperty("comments")[0].GetProperty("text").GetString());
        Assert.Equal(204, (int)(await _owner.SendAsync(HttpMethod.Delete, mine)).Status);
        Refuses(await _owner.GetAsync(path), 404, "not_found");
        var since = (await _viewer.GetAsync($"{_comments}?since=0")).Expect();
        Assert.Equal(Id(thread), Assert.Single(since.GetProperty("removed").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task A_thread_outlives_its_node_and_says_where_it_was()
    {
        var id = Id(await StartAsync(_commenter, new { anchor = new { nodeId = "button" }, text = "This one" }));
        (await SubmitAsync("""{"op":"node.set","id":"button","patch":{"x":300,"y":400}}""")).Expect();
        (await SubmitAsync("""{"op":"node.remove","id":"button"}""")).Expect();
        var orphan = (await _viewer.GetAsync($"{_comments}/{id}")).Expect();
        Assert.True(orphan.GetProperty("orphaned").GetBoolean());
        Assert.Equal((300, 400), (orphan.GetProperty("anchor").GetProperty("x").GetDouble(), orphan.GetProperty("anchor").GetProperty("y").GetDouble()));

        (await _owner.PostAsync($"designs/{_design}/undo", new { })).Expect();
        Assert.False((await _viewer.GetAsync($"{_comments}/{id}")).Expect().GetProperty("orphaned").GetBoolean());
    }

    [Fact]
    public async Task A_room_shows_comments_at_once_and_a_version_tells_what_was_missed()
    {
        await using var hub = await _viewer.ConnectAsync();
        var room = hub.Stream("WatchRoom", _project, null);
        await room.NextAsync(Wait);
        var first = Id(await StartAsync(_commenter, new { text = "Live" }));
        JsonElement frame;
        do
        {
            frame = await room.NextAsync(Wait);
        }
        while (frame.GetProperty("kind").GetString() != "comments");

        Assert.Equal((_design, first), (frame.GetProperty("designId").GetString(), Id(Assert.Single(frame.GetProperty("threads").EnumerateArray()))));
        var second = Id(await StartAsync(_owner, new { text = "Later" }));
        var missed = (await _viewer.GetAsync($"{_comments}?since={frame.GetProperty("version").GetInt64()}")).Expect();
        Assert.Equal(second, Id(Assert.Single(missed.GetProperty("items").EnumerateArray())));
    }

    private static string Id(JsonElement json) => json.GetProperty("id").GetString()!;

    private static void Refuses(ApiReply reply, int status, string code) => Assert.Equal((status, code), ((int)reply.Status, reply.Problem().Code));

    private async Task<JsonElement> StartAsync(ApiClient by, object body)
    {
        var reply = await by.PostAsync(_comments, body);
        Assert.Equal((201, reply.Text), ((int)reply.Status, reply.Text));
        return reply.Expect();
    }

    private async Task<int> CountAsync(string query) => (await _viewer.GetAsync(_comments + query)).Expect().GetProperty("items").GetArrayLength();

    private Task<ApiReply> SubmitAsync(string operation) => _owner.SubmitAsync(_design, Guid.NewGuid(), [JsonNode.Parse(operation)]);
}
