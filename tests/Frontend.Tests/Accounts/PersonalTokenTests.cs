using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Accounts;

[Collection(RunningServer.Collection)]
public sealed class PersonalTokenTests(RunningServer server) : IAsyncLifetime
{
    private ApiClient _ann = null!;

    public async Task InitializeAsync() => _ann = await ApiClient.RegisterAsync(server.Address, "ann");

    public Task DisposeAsync()
    {
        _ann.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_token_is_shown_once_acts_for_its_account_and_stops_at_once()
    {
        var created = await CreateAsync("read", "write");
        using var script = Script(created);
        Assert.StartsWith("act_", script.Token, StringComparison.Ordinal);
        Assert.Equal(_ann.AccountId, (await script.GetAsync("auth/me")).Expect().GetProperty("id").GetString());
        await script.CreateProjectAsync("By script");

        var id = created.GetProperty("id").GetString();
        var listed = await _ann.GetAsync("auth/tokens");
        Assert.DoesNotContain(script.Token!, listed.Text, StringComparison.Ordinal);
        Assert.Equal(["read", "write"], listed.Body.GetProperty("items")[0].GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        await Eventually.HoldsAsync(
            async () => (await _ann.GetAsync($"auth/tokens/{id}")).Expect().TryGetProperty("lastUsedAt", out var used) && used.ValueKind == JsonValueKind.String,
            TimeSpan.FromSeconds(10),
            "the use of the token is noted");

        (await _ann.SendAsync(HttpMethod.Delete, $"auth/tokens/{id}")).Expect();
        Refuses(await script.GetAsync("auth/me"), 401, "unauthenticated");
        Refuses(await _ann.SendAsync(HttpMethod.Delete, $"auth/tokens/{id}"), 404, "not_found");
    }

    [Fact]
    public async Task A_scope_that_is_missing_is_named()
    {
        using var reader = Script(await CreateAsync("read"));
        using var writer = Script(await CreateAsync("write"));
        (await reader.GetAsync("projects")).Expect();
        var refused = await reader.PostAsync("projects", new { name = "x" });
        Refuses(refused, 403, "scope_missing");
        Assert.Contains("write", refused.Problem().Detail, StringComparison.Ordinal);
        Refuses(await writer.GetAsync("projects"), 403, "scope_missing");
        (await writer.PostAsync("projects", new { name = "x" })).Expect();
        Refuses(await reader.GetAsync("admin/accounts"), 403, "scope_missing");
    }

    [Fact]
    public async Task Scopes_count_over_the_hub_and_revocation_ends_its_streams()
    {
        var project = await _ann.CreateProjectAsync("Site");
        var design = await _ann.CreateDesignAsync(project, "Page");
        var created = await CreateAsync("read");
        using var reader = Script(created);
        await using var hub = await reader.ConnectAsync();
        var frames = hub.Stream("WatchDesign", design, null);
        await frames.NextAsync(TimeSpan.FromSeconds(10));
        var batch = new JsonObject { ["batchId"] = Guid.NewGuid().ToString(), ["baseRevision"] = 0, ["operations"] = new JsonArray(new JsonObject { ["op"] = "node.remove", ["id"] = "none" }) };
        var refused = await hub.InvokeAsync("Submit", design, batch);
        Assert.Equal("scope_missing", refused.GetProperty("error").GetProperty("code").GetString());

        (await _ann.SendAsync(HttpMethod.Delete, $"auth/tokens/{created.GetProperty("id").GetString()}")).Expect();

        JsonElement frame;
        do
        {
            frame = await frames.NextAsync(TimeSpan.FromSeconds(10));
        }
        while (frame.GetProperty("kind").GetString() != "end");
        Assert.Equal("unauthenticated", frame.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_token_manages_neither_tokens_nor_sessions_nor_the_password()
    {
        using var script = Script(await CreateAsync("read", "write", "run"));
        Refuses(await script.GetAsync("auth/tokens"), 403, "session_required");
        Refuses(await script.PostAsync("auth/tokens", new { name = "more", scopes = new[] { "read" } }), 403, "session_required");
        Refuses(await script.GetAsync("auth/sessions"), 403, "session_required");
        Refuses(await script.SendAsync(HttpMethod.Delete, "auth/sessions"), 403, "session_required");
        Refuses(await script.SendAsync(HttpMethod.Put, "auth/password", new { current = "x", @new = "y" }), 403, "session_required");
    }

    [Fact]
    public async Task A_token_is_refused_for_its_rules()
    {
        Refuses(await _ann.PostAsync("auth/tokens", new { name = "", scopes = new[] { "read" } }), 400, "validation_failed");
        Refuses(await _ann.PostAsync("auth/tokens", new { name = "x", scopes = Array.Empty<string>() }), 400, "validation_failed");
        Refuses(await _ann.PostAsync("auth/tokens", new { name = "x", scopes = new[] { "everything" } }), 400, "validation_failed");
        Refuses(await _ann.PostAsync("auth/tokens", new { name = "x", scopes = new[] { "read" }, expiresInDays = 0 }), 400, "validation_failed");
        using var forged = new ApiClient(server.Address, "act_" + new string('0', 95));
        Refuses(await forged.GetAsync("auth/me"), 401, "unauthenticated");
    }

    private async Task<JsonElement> CreateAsync(params string[] scopes) => (await _ann.PostAsync("auth/tokens", new { name = "script", scopes })).Expect();

    private ApiClient Script(JsonElement created) => new(server.Address, created.GetProperty("token").GetString());

    private static void Refuses(ApiReply reply, int status, string code) => Assert.Equal((status, code), ((int)reply.Status, reply.Problem().Code));
}
