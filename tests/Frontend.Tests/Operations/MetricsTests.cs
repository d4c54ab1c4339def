using System.Text.RegularExpressions;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Operations;

[Collection(RunningServer.Collection)]
public sealed partial class MetricsTests(RunningServer server)
{
    [Fact]
    public async Task What_is_served_is_what_the_documentation_lists_and_the_other_way_round()
    {
        var served = await ReadAsync();
        var documented = Row().Matches(Documentation()).ToDictionary(row => row.Groups["name"].Value, StringComparer.Ordinal);

        Assert.Equal(documented.Keys.Order(StringComparer.Ordinal), served.Types.Keys.Order(StringComparer.Ordinal));
        Assert.All(served.Types, type => Assert.Equal(documented[type.Key].Groups["type"].Value, type.Value));
        Assert.All(served.Labels.Where(label => label.Label != "le"), label => Assert.Contains($"`{label.Label}`", documented[label.Metric].Groups["labels"].Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_and_its_grain_calls_are_counted_by_what_they_are_and_not_by_whom_they_are_for()
    {
        var (account, _) = await server.RegisterAsync();
        var token = account.GetProperty("accessToken").GetString();
        using var created = await server.SendAsync("POST", "/api/v1/projects", """{"name":"Measured"}""", token);
        var id = (await RunningServer.ReadAsync(created, 201)).GetProperty("id").GetString();
        const string requests = "actors_http_request_duration_seconds_count{method=\"GET\",route=\"/api/v1/projects/{projectId}\",status=\"200\"}";

        using (await server.SendAsync("GET", $"/api/v1/projects/{id}", token: token))
        {
        }

        var before = await ReadAsync();
        using (await server.SendAsync("GET", $"/api/v1/projects/{id}", token: token))
        {
        }

        var after = await ReadAsync();
        Assert.True(after[requests] >= before[requests] + 1);
        Assert.DoesNotContain(after.Like("actors_http"), sample => sample.Name.Contains(id!, StringComparison.Ordinal));
        Assert.True(after["actors_storage_appends_total{status=\"Committed\"}"] > 0);
        Assert.True(after["actors_grain_activations{grain=\"ProjectGrain\"}"] >= 1);
        Assert.NotEmpty(after.Like("actors_grain_call_duration_seconds_count{interface=\"IProjectGrain\""));
        Assert.True(after["actors_process_memory_bytes"] > 1e6);
        Assert.True(after["actors_uptime_seconds"] > 0);
    }

    [Fact]
    public async Task The_start_of_a_run_is_measured_up_to_its_first_firing()
    {
        const string starts = "actors_run_start_duration_seconds_count";
        var (account, _) = await server.RegisterAsync();
        var token = account.GetProperty("accessToken").GetString();
        var project = await CreateAsync("projects", """{"name":"Started"}""");
        var design = await CreateAsync($"projects/{project}/designs", """{"name":"Once","kind":"process"}""");
        using (await server.SendAsync("POST", $"/api/v1/designs/{design}/nodes", """{"id":"once","type":"constant","x":0,"y":0,"props":{"value":1}}""", token))
        {
        }

        var before = (await ReadAsync())[starts];

        using (await server.SendAsync("POST", $"/api/v1/designs/{design}/runs", "{}", token))
        {
        }

        await Eventually.HoldsAsync(async () => (await ReadAsync())[starts] > before, TimeSpan.FromSeconds(30), "the start is measured");

        async Task<string> CreateAsync(string path, string body)
        {
            using var created = await server.SendAsync("POST", $"/api/v1/{path}", body, token);
            return (await RunningServer.ReadAsync(created, 201)).GetProperty("id").GetString()!;
        }
    }

    [Fact]
    public async Task Buckets_of_a_histogram_only_grow_and_end_with_its_count()
    {
        var served = await ReadAsync();
        var buckets = served.Like("actors_storage_flush_duration_seconds_bucket").Select(bucket => bucket.Value).ToList();
        Assert.Equal(buckets.Order(), buckets);
        Assert.Equal(served["actors_storage_flush_duration_seconds_count"], buckets[^1]);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    public async Task Who_comes_through_a_proxy_on_this_machine_is_not_let_in_for_it(string header, string value)
    {
        using var anonymous = await server.SendAsync("GET", "/metrics", headers: (header, value));
        await RunningServer.RefusesAsync(anonymous, 401, "unauthenticated");

        await server.RegisterAsync();
        var (member, _) = await server.RegisterAsync();
        using var forbidden = await server.SendAsync("GET", "/api/v1/metrics", token: member.GetProperty("accessToken").GetString(), headers: (header, value));
        await RunningServer.RefusesAsync(forbidden, 403, "forbidden");
    }

    private async Task<ServedMetrics> ReadAsync()
    {
        using var response = await server.SendAsync("GET", "/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        return new ServedMetrics(await response.Content.ReadAsStringAsync());
    }

    private static string Documentation()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "docs", "operations.md")))
            folder = folder.Parent;

        return File.ReadAllText(Path.Combine(folder?.FullName ?? throw new FileNotFoundException("docs/operations.md"), "docs", "operations.md"));
    }

    [GeneratedRegex(@"^\| `(?<name>actors_\w+)` \| (?<type>\w+) \| (?<labels>[^|]*)\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
