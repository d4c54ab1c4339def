using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Http;

/// <summary>What the outermost layer does, on a server with settings that a test can reach.</summary>
public sealed class EdgeTests(EdgeTests.Server edge) : IClassFixture<EdgeTests.Server>
{
    private const string Login = "/api/v1/auth/login";
    private const string Credentials = """{"email":"nobody@example.org","password":"correct Horse 7"}""";

    [Fact]
    public async Task Every_answer_tells_the_limit_and_attempts_at_passwords_have_a_smaller_one()
    {
        var client = Address(1);
        using (var other = await edge.SendAsync("GET", "/api/v1/auth/me", null, client))
        {
            Assert.Equal("100", RateLimit(other)[0]);
            Assert.InRange(int.Parse(RateLimit(other)[1], CultureInfo.InvariantCulture), 98, 100);
            Assert.InRange(int.Parse(RateLimit(other)[2], CultureInfo.InvariantCulture), 0, 2);
            Assert.Equal("100;w=60", RateLimit(other)[3]);
        }

        for (var left = 2; left >= 0; left--)
        {
            using var attempt = await edge.SendAsync("POST", Login, Credentials, client);
            Assert.Equal("3", RateLimit(attempt)[0]);
            Assert.Equal($"{left}", RateLimit(attempt)[1]);
            Assert.Equal(401, (int)attempt.StatusCode);
        }

        using var refused = await edge.SendAsync("POST", Login, Credentials, client);
        await RunningServer.RefusesAsync(refused, 429, "rate_limited");
        Assert.Equal("0", RateLimit(refused)[1]);
        Assert.InRange(refused.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, 1, 60);

        using var unhindered = await edge.SendAsync("GET", "/api/v1/auth/me", null, client);
        await RunningServer.RefusesAsync(unhindered, 401, "unauthenticated");
    }

    [Fact]
    public async Task An_address_counts_as_the_trusted_proxy_says_and_not_as_the_client_says()
    {
        for (var i = 0; i < 3; i++)
        {
            // The proxy appends whom it saw; what stands before that, the client made up.
            using var attempt = await edge.SendAsync("POST", Login, Credentials, ("X-Forwarded-For", $"203.0.113.{i}, 198.51.100.77"));
            Assert.Equal(401, (int)attempt.StatusCode);
        }

        using var refused = await edge.SendAsync("POST", Login, Credentials, ("X-Forwarded-For", "203.0.113.99, 198.51.100.77"));
        await RunningServer.RefusesAsync(refused, 429, "rate_limited");
    }

    [Fact]
    public async Task A_page_of_a_configured_origin_may_call_and_another_may_not()
    {
        using var allowed = await edge.SendAsync(
            "OPTIONS", "/api/v1/projects", null, ("Origin", "https://app.example.org"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization,content-type,idempotency-key"));
        Assert.Equal(204, (int)allowed.StatusCode);
        Assert.Equal("https://app.example.org", Header(allowed, "Access-Control-Allow-Origin"));
        Assert.Equal("true", Header(allowed, "Access-Control-Allow-Credentials"));
        Assert.Contains("POST", Header(allowed, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Contains("idempotency-key", Header(allowed, "Access-Control-Allow-Headers"), StringComparison.Ordinal);
        Assert.Equal("600", Header(allowed, "Access-Control-Max-Age"));

        using var answer = await edge.SendAsync("GET", "/api/v1/auth/me", null, ("Origin", "https://app.example.org"), Address(3));
        Assert.Equal("https://app.example.org", Header(answer, "Access-Control-Allow-Origin"));
        Assert.Contains("RateLimit-Remaining", Header(answer, "Access-Control-Expose-Headers"), StringComparison.Ordinal);

        using var foreign = await edge.SendAsync("OPTIONS", "/api/v1/projects", null, ("Origin", "https://evil.example.org"), ("Access-Control-Request-Method", "POST"));
        Assert.Null(Header(foreign, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_body_that_stops_coming_is_refused()
    {
        using var socket = await edge.OpenAsync();
        var stream = socket.GetStream();
        await stream.WriteAsync(Head("198.51.100.5"));
        await stream.WriteAsync("{"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 408 ", await ReadAsync(stream, "body_too_slow"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_cancelled()
    {
        using var socket = await edge.OpenAsync();
        var stream = socket.GetStream();
        await stream.WriteAsync(Head("198.51.100.6"));
        using var stop = new CancellationTokenSource();
        var drip = DripAsync(stream, stop.Token);
        Assert.StartsWith("HTTP/1.1 504 ", await ReadAsync(stream, "timed_out"), StringComparison.Ordinal);
        await stop.CancelAsync();
        await drip;
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/xml, image/*;q=0.5")]
    [InlineData("application/json;q=0, text/plain")]
    public async Task A_caller_who_does_not_take_JSON_is_refused(string accept)
    {
        using var response = await edge.SendAsync("GET", "/api/v1/health", null, ("Accept", accept));
        await RunningServer.RefusesAsync(response, 406, "not_acceptable");
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("text/html, application/*;q=0.1")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("nonsense")]
    public async Task A_caller_who_takes_JSON_among_others_is_answered(string accept)
    {
        using var response = await edge.SendAsync("GET", "/api/v1/health", null, ("Accept", accept));
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/nothing", 404, "not_found")]
    [InlineData("GET", "/api/v2/projects", 404, "not_found")]
    [InlineData("POST", "/health", 405, "method_not_allowed")]
    [InlineData("DELETE", "/metrics", 405, "method_not_allowed")]
    public async Task An_error_is_a_problem_document_outside_of_the_interface_too(string method, string path, int status, string code)
    {
        using var response = await edge.SendAsync(method, path, null, Address(4));
        await RunningServer.RefusesAsync(response, status, code);
        if (status == 405)
            Assert.Contains("GET", response.Content.Headers.Allow);
    }

    [Fact]
    public async Task JSON_that_is_nested_too_deeply_is_refused()
    {
        using var response = await edge.SendAsync("POST", Login, $$"""{"email":{{new string('[', 100)}}{{new string(']', 100)}}}""", Address(5));
        var problem = await RunningServer.ReadAsync(response, 400);
        Assert.Contains(problem.GetProperty("code").GetString(), new[] { "json_too_deep", "validation_failed" });
    }

    [Fact]
    public async Task Requests_in_the_clear_are_sent_to_HTTPS_where_it_is_required()
    {
        await using var server = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string> { ["Http__RequireHttps"] = "true", ["Http__HttpsPort"] = "8443", ["Http__TrustedProxies__0"] = "127.0.0.1" },
        });
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = server.Address };
        using var redirected = await http.GetAsync("/api/v1/auth/me?a=b");
        Assert.Equal(308, (int)redirected.StatusCode);
        Assert.Equal("https://127.0.0.1:8443/api/v1/auth/me?a=b", redirected.Headers.Location?.ToString());

        using var probe = await http.GetAsync("/health/live");
        Assert.Equal(200, (int)probe.StatusCode);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/auth/me");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "198.51.100.1");
        using var secure = await http.SendAsync(request);
        Assert.Equal(401, (int)secure.StatusCode);
        Assert.StartsWith("max-age=31536000", Header(secure, "Strict-Transport-Security"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Http__TrustedProxies__0", "proxy.local", "Actors cannot start: Http:TrustedProxies has 'proxy.local'")]
    [InlineData("Cors__Origins__0", "*", "Actors cannot start: Cors:Origins has '*'")]
    [InlineData("Metrics__Access", "token", "Actors cannot start: Metrics:Token has 0 characters")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string name, string value, string told)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ServerProcess.StartAsync(new ServerOptions { Settings = new Dictionary<string, string> { [name] = value } }));
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
    }

    private static (string Name, string Value) Address(int client) => ("X-Forwarded-For", $"198.51.100.{client}");

    private static string[] RateLimit(HttpResponseMessage response) =>
        [.. new[] { "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "RateLimit-Policy" }.Select(name => Header(response, name) ?? "")];

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private static byte[] Head(string client) => Encoding.ASCII.GetBytes(
        $"POST {Login} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {client}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n");

    private static async Task<string> ReadAsync(NetworkStream stream, string until)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains(until, StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, deadline.Token);
            if (read == 0)
                throw new InvalidOperationException($"The server closed the connection after: {text}");

            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    /// <summary>Fast enough for the least rate, too slow for the time of a request.</summary>
    private static async Task DripAsync(NetworkStream stream, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                await stream.WriteAsync(Encoding.ASCII.GetBytes(new string(' ', 100)), stop);
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // The server has answered, and does not wait for the rest.
        }
    }

    /// <summary>A server behind a trusted proxy, which is this test.</summary>
    public sealed class Server : IAsyncLifetime
    {
        private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

        private ServerProcess? _server;

        public async Task InitializeAsync() => _server = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string>
            {
                ["Accounts__PasswordIterations"] = "1000",
                ["RateLimits__Enabled"] = "true",
                ["RateLimits__AnonymousPerMinute"] = "100",
                ["RateLimits__CredentialsPerMinute"] = "3",
                ["Http__TrustedProxies__0"] = "127.0.0.0/8",
                ["Http__BodyGracePeriod"] = "00:00:01.500",
                ["Http__RequestTimeout"] = "00:00:04",
                ["Cors__Origins__0"] = "https://app.example.org",
            },
        });

        public async Task DisposeAsync() => await _server!.DisposeAsync();

        public async Task<HttpResponseMessage> SendAsync(string method, string path, string? body, params (string Name, string Value)[] headers)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_server!.Address, path));
            if (body is not null)
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");

            foreach (var (name, value) in headers)
                request.Headers.TryAddWithoutValidation(name, value);

            return await Http.SendAsync(request);
        }

        public async Task<TcpClient> OpenAsync()
        {
            var socket = new TcpClient();
            await socket.ConnectAsync(_server!.Address.Host, _server.Address.Port);
            return socket;
        }
    }
}
