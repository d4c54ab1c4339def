using System.Text.Json;

namespace Actors.Frontend.Tests.Http;

/// <summary>
/// What has a version is read once while it does not change (304), and a write that was thought of before somebody else's
/// is refused (412).
/// </summary>
[Collection(RunningServer.Collection)]
public sealed class EntityTagTests(RunningServer server) : IAsyncLifetime
{
    private string _owner = "";
    private string _project = "";
    private string _design = "";

    public async Task InitializeAsync()
    {
        _owner = await SignUpAsync();
        _project = Id(await MakeAsync("/api/v1/projects", """{"name":"Tags"}"""));
        _design = Id(await MakeAsync($"/api/v1/projects/{_project}/designs", """{"name":"Tags","kind":"wireframe"}"""));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_thread_changes_with_each_comment()
    {
        var thread = await MakeAsync($"/api/v1/designs/{_design}/comments", """{"text":"One"}""");
        var path = $"/api/v1/designs/{_design}/comments/{Id(thread)}";
        var comment = $"{path}/replies/{Id(thread.GetProperty("comments")[0])}";
        var old = await ReadAsync(path);
        await WriteAsync("POST", $"{path}/replies", """{"text":"Two"}""", old);

        await LosesAsync("POST", $"{path}/replies", """{"text":"Three"}""", old);
        await LosesAsync("PATCH", comment, """{"text":"Other"}""", old);
        await LosesAsync("DELETE", comment, null, old);
        await LosesAsync("POST", $"{path}/resolve", null, old);
        await LosesAsync("POST", $"{path}/reopen", null, old);
        var edited = await WriteAsync("PATCH", comment, """{"text":"Other"}""", await ReadAsync(path));
        var settled = await WriteAsync("POST", $"{path}/resolve", null, edited);
        await WriteAsync("POST", $"{path}/reopen", null, settled);
        await WriteAsync("DELETE", comment, null, await ReadAsync(path));
    }

    [Fact]
    public async Task A_personal_token_changes_with_its_use_and_no_writer_minds()
    {
        var created = await MakeAsync("/api/v1/auth/tokens", """{"name":"Script","scopes":["read"]}""");
        var path = $"/api/v1/auth/tokens/{Id(created)}";
        var unused = await ReadAsync(path);
        using (var use = await server.SendAsync("GET", "/api/v1/auth/me", token: created.GetProperty("token").GetString()))
            Assert.Equal(200, (int)use.StatusCode);

        await TestKit.Server.Eventually.HoldsAsync(async () => await ReadAsync(path) != unused, TimeSpan.FromSeconds(20), "the use is noted");
    }

    [Fact]
    public async Task An_invitation_changes_when_somebody_joins()
    {
        var created = await MakeAsync($"/api/v1/projects/{_project}/invitations", """{"role":"viewer","maximumUses":5}""");
        var path = $"/api/v1/projects/{_project}/invitations/{Id(created)}";
        var old = await ReadAsync(path);
        var guest = await SignUpAsync();
        using (var joined = await server.SendAsync("POST", $"/api/v1/invitations/{created.GetProperty("token").GetString()}/accept", token: guest))
            Assert.Equal(200, (int)joined.StatusCode);

        await LosesAsync("DELETE", path, null, old);
        await WriteAsync("DELETE", path, null, await ReadAsync(path));
    }

    [Fact]
    public async Task A_project_is_handed_over_only_as_it_was_read()
    {
        var guest = await server.RegisterAsync("Heir");
        var heir = Id(guest.Answer.GetProperty("user"));
        await MakeAsync($"/api/v1/projects/{_project}/members", $$"""{"accountId":"{{heir}}","role":"editor"}""");
        var path = $"/api/v1/projects/{_project}";
        var old = await ReadAsync(path);
        await WriteAsync("PATCH", path, """{"description":"Changed"}""", old);

        await LosesAsync("POST", $"{path}/transfer", $$"""{"accountId":"{{heir}}"}""", old);
        await WriteAsync("POST", $"{path}/transfer", $$"""{"accountId":"{{heir}}"}""", await ReadAsync(path));
    }

    [Fact]
    public async Task An_account_changes_with_its_name_and_not_with_a_login()
    {
        var (answer, email) = await server.RegisterAsync();
        _owner = answer.GetProperty("accessToken").GetString()!;
        var old = await ReadAsync("/api/v1/auth/me");
        using (var login = await server.SendAsync("POST", "/api/v1/auth/login", $$"""{"email":"{{email}}","password":"{{RunningServer.Password}}"}"""))
            Assert.Equal(200, (int)login.StatusCode);

        Assert.Equal(old, await ReadAsync("/api/v1/auth/me"));
        var renamed = await WriteAsync("PATCH", "/api/v1/auth/me", """{"name":"Grace"}""", old);
        await LosesAsync("PATCH", "/api/v1/auth/me", """{"name":"Other"}""", old);
        await WriteAsync("PATCH", "/api/v1/auth/me", """{"name":"Other"}""", renamed);
    }

    [Fact]
    public async Task A_design_is_restored_put_right_and_deleted_only_as_it_was_read()
    {
        var path = $"/api/v1/designs/{_design}";
        var old = await ReadAsync(path);
        var node = await server.SendAsync("POST", $"{path}/nodes", """{"id":"a","type":"text","x":0,"y":0,"props":{"text":"A"}}""", _owner);
        Assert.Equal(201, (int)node.StatusCode);

        await LosesAsync("POST", $"{path}/restore", """{"revision":1}""", old);
        await LosesAsync("DELETE", path, null, old);
        await WriteAsync("POST", $"{path}/restore", """{"revision":1}""", await ReadAsync(path));
        await WriteAsync("DELETE", path, null, await ReadAsync(path));
    }

    /// <summary>The entity tag, when the answer has one and is 304 to who has it already.</summary>
    private async Task<string> ReadAsync(string path)
    {
        while (true)
        {
            using var first = await server.SendAsync("GET", path, token: _owner);
            await RunningServer.ReadAsync(first, 200);
            var tag = first.Headers.ETag?.ToString() ?? throw new InvalidOperationException($"{path} has no entity tag.");
            using var again = await server.SendAsync("GET", path, token: _owner, headers: ("If-None-Match", tag));

            // What changed in between is read again.
            if ((int)again.StatusCode == 200 && again.Headers.ETag?.ToString() != tag)
                continue;

            Assert.Equal(304, (int)again.StatusCode);
            Assert.Equal(tag, again.Headers.ETag?.ToString());
            using var other = await server.SendAsync("GET", path, token: _owner, headers: ("If-None-Match", "\"v987654321\""));
            Assert.Equal(200, (int)other.StatusCode);
            return tag;
        }
    }

    /// <summary>The new tag, when the answer has one.</summary>
    private async Task<string> WriteAsync(string method, string path, string? body, string tag)
    {
        using var response = await server.SendAsync(method, path, body, _owner, headers: ("If-Match", tag));
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return response.Headers.ETag?.ToString() ?? "";
    }

    private async Task LosesAsync(string method, string path, string? body, string tag)
    {
        using var response = await server.SendAsync(method, path, body, _owner, headers: ("If-Match", tag));
        await RunningServer.RefusesAsync(response, 412, "precondition_failed");
    }

    private async Task<JsonElement> MakeAsync(string path, string body)
    {
        using var response = await server.SendAsync("POST", path, body, _owner);
        return await RunningServer.ReadAsync(response, 201);
    }

    private async Task<string> SignUpAsync() => (await server.RegisterAsync()).Answer.GetProperty("accessToken").GetString()!;

    private static string Id(JsonElement resource) => resource.GetProperty("id").GetString()!;
}
