using System.Text.Json;

namespace Actors.Frontend.Tests.Accounts;

[Collection(RunningServer.Collection)]
public sealed class OwnSessionTests(RunningServer server)
{
    [Fact]
    public async Task Sessions_are_listed_with_where_they_came_from_and_ended_one_by_one_or_together()
    {
        var (account, email) = await server.RegisterAsync();
        var second = await LogInAsync(email, "second agent");
        var third = await LogInAsync(email, "third agent");
        var sessions = await ListAsync(account);
        Assert.Equal(3, sessions.Count);
        Assert.Single(sessions, session => session.GetProperty("current").GetBoolean());
        var other = Assert.Single(sessions, session => session.TryGetProperty("userAgent", out var agent) && agent.GetString() == "second agent");
        Assert.False(string.IsNullOrEmpty(other.GetProperty("address").GetString()));
        Assert.True(other.GetProperty("lastUsedAt").GetDateTimeOffset() >= other.GetProperty("createdAt").GetDateTimeOffset());

        using var ended = await server.SendAsync("DELETE", $"/api/v1/auth/sessions/{other.GetProperty("id").GetString()}", token: Token(account));
        await RunningServer.ReadAsync(ended, 204);
        using var gone = await server.SendAsync("GET", "/api/v1/auth/me", token: Token(second));
        await RunningServer.RefusesAsync(gone, 401, "unauthenticated");
        using var again = await server.SendAsync("DELETE", $"/api/v1/auth/sessions/{other.GetProperty("id").GetString()}", token: Token(account));
        await RunningServer.RefusesAsync(again, 404, "not_found");

        using var others = await server.SendAsync("DELETE", "/api/v1/auth/sessions", token: Token(account));
        await RunningServer.ReadAsync(others, 204);
        using var thirdGone = await server.SendAsync("GET", "/api/v1/auth/me", token: Token(third));
        await RunningServer.RefusesAsync(thirdGone, 401, "unauthenticated");
        Assert.True(Assert.Single(await ListAsync(account)).GetProperty("current").GetBoolean());
    }

    [Fact]
    public async Task An_attack_locks_the_account_says_until_when_and_leaves_its_owner_at_work()
    {
        var (account, email) = await server.RegisterAsync();
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await PostAsync("login", new { email, password = $"wrong password {i}" });
            await RunningServer.RefusesAsync(wrong, 401, "invalid_credentials");
        }

        var before = DateTimeOffset.UtcNow;
        using var locked = await PostAsync("login", new { email, password = RunningServer.Password });
        var problem = await RunningServer.RefusesAsync(locked, 429, "account_locked");
        Assert.InRange(locked.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.InRange(problem.GetProperty("retryAt").GetDateTimeOffset(), before, before.AddSeconds(61));

        using var me = await server.SendAsync("GET", "/api/v1/auth/me", token: Token(account));
        await RunningServer.ReadAsync(me, 200);
        using var refreshed = await PostAsync("refresh", new { refreshToken = account.GetProperty("refreshToken").GetString() });
        var next = await RunningServer.ReadAsync(refreshed, 200);
        using var after = await server.SendAsync("GET", "/api/v1/auth/me", token: Token(next));
        await RunningServer.ReadAsync(after, 200);
    }

    private static string Token(JsonElement answer) => answer.GetProperty("accessToken").GetString()!;

    private async Task<List<JsonElement>> ListAsync(JsonElement account)
    {
        using var list = await server.SendAsync("GET", "/api/v1/auth/sessions", token: Token(account));
        return [.. (await RunningServer.ReadAsync(list, 200)).GetProperty("items").EnumerateArray()];
    }

    private async Task<JsonElement> LogInAsync(string email, string agent)
    {
        using var login = await server.SendAsync(
            "POST", "/api/v1/auth/login", JsonSerializer.Serialize(new { email, password = RunningServer.Password }, JsonSerializerOptions.Web), headers: ("User-Agent", agent));
        return await RunningServer.ReadAsync(login, 200);
    }

    private Task<HttpResponseMessage> PostAsync(string action, object body) =>
        server.SendAsync("POST", $"/api/v1/auth/{action}", JsonSerializer.Serialize(body, JsonSerializerOptions.Web));
}
