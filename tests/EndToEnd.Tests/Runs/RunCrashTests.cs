using Actors.TestKit.Server;
using Xunit.Abstractions;

namespace Actors.EndToEnd.Tests.Runs;

public sealed class RunCrashTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    [Spec("DU-08", "DU-06")]
    public async Task A_run_that_is_killed_again_and_again_goes_on_by_itself_and_counts_each_result_once()
    {
        const int Tokens = 60_000;
        const int Crashes = 4;
        await using var server = await ServerProcess.StartAsync(new ServerOptions { Settings = new Dictionary<string, string> { ["Runs__SnapshotAfterBytes"] = "200000" } });
        using var account = await ApiClient.RegisterAsync(server.Address, "runner");
        var steps = Enumerable.Range(0, 5).Select(i => $"m{i}").ToArray();
        string[] path = ["r", .. steps, "out"];
        var design = await account.CreateProcessAsync(
            [
                ("r", "range", $$"""{"from":1,"to":{{Tokens}}}""", null),
                .. steps.Select(step => (step, "merge", "{}", (string?)null)),
                ("out", "output", """{"name":"n"}""", null),
            ],
            [.. path.Zip(path.Skip(1)).Select(ends => $"{ends.First}>{ends.Second}")]);
        var run = await account.StartRunAsync(design);

        var killed = 0;
        for (var crash = 1; crash <= Crashes; crash++)
        {
            var goal = Tokens * crash / (Crashes + 2);
            var ended = false;
            await Eventually.HoldsAsync(
                async () =>
                {
                    var view = await account.GetRunAsync(run);
                    ended = view.TryGetProperty("endedAt", out _);
                    return ended || (view.GetProperty("outputCounts").TryGetProperty("n", out var count) && count.GetInt32() >= goal);
                },
                Patience,
                $"{goal} outputs");
            killed += ended ? 0 : 1;
            await server.KillAsync();
            await server.StartAgainAsync();
        }

        var last = await account.EndOfRunAsync(run, Patience);
        output.WriteLine($"Killed {killed} times under way.");
        Assert.Equal("completed", last.GetProperty("status").GetString());
        var seen = 0;
        while (seen < Tokens)
        {
            var page = (await account.GetAsync($"runs/{run}/outputs/n?after={seen}&limit=100")).Expect();
            foreach (var token in page.GetProperty("items").EnumerateArray())
            {
                Assert.Equal(++seen, token.GetInt32());
            }

            // A sample is enough: the positions rise with the numbers, so nothing is missing or twice in between.
            seen = seen < Tokens - 100 ? Math.Min(Tokens - 100, seen + 4_900) : seen;
        }

        Assert.Equal(Tokens, last.GetProperty("outputCounts").GetProperty("n").GetInt32());
        Assert.True(killed > 0, "The run was never killed under way.");
    }
}
