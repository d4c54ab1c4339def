using System.Diagnostics;
using System.Text.Json;
using Actors.TestKit.Server;
using Xunit.Abstractions;

namespace Actors.EndToEnd.Tests.Runs;

/// <summary>A server that is killed in the middle of a run whose every token is a request to another server.</summary>
public sealed class EffectCrashTests(ITestOutputHelper output)
{
    /// <summary>Each is a firing that asks and one that answers for the run: 20,000 firings.</summary>
    private const int Requests = 10_000;

    private const int Crashes = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    [Spec("DU-06", "DU-08", "EF-02", "EF-03", "EF-04", "FI-10")]
    public async Task A_run_with_effects_that_is_killed_ten_times_answers_as_one_that_never_was_and_repeats_requests_under_their_keys()
    {
        await using var recorder = await HttpRecorder.StartAsync(request => new RecordedAnswer($$"""{"asked":"{{request.Path}}"}"""));
        await using var server = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string> { ["Outbound__Allow__0"] = recorder.Authority, ["Runs__SnapshotAfterBytes"] = "500000" },
        });
        using var account = await ApiClient.RegisterAsync(server.Address, "runner");
        var clock = Stopwatch.StartNew();

        var calm = await StartAsync("calm");
        var expected = await ResultAsync(calm);
        output.WriteLine($"Uninterrupted: {clock.Elapsed}");
        var before = recorder.Requests.Count;
        Assert.Equal(Requests, before);

        var run = await StartAsync("calm");
        for (var crash = 1; crash <= Crashes; crash++)
        {
            var goal = before + (Requests * crash / (Crashes + 1));
            await Eventually.HoldsAsync(() => recorder.Requests.Count >= goal, Patience, $"{goal} requests");
            await server.KillAsync();
            var reached = recorder.Requests.Skip(before).Select(request => request.Path).Distinct().Count();
            Assert.True(reached < Requests, "The run was not under way any more.");
            await server.StartAgainAsync();
        }

        var outputs = await ResultAsync(run);
        output.WriteLine($"All: {clock.Elapsed}");
        Assert.Equal(expected, outputs);

        var arrived = recorder.Requests.Skip(before).GroupBy(request => request.Path).ToList();
        output.WriteLine($"{arrived.Sum(requests => requests.Count() - 1)} requests were repeated.");
        Assert.Equal(Requests, arrived.Count);
        Assert.Contains(arrived, requests => requests.Count() > 1);
        Assert.All(arrived, requests => Assert.Single(requests.Select(request => request.Key).Distinct()));
        Assert.Equal(Requests, arrived.Select(requests => requests.First().Key).Distinct().Count());

        async Task<string> StartAsync(string name) => await account.StartRunAsync(await account.CreateProcessAsync(
            [
                ("numbers", "range", $$"""{"from":1,"to":{{Requests}}}""", null),
                ("ask", "http.request", JsonSerializer.Serialize(new { url = $"{recorder.Address}{name}/{{{{$}}}}", response = "body" }), """{"parallelism":256}"""),
                ("out", "output", """{"name":"answers"}""", null),
            ],
            "numbers>ask",
            "ask>out"));

        async Task<List<string>> ResultAsync(string run)
        {
            var last = await account.EndOfRunAsync(run, Patience);
            Assert.True(last.GetProperty("status").GetString() == "completed", last.GetRawText());
            return await account.OutputsOfRunAsync(run, "answers");
        }
    }
}
