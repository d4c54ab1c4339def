using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Http;

public sealed class RateLimitTests
{
    [Fact]
    public async Task Too_many_requests_are_told_how_long_to_wait_and_probes_are_free()
    {
        await using var server = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string> { ["RateLimits__Enabled"] = "true", ["RateLimits__AnonymousPerMinute"] = "3" },
        });
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Address };
        for (var i = 0; i < 3; i++)
        {
            using var allowed = await http.GetAsync("/api/v1/auth/me");
            await RunningServer.RefusesAsync(allowed, 401, "unauthenticated");
        }

        using var refused = await http.GetAsync("/api/v1/auth/me");
        var problem = await RunningServer.RefusesAsync(refused, 429, "rate_limited");
        Assert.True(problem.GetProperty("retryable").GetBoolean());
        Assert.InRange(refused.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, 1, 60);

        using var probe = await http.GetAsync("/health/live");
        Assert.True(probe.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Each_account_has_a_bucket_of_its_own()
    {
        // 3 a minute: the next token comes in 20 s, far longer than the requests below take.
        await using var server = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string>
            {
                ["Accounts__PasswordIterations"] = "1000",
                ["RateLimits__Enabled"] = "true",
                ["RateLimits__AuthenticatedPerMinute"] = "3",
            },
        });
        using var first = await ApiClient.RegisterAsync(server.Address, "first");
        using var second = await ApiClient.RegisterAsync(server.Address, "second");
        for (var left = 2; left >= 0; left--)
        {
            using var allowed = await AskAsync(server, first.Token);
            Assert.Equal(200, (int)allowed.StatusCode);
            Assert.Equal(("3", $"{left}"), (Header(allowed, "RateLimit-Limit"), Header(allowed, "RateLimit-Remaining")));
        }

        using var refused = await AskAsync(server, first.Token);
        await RunningServer.RefusesAsync(refused, 429, "rate_limited");
        Assert.InRange(refused.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, 1, 60);
        Assert.Equal("3;w=60", Header(refused, "RateLimit-Policy"));

        // Neither somebody else nor who has no account pays for it.
        using var other = await AskAsync(server, second.Token);
        Assert.Equal(200, (int)other.StatusCode);
        using var nobody = await AskAsync(server, null);
        await RunningServer.RefusesAsync(nobody, 401, "unauthenticated");
    }

    private static async Task<HttpResponseMessage> AskAsync(ServerProcess server, string? token)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/auth/me");
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);

        return await http.SendAsync(request);
    }

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));
}
