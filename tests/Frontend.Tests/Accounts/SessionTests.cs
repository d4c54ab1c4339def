using System.Text.Json;

namespace Actors.Frontend.Tests.Accounts;

[Collection(RunningServer.Collection)]
public sealed class SessionTests(RunningServer server)
{
    [Fact]
    public async Task An_address_without_a_token_is_refused()
    {
        using var none = await server.SendAsync("GET", "/api/v1/auth/me");
        await RunningServer.RefusesAsync(none, 401, "unauthenticated");
        Assert.NotEmpty(none.Headers.WwwAuthenticate);
        using var forged = await server.SendAsync("GET", "/api/v1/auth/me", token: "a.b.c");
        await RunningServer.RefusesAsync(forged, 401, "unauthenticated");
    }

    [Fact]
    public async Task A_token_in_the_address_counts_for_hubs_only()
    {
        var (account, _) = await server.RegisterAsync();
        using var response = await server.SendAsync("GET", $"/api/v1/auth/me?access_token={Token(account)}");
        await RunningServer.RefusesAsync(response, 401, "unauthenticated");
    }

    [Fact]
    public async Task An_address_is_registered_once_whatever_its_case()
    {
        var (_, email) = await server.RegisterAsync();
        using var again = await PostAsync("register", new { email = email.ToUpperInvariant(), password = RunningServer.Password, name = "Eve" });
        await RunningServer.RefusesAsync(again, 409, "email_taken");
    }

    [Fact]
    public async Task Wrong_passwords_and_unknown_addresses_are_refused_alike()
    {
        var (_, email) = await server.RegisterAsync();
        using var wrong = await PostAsync("login", new { email, password = "wrong password" });
        using var unknown = await PostAsync("login", new { email = "nobody-" + email, password = "wrong password" });
        var first = await RunningServer.RefusesAsync(wrong, 401, "invalid_credentials");
        var second = await RunningServer.RefusesAsync(unknown, 401, "invalid_credentials");
        Assert.Equal(first.GetProperty("detail").GetString(), second.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Five_failures_lock_the_account_but_not_its_sessions()
    {
        var (account, email) = await server.RegisterAsync();
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await PostAsync("login", new { email, password = "wrong password" });
            await RunningServer.RefusesAsync(wrong, 401, "invalid_credentials");
        }

        using var locked = await PostAsync("login", new { email, password = RunningServer.Password });
        await RunningServer.RefusesAsync(locked, 429, "account_locked");
        Assert.InRange(locked.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, 1, 60);
        using var me = await server.SendAsync("GET", "/api/v1/auth/me", token: Token(account));
        await RunningServer.ReadAsync(me, 200);
    }

    [Fact]
    public async Task A_burst_of_guesses_gets_no_more_tries_than_a_trickle()
    {
        var (_, email) = await server.RegisterAsync();
        var guesses = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => PostAsync("login", new { email, password = "wrong password" })));
        Assert.InRange(guesses.Count(guess => (int)guess.StatusCode == 401), 1, 5);
        foreach (var guess in guesses)
            guess.Dispose();
    }

    [Fact]
    public async Task A_refresh_token_works_once_and_its_reuse_ends_the_session()
    {
        var (account, _) = await server.RegisterAsync();
        var spent = account.GetProperty("refreshToken").GetString();
        using var refreshed = await PostAsync("refresh", new { refreshToken = spent });
        var next = await RunningServer.ReadAsync(refreshed, 200);

        using var reused = await PostAsync("refresh", new { refreshToken = spent });
        await RunningServer.RefusesAsync(reused, 401, "refresh_token_reused");
        using var ended = await server.SendAsync("GET", "/api/v1/auth/me", token: Token(next));
        await RunningServer.RefusesAsync(ended, 401, "unauthenticated");
        using var after = await PostAsync("refresh", new { refreshToken = next.GetProperty("refreshToken").GetString() });
        await RunningServer.RefusesAsync(after, 401, "refresh_token_invalid");
    }

    [Fact]
    public async Task Logging_out_takes_effect_at_once()
    {
        var (account, _) = await server.RegisterAsync();
        using var done = await server.SendAsync("POST", "/api/v1/auth/logout", token: Token(account));
        await RunningServer.ReadAsync(done, 204);
        using var me = await server.SendAsync("GET", "/api/v1/auth/me", token: Token(account));
        await RunningServer.RefusesAsync(me, 401, "unauthenticated");
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions_and_the_old_one_is_no_good()
    {
        var (account, email) = await server.RegisterAsync();
        using var login = await PostAsync("login", new { email, password = RunningServer.Password });
        var other = await RunningServer.ReadAsync(login, 200);

        using var weak = await ChangePasswordAsync(account, RunningServer.Password, "short");
        await RunningServer.RefusesAsync(weak, 400, "password_too_weak");
        using var wrong = await ChangePasswordAsync(account, "not the password", "another Horse 8");
        await RunningServer.RefusesAsync(wrong, 401, "invalid_credentials");
        using var changed = await ChangePasswordAsync(account, RunningServer.Password, "another Horse 8");
        await RunningServer.ReadAsync(changed, 204);

        using var kept = await server.SendAsync("GET", "/api/v1/auth/me", token: Token(account));
        await RunningServer.ReadAsync(kept, 200);
        using var ended = await server.SendAsync("GET", "/api/v1/auth/me", token: Token(other));
        await RunningServer.RefusesAsync(ended, 401, "unauthenticated");
        using var old = await PostAsync("login", new { email, password = RunningServer.Password });
        await RunningServer.RefusesAsync(old, 401, "invalid_credentials");
    }

    private static string Token(JsonElement answer) => answer.GetProperty("accessToken").GetString()!;

    private Task<HttpResponseMessage> PostAsync(string action, object body) =>
        server.SendAsync("POST", $"/api/v1/auth/{action}", JsonSerializer.Serialize(body, JsonSerializerOptions.Web));

    private Task<HttpResponseMessage> ChangePasswordAsync(JsonElement account, string current, string next) =>
        server.SendAsync("PUT", "/api/v1/auth/password", JsonSerializer.Serialize(new { current, @new = next }, JsonSerializerOptions.Web), Token(account));
}
