using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Templates;

[Collection(RunningServer.Collection)]
public sealed class TemplateTests(RunningServer server) : IAsyncLifetime
{
    private ApiClient _owner = null!;
    private ApiClient _viewer = null!;
    private ApiClient _stranger = null!;
    private string _project = "";

    public async Task InitializeAsync()
    {
        _owner = await ApiClient.RegisterAsync(server.Address, "owner");
        _viewer = await ApiClient.RegisterAsync(server.Address, "viewer");
        _stranger = await ApiClient.RegisterAsync(server.Address, "stranger");
        _project = await _owner.CreateProjectAsync("Site");
        await _owner.AddMemberAsync(_project, _viewer, "viewer");
    }

    public Task DisposeAsync()
    {
        _owner.Dispose();
        _viewer.Dispose();
        _stranger.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Every_shipped_template_shows_itself_and_makes_a_design()
    {
        var templates = (await _stranger.GetAsync("templates")).Expect().GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(6, templates.Count);
        foreach (var template in templates)
        {
            var preview = await _viewer.GetAsync(template.GetProperty("preview").GetString()!);
            Assert.Equal((200, "image/svg+xml"), ((int)preview.Status, preview.ContentType));
            var made = await _owner.PostAsync($"projects/{_project}/designs/from-template", new { templateId = Id(template) });
            Assert.Equal(201, (int)made.Status);
            Assert.Equal(template.GetProperty("nodes").GetInt32(), made.Expect().GetProperty("nodes").GetArrayLength());
            Assert.Equal(template.GetProperty("name").GetString(), made.Expect().GetProperty("name").GetString());
        }

        Assert.Equal(2, await CountAsync(_viewer, "?kind=process"));
        Assert.Equal(1, await CountAsync(_viewer, "?category=marketing"));
        Assert.Equal(1, await CountAsync(_viewer, "?search=forgot"));
    }

    [Fact]
    public async Task A_design_saved_as_a_template_is_a_copy_of_its_own()
    {
        var design = await _owner.CreateDesignAsync(_project, "Checkout");
        (await _owner.SubmitAsync(design, Guid.NewGuid(), [JsonNode.Parse("""{"op":"node.add","node":{"id":"a","type":"ui.button","x":0,"y":0,"props":{}}}""")])).Expect();
        var saved = await _owner.PostAsync($"designs/{design}/template", new { name = "Our checkout", category = "shop" });
        Assert.Equal(201, (int)saved.Status);
        var template = saved.Expect();
        var empty = (await _owner.PostAsync($"designs/{design}/template", new { name = "Empty", revision = 1 })).Expect();
        Assert.Equal((1, 0), (template.GetProperty("nodes").GetInt32(), empty.GetProperty("nodes").GetInt32()));
        (await _owner.SendAsync(HttpMethod.Delete, $"designs/{design}")).Expect();

        Assert.Equal(8, await CountAsync(_viewer, $"?projectId={_project}"));
        Assert.Equal(1, await CountAsync(_viewer, $"?projectId={_project}&category=shop"));
        var made = (await _owner.PostAsync($"projects/{_project}/designs/from-template", new { templateId = Id(template), name = "Next" })).Expect();
        Assert.Equal(("Next", 1), (made.GetProperty("name").GetString(), made.GetProperty("nodes").GetArrayLength()));

        var path = $"templates/{Id(template)}";
        Assert.Equal("Better", (await _owner.SendAsync(HttpMethod.Patch, path, new { name = "Better", category = (string?)null })).Expect().GetProperty("name").GetString());
        Assert.False((await _viewer.GetAsync(path)).Expect().TryGetProperty("category", out _));
        Assert.Equal(204, (int)(await _owner.SendAsync(HttpMethod.Delete, path)).Status);
        Refuses(await _owner.GetAsync(path), 404, "not_found");
        Assert.Equal(7, await CountAsync(_viewer, $"?projectId={_project}"));
    }

    [Fact]
    public async Task Templates_are_refused_by_the_rules_of_their_roles()
    {
        using var visitor = new ApiClient(server.Address);
        var design = await _owner.CreateDesignAsync(_project, "Checkout");
        var template = Id((await _owner.PostAsync($"designs/{design}/template", new { name = "Ours" })).Expect());
        var shipped = Id((await _viewer.GetAsync("templates?limit=1")).Expect().GetProperty("items")[0]);
        Refuses(await visitor.GetAsync("templates"), 401, "unauthenticated");
        Refuses(await _stranger.GetAsync($"templates?projectId={_project}"), 404, "not_found");
        Refuses(await _stranger.GetAsync($"templates/{template}"), 404, "not_found");
        Refuses(await _stranger.GetAsync($"templates/{template}/preview"), 404, "not_found");
        Refuses(await _stranger.SendAsync(HttpMethod.Delete, $"templates/{template}"), 404, "not_found");
        Refuses(await _viewer.SendAsync(HttpMethod.Delete, $"templates/{template}"), 403, "forbidden");
        Refuses(await _viewer.SendAsync(HttpMethod.Patch, $"templates/{template}", new { name = "x" }), 403, "forbidden");
        Refuses(await _viewer.PostAsync($"designs/{design}/template", new { name = "x" }), 403, "forbidden");
        Refuses(await _viewer.PostAsync($"projects/{_project}/designs/from-template", new { templateId = shipped }), 403, "forbidden");
        Refuses(await _owner.SendAsync(HttpMethod.Delete, $"templates/{shipped}"), 403, "forbidden");
        Refuses(await _owner.SendAsync(HttpMethod.Patch, $"templates/{template}", new { name = " " }), 400, "validation_failed");
        Refuses(await _owner.PostAsync($"designs/{design}/template", new { name = "x", revision = 99 }), 404, "revision_unknown");
        Refuses(await _owner.PostAsync($"projects/{_project}/designs/from-template", new { templateId = "x" }), 400, "identifier_invalid");
        Refuses(await _owner.PostAsync($"projects/{_project}/designs/from-template", new { templateId = "tpl_01m7wjge3rtq21mwemvxq20ew3" }), 404, "not_found");
        Refuses(await _owner.GetAsync("templates?kind=nonsense"), 400, "validation_failed");
    }

    private static string Id(JsonElement json) => json.GetProperty("id").GetString()!;

    private static async Task<int> CountAsync(ApiClient by, string query) => (await by.GetAsync("templates" + query)).Expect().GetProperty("items").GetArrayLength();

    private static void Refuses(ApiReply reply, int status, string code) => Assert.Equal((status, code), ((int)reply.Status, reply.Problem().Code));
}
