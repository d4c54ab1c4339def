using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Administration;

/// <summary>A server of its own, so that the administrator is known; new accounts need an invitation.</summary>
public sealed class AccountAdministrationTests : IAsyncLifetime, IDisposable
{
    private const string Password = "correct Horse 7";

    private ServerProcess _server = null!;
    private ApiClient _admin = null!;
    private ApiClient _visitor = null!;
    private string _adminId = "";
    private string _project = "";

    public async Task InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string>
            {
                ["Accounts__PasswordIterations"] = "1000",
                ["Accounts__Registration"] = "invited",
                ["RateLimits__Enabled"] = "false",
            },
        });
        _visitor = new ApiClient(_server.Address);
        var first = (await RegisterAsync("root@example.org", null)).Expect();
        _admin = Client(first);
        _adminId = Id(first);
        _project = await _admin.CreateProjectAsync("Site");
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _admin.Dispose();
        _visitor.Dispose();
    }

    [Fact]
    public async Task Only_the_invited_register_and_administrators_manage_them()
    {
        Refuses(await RegisterAsync("bob@example.org", null), 403, "invitation_needed");
        Refuses(await RegisterAsync("bob@example.org", "nonsense"), 403, "invitation_needed");
        var link = (await _admin.PostAsync($"projects/{_project}/invitations", new { role = "viewer" })).Expect().GetProperty("token").GetString();
        var bob = (await RegisterAsync("bob@example.org", link)).Expect();
        (await _admin.PostAsync($"projects/{_project}/invitations", new { email = "ann@example.org", role = "viewer" })).Expect();
        var ann = (await RegisterAsync("ann@example.org", null)).Expect();
        using var member = Client(bob);
        Refuses(await member.GetAsync("admin/accounts"), 403, "forbidden");
        Refuses(await member.PostAsync("auth/tokens", new { name = "x", scopes = new[] { "admin" } }), 403, "forbidden");

        await ListsAsync("", "ann", "bob", "root");
        await ListsAsync("?search=BOB@example", "bob");
        await ListsAsync("?role=admin", "root");
        await ListsAsync("?status=disabled");
        Refuses(await _admin.GetAsync("admin/accounts?status=asleep"), 400, "validation_failed");
        Refuses(await _admin.GetAsync("admin/accounts/usr_00000000000000000000000000"), 404, "not_found");

        await AnAccountIsChangedOnlyAsItWasReadAsync(Id(ann));
        await DisabledAccountsAreShutOutAsync(bob, member);
        await TheLastAdministratorStaysAsync(Id(ann));
        await AResetSetsANewPasswordOnceAsync(ann);
        await AnUnlockEndsALockoutAsync(Id(ann));
        await TokensNeedTheScopeAdminAsync();
    }

    private async Task AnAccountIsChangedOnlyAsItWasReadAsync(string id)
    {
        var path = $"admin/accounts/{id}";
        var old = (await _admin.GetAsync(path)).EntityTag!;
        Assert.Equal(304, (int)(await _admin.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", old))).Status);
        (await LogInAsync("ann@example.org", Password)).Expect();
        var used = (await _admin.GetAsync(path)).EntityTag!;
        Assert.NotEqual(old, used);

        // A login is seen by who reads, and does not stand in the way of who writes.
        var promoted = await _admin.SendAsync(HttpMethod.Patch, path, new { role = "admin", disabled = false }, ("If-Match", old));
        Assert.Equal("admin", promoted.Expect().GetProperty("role").GetString());
        Refuses(await _admin.SendAsync(HttpMethod.Patch, path, new { role = "member" }, ("If-Match", old)), 412, "precondition_failed");
        (await _admin.SendAsync(HttpMethod.Patch, path, new { role = "member", disabled = false }, ("If-Match", promoted.EntityTag!))).Expect();
    }

    private async Task DisabledAccountsAreShutOutAsync(JsonElement bob, ApiClient member)
    {
        var token = (await member.PostAsync("auth/tokens", new { name = "x", scopes = new[] { "read" } })).Expect().GetProperty("token").GetString();
        using var script = new ApiClient(_server.Address, token);
        (await script.GetAsync("auth/me")).Expect();

        var disabled = (await ChangeAsync(Id(bob), new { disabled = true })).Expect();

        Assert.Equal(("disabled", 0, 0), (disabled.GetProperty("status").GetString(), disabled.GetProperty("sessions").GetInt32(), disabled.GetProperty("tokens").GetInt32()));
        Refuses(await member.GetAsync("auth/me"), 401, "unauthenticated");
        Refuses(await script.GetAsync("auth/me"), 401, "unauthenticated");
        Refuses(await _visitor.PostAsync("auth/refresh", new { refreshToken = bob.GetProperty("refreshToken").GetString() }), 401, "refresh_token_invalid");
        Refuses(await LogInAsync("bob@example.org", Password), 403, "account_disabled");
        Refuses(await LogInAsync("bob@example.org", "a wrong password"), 401, "invalid_credentials");
        await ListsAsync("?status=disabled", "bob");
        (await ChangeAsync(Id(bob), new { disabled = false })).Expect();
        using var back = Client((await LogInAsync("bob@example.org", Password)).Expect());
        (await _admin.SendAsync(HttpMethod.Delete, $"admin/accounts/{Id(bob)}/sessions")).Expect();
        Refuses(await back.GetAsync("auth/me"), 401, "unauthenticated");
    }

    private async Task TheLastAdministratorStaysAsync(string annId)
    {
        Refuses(await ChangeAsync(_adminId, new { role = "member" }), 409, "last_administrator");
        Refuses(await ChangeAsync(_adminId, new { disabled = true }), 409, "last_administrator");
        Refuses(await ChangeAsync(annId, new { role = "king" }), 400, "validation_failed");
        (await ChangeAsync(annId, new { role = "admin" })).Expect();
        await ListsAsync("?role=admin", "ann", "root");

        // Each demotes the other at the same time: one of the two stays.
        var replies = await Task.WhenAll(ChangeAsync(annId, new { role = "member" }), ChangeAsync(_adminId, new { role = "member" }));
        var demoted = Assert.Single(replies, reply => reply.IsSuccess);
        var refused = Assert.Single(replies, reply => !reply.IsSuccess);
        if (demoted.Body.GetProperty("id").GetString() == annId)
        {
            Refuses(refused, 409, "last_administrator");
            return;
        }

        // Ann is the last one now, and gives the role back.
        using var ann = Client((await LogInAsync("ann@example.org", Password)).Expect());
        (await ann.SendAsync(HttpMethod.Patch, $"admin/accounts/{_adminId}", new { role = "admin" })).Expect();
        (await ann.SendAsync(HttpMethod.Patch, $"admin/accounts/{annId}", new { role = "member" })).Expect();
    }

    private async Task AResetSetsANewPasswordOnceAsync(JsonElement account)
    {
        using var ann = Client(account);
        var first = (await _admin.PostAsync($"admin/accounts/{Id(account)}/password-reset", new { })).Expect();
        var reset = (await _admin.PostAsync($"admin/accounts/{Id(account)}/password-reset", new { })).Expect();
        Assert.Equal("/api/v1/auth/password/reset", reset.GetProperty("path").GetString());
        var token = reset.GetProperty("token").GetString();
        Refuses(await ResetAsync(first.GetProperty("token").GetString(), "another Horse 8"), 401, "reset_token_invalid");
        Refuses(await ResetAsync("nonsense", "another Horse 8"), 401, "reset_token_invalid");
        Refuses(await ResetAsync(token, "short"), 400, "password_too_weak");
        (await ResetAsync(token, "another Horse 8")).Expect();
        Refuses(await ResetAsync(token, "another Horse 9"), 401, "reset_token_invalid");
        Refuses(await ann.GetAsync("auth/me"), 401, "unauthenticated");
        Refuses(await LogInAsync("ann@example.org", Password), 401, "invalid_credentials");
        (await LogInAsync("ann@example.org", "another Horse 8")).Expect();
    }

    private async Task AnUnlockEndsALockoutAsync(string annId)
    {
        for (var i = 0; i < 5; i++)
            await LogInAsync("ann@example.org", "a wrong password");

        Refuses(await LogInAsync("ann@example.org", "another Horse 8"), 429, "account_locked");
        Assert.Equal(JsonValueKind.String, (await _admin.GetAsync($"admin/accounts/{annId}")).Expect().GetProperty("lockedUntil").ValueKind);
        (await _admin.PostAsync($"admin/accounts/{annId}/unlock", new { })).Expect();
        (await LogInAsync("ann@example.org", "another Horse 8")).Expect();
    }

    private async Task TokensNeedTheScopeAdminAsync()
    {
        using var plain = new ApiClient(_server.Address, await TokenAsync("read"));
        using var full = new ApiClient(_server.Address, await TokenAsync("admin"));
        Refuses(await plain.GetAsync("admin/accounts"), 403, "scope_missing");
        (await full.GetAsync("admin/accounts")).Expect();
        Refuses(await full.GetAsync("projects"), 403, "scope_missing");

        async Task<string?> TokenAsync(string scope) =>
            (await _admin.PostAsync("auth/tokens", new { name = scope, scopes = new[] { scope } })).Expect().GetProperty("token").GetString();
    }

    private async Task ListsAsync(string query, params string[] names)
    {
        var items = (await _admin.GetAsync("admin/accounts" + query)).Expect().GetProperty("items").EnumerateArray();
        Assert.Equal(names, items.Select(item => item.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
    }

    private Task<ApiReply> RegisterAsync(string email, string? invitationToken) =>
        _visitor.PostAsync("auth/register", new { email, password = Password, name = email.Split('@')[0], invitationToken });

    private Task<ApiReply> LogInAsync(string email, string password) => _visitor.PostAsync("auth/login", new { email, password });

    private Task<ApiReply> ResetAsync(string? token, string next) => _visitor.PostAsync("auth/password/reset", new { token, @new = next });

    private Task<ApiReply> ChangeAsync(string accountId, object body) => _admin.SendAsync(HttpMethod.Patch, $"admin/accounts/{accountId}", body);

    private ApiClient Client(JsonElement signedIn) => new(_server.Address, signedIn.GetProperty("accessToken").GetString());

    private static string Id(JsonElement signedIn) => signedIn.GetProperty("user").GetProperty("id").GetString()!;

    private static void Refuses(ApiReply reply, int status, string code) => Assert.Equal((status, code), ((int)reply.Status, reply.Problem().Code));
}
