using System.Net;
using System.Text;
using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Operations;

public sealed class TelemetryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Logs_are_lines_of_json_that_name_request_and_account_and_spans_reach_the_collector()
    {
        await using var collector = await SpanCollector.StartAsync();
        await using var server = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string>(collector.Settings)
            {
                ["Accounts__PasswordIterations"] = "1000",
                ["Logging__Format"] = "json",
                ["Logging__LogLevel__Microsoft.AspNetCore.Routing"] = "Information",
            },
        });
        using var client = await ApiClient.RegisterAsync(server.Address, "traced");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null }) { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/projects");
        request.Headers.Authorization = new("Bearer", client.Token);
        request.Headers.Add("X-Request-Id", "the-request");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using (var response = await http.SendAsync(request))
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        JsonElement line = default;
        await Eventually.HoldsAsync(() => (line = Lines(server).FirstOrDefault(Told)).ValueKind == JsonValueKind.Object, Patience, "a line about the request");
        Assert.Equal(client.AccountId, line.GetProperty("accountId").GetString());
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", line.GetProperty("traceId").GetString());
        Assert.Equal("information", line.GetProperty("level").GetString());
        Assert.True(line.GetProperty("timestamp").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddMinutes(-5));
        Assert.False(string.IsNullOrEmpty(line.GetProperty("message").GetString()));

        await Eventually.HoldsAsync(() => collector.Received.Any(spans => spans.Contains("GET /api/v1/projects", StringComparison.Ordinal)), Patience, "a span of the request");
        await Eventually.HoldsAsync(() => collector.Received.Any(spans => spans.Contains("IAccountGrain.CheckSession", StringComparison.Ordinal)), Patience, "a span of a grain call");

        static bool Told(JsonElement line) =>
            line.TryGetProperty("requestId", out var id) && id.GetString() == "the-request" && line.TryGetProperty("accountId", out _);
    }

    [Fact]
    public async Task The_id_of_a_request_is_on_the_lines_that_its_grain_calls_write()
    {
        await using var server = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string>
            {
                ["Accounts__PasswordIterations"] = "1000",
                ["Logging__Format"] = "json",
                ["Logging__LogLevel__Actors.Grains.EventSourcing"] = "Debug",
            },
        });
        using var client = await ApiClient.RegisterAsync(server.Address, "traced");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/projects")
        {
            Content = new StringContent("""{"name":"Traced"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", client.Token);
        request.Headers.Add("X-Request-Id", "the-creation");
        using (var response = await http.SendAsync(request))
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);

        JsonElement line = default;
        await Eventually.HoldsAsync(() => (line = Lines(server).FirstOrDefault(OfGrain)).ValueKind == JsonValueKind.Object, Patience, "a line of the project's grain about the request");
        Assert.Equal(client.AccountId, line.GetProperty("accountId").GetString());
        Assert.Matches("^project/prj_.* is at revision 1\\.$", line.GetProperty("message").GetString());

        static bool OfGrain(JsonElement line) =>
            line.GetProperty("category").GetString()!.StartsWith("Actors.Grains.", StringComparison.Ordinal)
            && line.TryGetProperty("requestId", out var id) && id.GetString() == "the-creation"
            && line.GetProperty("message").GetString()!.StartsWith("project/", StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_format_of_logs_stops_the_start()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string> { ["Logging__Format"] = "xml" },
        }));
        Assert.Contains("Actors cannot start: Logging:Format is xml; it must be text or json.", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Every line but those of the start, which are not logs, must be an object.</summary>
    private static IEnumerable<JsonElement> Lines(ServerProcess server) => server.Output.Split('\n')
        .Where(line => !line.StartsWith("Actors ", StringComparison.Ordinal) && !line.StartsWith("  ", StringComparison.Ordinal))
        .Select(line => JsonElement.Parse(line));
}
