using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Accounts;

/// <summary>What an installation decides about accounts, by its settings alone.</summary>
public sealed class AccountSettingsTests
{
    [Fact]
    public async Task Passwords_and_lockout_are_as_the_settings_say()
    {
        await using var server = await StartAsync(new Dictionary<string, string>
        {
            ["Accounts__PasswordMinimumLength"] = "12",
            ["Accounts__PasswordPlainLength"] = "14",
            ["Accounts__PasswordMinimumKinds"] = "2",
            ["Accounts__FailuresBeforeLockout"] = "2",
            ["Accounts__FirstLockout"] = "00:07:00",
        });
        using var http = Client(server);
        foreach (var weak in new[] { "violet kett", "violetkettle" })
            await RunningServer.RefusesAsync(await RegisterAsync(http, "ada@example.org", weak), 400, "password_too_weak");

        var session = (await RunningServer.ReadAsync(await RegisterAsync(http, "ada@example.org", "violet kettle"), 201)).GetProperty("accessToken").GetString();
        await RunningServer.ReadAsync(await RegisterAsync(http, "eve@example.org", "violetkettlepot"), 201);

        for (var i = 0; i < 2; i++)
            await RunningServer.RefusesAsync(await LogInAsync(http, "ada@example.org", "wrong"), 401, "invalid_credentials");

        using var locked = await LogInAsync(http, "ada@example.org", "violet kettle");
        await RunningServer.RefusesAsync(locked, 429, "account_locked");
        Assert.InRange(locked.Headers.RetryAfter?.Delta?.TotalMinutes ?? 0, 5, 7);

        using var me = new HttpRequestMessage(HttpMethod.Get, "/api/v1/auth/me") { Headers = { Authorization = new("Bearer", session) } };
        await RunningServer.ReadAsync(await http.SendAsync(me), 200);
        await RunningServer.ReadAsync(await LogInAsync(http, "eve@example.org", "violetkettlepot"), 200);
    }

    [Fact]
    public async Task A_closed_registration_takes_the_first_account_and_no_other()
    {
        await using var server = await StartAsync(new Dictionary<string, string> { ["Accounts__Registration"] = "closed" });
        using var http = Client(server);
        var first = await RunningServer.ReadAsync(await RegisterAsync(http, "ada@example.org", RunningServer.Password), 201);
        Assert.Contains("admin", first.GetProperty("user").GetProperty("roles").EnumerateArray().Select(role => role.GetString()));

        await RunningServer.RefusesAsync(await RegisterAsync(http, "eve@example.org", RunningServer.Password), 403, "registration_closed");
        await RunningServer.RefusesAsync(await LogInAsync(http, "eve@example.org", RunningServer.Password), 401, "invalid_credentials");
        await RunningServer.ReadAsync(await LogInAsync(http, "ada@example.org", RunningServer.Password), 200);
    }

    [Fact]
    public async Task A_refused_login_is_recorded_with_the_account_that_it_was_for()
    {
        await using var server = await StartAsync([]);
        using var administrator = await ApiClient.RegisterAsync(server.Address, "administrator");
        using var victim = await ApiClient.RegisterAsync(server.Address, "victim");
        using var http = Client(server);
        await RunningServer.RefusesAsync(await LogInAsync(http, victim.Email, "wrong"), 401, "invalid_credentials");
        await RunningServer.RefusesAsync(await LogInAsync(http, "nobody@example.org", "wrong"), 401, "invalid_credentials");
        await RunningServer.RefusesAsync(
            await PostAsync(http, "/api/v1/auth/password/reset", new { token = $"{victim.AccountId}.{new string('A', 43)}", @new = RunningServer.Password }), 401, "reset_token_invalid");

        List<string?> actions = [];
        await Eventually.HoldsAsync(
            async () =>
            {
                var entries = (await administrator.GetAsync($"admin/audit?account={victim.AccountId}&result=refused")).Expect().GetProperty("items");
                actions = [.. entries.EnumerateArray().Select(entry => entry.GetProperty("action").GetString())];
                return actions.Count >= 2;
            },
            TimeSpan.FromSeconds(30),
            "both are recorded");
        Assert.Equal(["ResetPassword", "LogIn"], actions);
    }

    private static Task<ServerProcess> StartAsync(Dictionary<string, string> settings) => ServerProcess.StartAsync(new ServerOptions
    {
        Settings = new Dictionary<string, string>(settings) { ["Accounts__PasswordIterations"] = "1000", ["RateLimits__Enabled"] = "false" },
    });

    private static HttpClient Client(ServerProcess server) => new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Address };

    private static Task<HttpResponseMessage> RegisterAsync(HttpClient http, string email, string password) =>
        PostAsync(http, "/api/v1/auth/register", new { email, password, name = "Somebody" });

    private static Task<HttpResponseMessage> LogInAsync(HttpClient http, string email, string password) => PostAsync(http, "/api/v1/auth/login", new { email, password });

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, string path, object body) =>
        http.PostAsync(path, new StringContent(JsonSerializer.Serialize(body), new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));
}
