using Actors.Bench.Load;

namespace Actors.Bench.Scenarios;

/// <summary>The shapes that differ in numbers only.</summary>
internal static class LoadScenarios
{
    /// <summary>Few designs that many people edit at once.</summary>
    public static Task HotRoomAsync(Options options, Report report) =>
        RunAsync(options, report, Plan(options, "hot room", rooms: 1, clients: 50, rate: 20, writers: ["all", "one"]));

    /// <summary>Many designs with two people each: what a quiet design costs.</summary>
    public static Task ManyRoomsAsync(Options options, Report report) =>
        RunAsync(options, report, Plan(options, "many rooms", rooms: 200, clients: 2, rate: 2, writers: ["one", "all"]));

    /// <summary>The same edits on designs of different sizes: the cost of an edit must not depend on it.</summary>
    public static Task EditCostAsync(Options options, Report report)
    {
        var rate = options.Number("rate", 500.0);
        var seconds = options.Number("seconds", 20.0);
        var warmup = options.Number("warmup", 5.0);
        return RunAsync(options, report, [.. options.Numbers("nodes", 200, 20_000)
            .Select(nodes => new LoadPlan($"{nodes} nodes", Rooms: 1, Clients: 2, rate, AllWrite: false, nodes, seconds, warmup))]);
    }

    /// <summary>The same hot room without and with a client that stops reading: the others must not notice.</summary>
    public static async Task SlowClientAsync(Options options, Report report)
    {
        var plan = Plan(options, "all read", rooms: 1, clients: 50, rate: 20, writers: ["all", "one"])[0];
        await RunAsync(options, report, plan, plan with { Name = "one paused", Paused = 1 });
    }

    private static LoadPlan[] Plan(Options options, string name, int rooms, int clients, double rate, string[] writers)
    {
        var all = options.Choice("writers", writers) == "all";
        rooms = options.Number("rooms", rooms);
        clients = options.Number("clients", clients);
        rate = options.Number("rate", rate);
        return
        [
            new LoadPlan(
                $"{name}: {rooms} x {clients}, {(all ? "all write" : "one writes")} {rate}/s",
                rooms,
                clients,
                rate,
                all,
                options.Number("nodes", 200),
                options.Number("seconds", 20.0),
                options.Number("warmup", 5.0)),
        ];
    }

    private static async Task RunAsync(Options options, Report report, params LoadPlan[] plans)
    {
        await using var setup = new ServerSetup(options);
        var file = options.Text("json");
        options.Check();
        var results = new List<LoadResult>();
        foreach (var plan in plans)
        {
            // Each row has a server of its own, so that no row inherits memory or compiled code from another.
            await using var server = await setup.StartAsync();
            results.Add(await LoadRun.RunAsync(server, plan, setup.Storage));
        }

        report.Add(results);
        foreach (var result in results)
        {
            if (result.Revived is { } revived)
            {
                report.Note($"{result.Name}: read again at the end, it was {revived}.");
            }

            report.Note($"{result.Name}: server memory over time, MiB: {string.Join(" ", result.ResidentOverTime.Select(mebibytes => Math.Round(mebibytes)))}");
        }

        await report.WriteAsync(file);
    }
}
