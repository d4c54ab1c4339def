using System.Diagnostics;
using Actors.Bench.Load;
using Actors.TestKit.Server;

namespace Actors.Bench.Scenarios;

/// <summary>How long it takes to read, compare, copy and restore what a design was, at revisions all over its history.</summary>
internal static class TimeTravel
{
    private const int Nodes = 200;

    public static async Task RunAsync(Options options, Report report)
    {
        var times = options.Number("times", 30);
        var changes = options.Number("changes", 5_000);
        await using var setup = new ServerSetup(options);
        var file = options.Text("json");
        options.Check();

        await using var server = await setup.StartAsync();
        using var account = await ApiClient.RegisterAsync(server.Address, "traveller");
        var designId = await LoadRoom.CreateDesignAsync(account, await account.CreateProjectAsync("time-travel"), "past", Nodes);
        await Editing.CommitAsync(account, designId, changes, Nodes);
        var rows = new List<object>();
        var random = new Random(1);
        await server.RestartAsync();
        await account.GetDesignAsync(designId);
        rows.Add(await MeasureAsync("read, first after a restart", 1, () => account.GetAsync($"designs/{designId}?revision={changes / 2}")));
        rows.Add(await MeasureAsync("read, first of the other half", 1, () => account.GetAsync($"designs/{designId}?revision={changes}")));
        foreach (var warmUp in new[] { true, false })
        {
            var measured = new List<Row>
            {
                await MeasureAsync("read", times, () => account.GetAsync($"designs/{designId}?revision={Any()}")),
                await MeasureAsync("compare", times, () => account.GetAsync($"designs/{designId}/compare?from={Any()}&to={Any()}")),
                await MeasureAsync("duplicate", times, () => account.PostAsync($"designs/{designId}/duplicate", new { revision = Any() })),
                await MeasureAsync("restore", times, () => account.PostAsync($"designs/{designId}/restore", new { revision = Any() })),
                await MeasureAsync("history, a page of 50", times, () => account.GetAsync($"designs/{designId}/history")),
            };
            if (!warmUp)
            {
                rows.AddRange(measured);
            }
        }

        report.Add(["what", "times", "p50 ms", "longest ms"], rows, row => row is Row r ? [r.What, r.Times, r.Median, r.Longest] : []);
        report.Note($"A design of {Nodes} nodes with {changes} changes, revisions at random; over REST, each request after the other.");
        await report.WriteAsync(file);

        long Any() => random.Next(1, changes);
    }

    private static async Task<Row> MeasureAsync(string what, int times, Func<Task<ApiReply>> call)
    {
        var elapsed = new List<double>(times);
        for (var i = 0; i < times; i++)
        {
            var clock = Stopwatch.StartNew();
            (await call()).Expect();
            elapsed.Add(clock.Elapsed.TotalMilliseconds);
        }

        return new Row(what, times, Editing.Median(elapsed), elapsed.Max());
    }

    private sealed record Row(string What, int Times, double Median, double Longest);
}
