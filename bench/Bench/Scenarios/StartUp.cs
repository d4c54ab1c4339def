using System.Diagnostics;
using Actors.Bench.Load;
using Actors.TestKit.Server;

namespace Actors.Bench.Scenarios;

/// <summary>How long a server takes until it serves, on fresh data and on data that holds work.</summary>
internal static class StartUp
{
    private const double Mebibyte = 1 << 20;

    public static async Task RunAsync(Options options, Report report)
    {
        var times = options.Number("times", 5);
        var edits = options.Number("edits", 5_000);
        await using var setup = new ServerSetup(options);
        var file = options.Text("json");
        options.Check();

        var rows = new List<Row>();
        for (var i = 0; i < times; i++)
        {
            await using var server = await setup.StartAsync();
            rows.Add(await MeasureAsync(server, "fresh data", "health/live"));
        }

        await using var used = await setup.StartAsync();
        using var account = await ApiClient.RegisterAsync(used.Address, "starter");
        var designId = await LoadRoom.CreateDesignAsync(account, await account.CreateProjectAsync("start-up"), "used", nodes: 200);
        await Editing.CommitAsync(account, designId, edits, nodes: 200);
        for (var i = 0; i < times; i++)
        {
            await used.RestartAsync();
            rows.Add(await MeasureAsync(used, $"data with {edits} edits", $"designs/{designId}", account.Token));
        }

        report.Add(
            ["start", "ready ms", "first answer ms", "resident MiB"],
            [.. rows.GroupBy(row => row.Data).Select(Median)],
            row => row is Row r ? [r.Data, r.Ready, r.FirstAnswer, r.Resident] : []);
        report.Note($"Medians of {times} starts. 'First answer' is a request over REST after the server said that it is ready, on data the read of the design.");
        await report.WriteAsync(file);
    }

    private static async Task<Row> MeasureAsync(ServerProcess server, string data, string path, string? token = null)
    {
        using var client = new ApiClient(server.Address, token);
        var clock = Stopwatch.StartNew();
        (await client.GetAsync(path == "health/live" ? "/health/live" : path)).Expect();
        return new Row(data, server.StartUpTime.TotalMilliseconds, clock.Elapsed.TotalMilliseconds, server.Usage().ResidentBytes / Mebibyte);
    }

    private static Row Median(IGrouping<string, Row> rows) => new(
        rows.Key,
        Editing.Median(rows.Select(row => row.Ready)),
        Editing.Median(rows.Select(row => row.FirstAnswer)),
        Editing.Median(rows.Select(row => row.Resident)));

    private sealed record Row(string Data, double Ready, double FirstAnswer, double Resident);
}
