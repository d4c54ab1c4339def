using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Actors.TestKit.Server;
using Xunit.Abstractions;

namespace Actors.EndToEnd.Tests;

public sealed class RunCrashTests(ITestOutputHelper output)
{
    private const int Tokens = 60_000;
    private const int Crashes = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    [Spec("DU-08", "DU-06")]
    public async Task A_run_that_is_killed_again_and_again_goes_on_by_itself_and_counts_each_result_once()
    {
        await using var server = await ServerProcess.StartAsync(new ServerOptions { Settings = new Dictionary<string, string> { ["Runs__SnapshotAfterBytes"] = "200000" } });
        using var account = await ApiClient.RegisterAsync(server.Address, "runner");
        var design = await account.CreateDesignAsync(await account.CreateProjectAsync("Crashes"), "Crashes", "process");
        var steps = Enumerable.Range(0, 5).Select(i => $"m{i}").ToArray();
        string[] path = ["r", .. steps, "out"];
        string[] operations =
        [
            $$$"""{"op":"node.add","node":{"id":"r","type":"range","x":0,"y":0,"props":{"from":1,"to":{{{Tokens}}} } }}""",
            .. steps.Select(step => $$$"""{"op":"node.add","node":{"id":"{{{step}}}","type":"merge","x":0,"y":0,"props":{} }}"""),
            """{"op":"node.add","node":{"id":"out","type":"output","x":0,"y":0,"props":{"name":"n"}}}""",
            .. path.Zip(path.Skip(1)).Select(ends =>
                $$$"""{"op":"connection.add","connection":{"id":"{{{ends.First}}}","from":{"node":"{{{ends.First}}}","port":"out"},"to":{"node":"{{{ends.Second}}}","port":"in"} }}"""),
        ];
        await Send(
            HttpMethod.Post,
            $"/api/v1/designs/{design}/operations",
            $$"""{"batchId":"{{Guid.NewGuid()}}","baseRevision":1,"operations":[{{string.Join(',', operations)}}]}""");
        var run = (await Send(HttpMethod.Post, $"/api/v1/designs/{design}/runs", "{}")).GetProperty("id").GetString();

        var killed = 0;
        for (var crash = 1; crash <= Crashes; crash++)
        {
            var goal = Tokens * crash / (Crashes + 2);
            var ended = false;
            await Eventually.HoldsAsync(
                async () =>
                {
                    var view = await Send(HttpMethod.Get, $"/api/v1/runs/{run}");
                    ended = view.TryGetProperty("endedAt", out _);
                    return ended || (view.GetProperty("outputCounts").TryGetProperty("n", out var count) && count.GetInt32() >= goal);
                },
                Patience,
                $"{goal} outputs");
            killed += ended ? 0 : 1;
            await server.KillAsync();
            await server.StartAgainAsync();
        }

        await Eventually.HoldsAsync(
            async () => (await Send(HttpMethod.Get, $"/api/v1/runs/{run}")).TryGetProperty("endedAt", out _), Patience, "the run has ended");
        var last = await Send(HttpMethod.Get, $"/api/v1/runs/{run}");
        output.WriteLine($"Killed {killed} times under way.");
        Assert.Equal("completed", last.GetProperty("status").GetString());
        var seen = 0;
        while (seen < Tokens)
        {
            var page = await Send(HttpMethod.Get, $"/api/v1/runs/{run}/outputs/n?after={seen}&limit=100");
            foreach (var token in page.GetProperty("items").EnumerateArray())
            {
                Assert.Equal(++seen, token.GetInt32());
            }

            // A sample is enough: the positions rise with the numbers, so nothing is missing or twice in between.
            seen = seen < Tokens - 100 ? Math.Min(Tokens - 100, seen + 4_900) : seen;
        }

        Assert.Equal(Tokens, last.GetProperty("outputCounts").GetProperty("n").GetInt32());
        Assert.True(killed > 0, "The run was never killed under way.");

        async Task<JsonElement> Send(HttpMethod method, string path, string? body = null)
        {
            using var request = new HttpRequestMessage(method, new Uri(server.Address, path));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", account.Token);
            request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
            using var http = new HttpClient();
            using var response = await http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {text}");
            return JsonElement.Parse(text);
        }
    }
}
