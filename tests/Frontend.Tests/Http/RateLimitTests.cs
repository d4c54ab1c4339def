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
}
