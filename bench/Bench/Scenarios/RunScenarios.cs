using System.Diagnostics;
using System.Text.Json;
using Actors.Bench.Load;
using Actors.TestKit.Server;

namespace Actors.Bench.Scenarios;

/// <summary>Designs that run: how fast, how soon, how small at rest, and how flat under back-pressure.</summary>
internal static class RunScenarios
{
    private const double Mebibyte = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>A pipeline of nodes that pass each token on, with every firing stored and with the result only.</summary>
    public static async Task PipelineAsync(Options options, Report report)
    {
        var (nodes, tokens, times) = (options.Number("nodes", 10), options.Number("tokens", 100_000), options.Number("times", 3));
        await using var setup = new ServerSetup(options);
        var file = options.Text("json");
        options.Check();
        var rows = new List<PipelineRow>();
        foreach (var durability in new[] { "firing", "none" })
        {
            await using var server = await setup.StartAsync();
            using var account = await ApiClient.RegisterAsync(server.Address, "runner");
            var design = await DesignAsync(account, [("range", $$"""{"from":1,"to":{{tokens}}}"""), .. Enumerable.Repeat(("merge", "{}"), nodes), ("output", """{"name":"n"}""")]);
            for (var i = 0; i < times; i++)
            {
                var before = server.Usage();
                var run = await EndAsync(account, await StartAsync(account, design, durability));
                var seconds = (run.GetProperty("endedAt").GetDateTimeOffset() - run.GetProperty("createdAt").GetDateTimeOffset()).TotalSeconds;
                var cpu = (server.Usage().Processor - before.Processor).TotalSeconds;
                var firings = run.GetProperty("firings").GetInt64();
                if (run.GetProperty("outputCounts").GetProperty("n").GetInt32() != tokens)
                {
                    throw new InvalidOperationException($"The run lost tokens: {run}");
                }

                rows.Add(new PipelineRow($"{durability}, run {i + 1}", firings, seconds, firings / seconds, firings / cpu, server.Usage().ResidentBytes / Mebibyte));
            }
        }

        report.Add(
            ["durability", "firings", "seconds", "firings/s", "firings/s of CPU", "resident MiB"],
            rows,
            row => row is PipelineRow r ? [r.Name, r.Firings, r.Seconds, r.PerSecond, r.PerProcessorSecond, r.Resident] : []);
        report.Note($"{tokens} tokens through {nodes} nodes, a source and an output. Times are the server's own: from the request to the stored end.");
        await report.WriteAsync(file);
    }

    /// <summary>From the request to the first firing, as the server measures it, and to the answer, before which the start is stored.</summary>
    public static async Task StartAsync(Options options, Report report)
    {
        const string metric = "actors_run_start_duration_seconds";
        var times = options.Number("times", 300);
        await using var setup = new ServerSetup(options);
        var file = options.Text("json");
        options.Check();
        await using var server = await setup.StartAsync();
        using var account = await ApiClient.RegisterAsync(server.Address, "starter");
        var design = await DesignAsync(account, [("constant", """{"value":1}"""), ("merge", "{}"), ("output", """{"name":"n"}""")]);
        for (var i = 0; i < 20; i++)
        {
            await StartAsync(account, design, "firing");
        }

        var before = await Metrics.ReadAsync(server.Address);
        var milliseconds = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var clock = Stopwatch.StartNew();
            await StartAsync(account, design, "firing");
            milliseconds.Add(clock.Elapsed.TotalMilliseconds);
        }

        var firing = (await Metrics.ReadAsync(server.Address)).Since(before).Histogram(metric);
        milliseconds.Sort();
        report.Add(
            ["starts", "first firing: under 10 ms", "p50 at most ms", "p99 at most ms", "answer: p50 ms", "p99 ms"],
            [new StartRow(times, firing.ShareWithin(0.01), firing.Quantile(0.5) * 1_000, firing.Quantile(0.99) * 1_000, milliseconds[times / 2], milliseconds[times * 99 / 100])],
            row => row is StartRow r ? [r.Starts, r.Within, r.FiringP50, r.FiringP99, r.P50, r.P99] : []);
        report.Note("The first firing as the server measures it, from the arrival of the request, in the bounds of its histogram. The answer is 202, which comes after the start is stored.");
        await report.WriteAsync(file);
    }

    /// <summary>Many runs that wait for a person: what each takes on disk, and that none stays in memory.</summary>
    public static async Task WaitingAsync(Options options, Report report)
    {
        var runs = options.Number("runs", 10_000);
        await using var setup = new ServerSetup(options);
        var file = options.Text("json");
        options.Check();
        await using var server = await setup.StartAsync();
        using var account = await ApiClient.RegisterAsync(server.Address, "asker");
        var design = await DesignAsync(account, [("constant", """{"value":1}"""), ("approval", """{"question":"Go on?"}"""), ("output", """{"name":"n"}""")]);
        var first = await StartAsync(account, design, "firing");
        var disk = Disk(server);
        await Parallel.ForEachAsync(Enumerable.Range(0, runs), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (_, _) => await StartAsync(account, design, "firing"));
        var busy = server.Usage().ResidentBytes / Mebibyte;
        await server.RestartAsync();
        var rested = server.Usage().ResidentBytes / Mebibyte;

        // Those that were on their way at the stop are woken by their reminders, look, and go again.
        var active = 0.0;
        await Eventually.HoldsAsync(
            async () => (active = (await Metrics.ReadAsync(server.Address)).Value("actors_grain_activations{grain=\"RunGrain\"}")) == 0,
            TimeSpan.FromMinutes(2),
            "no run is in memory");
        var bytes = (Disk(server) - disk) / (double)runs;
        var waits = (await account.GetAsync($"runs/{first}/waits")).Expect().GetProperty("items");
        (await account.PostAsync($"runs/{first}/answers/{waits[0].GetProperty("id").GetString()}", new { approved = true })).Expect();
        await EndAsync(account, first);
        report.Add(
            ["waiting runs", "disk bytes a run", "resident MiB after the last start", "resident MiB after a restart", "run grains active then"],
            [new WaitingRow(runs, bytes, busy, rested, active)],
            row => row is WaitingRow r ? [r.Runs, r.Bytes, r.Busy, r.Rested, r.Active] : []);
        await report.WriteAsync(file);
    }

    /// <summary>A fast source before something slow: memory must not grow.</summary>
    public static async Task BackPressureAsync(Options options, Report report)
    {
        var tokens = options.Number("tokens", 1_000_000);
        await using var setup = new ServerSetup(options);
        var file = options.Text("json");
        options.Check();
        await using var server = await setup.StartAsync();
        using var account = await ApiClient.RegisterAsync(server.Address, "presser");
        var design = await DesignAsync(account, [("range", $$"""{"from":1,"to":{{tokens}}}"""), ("merge", "{}"), ("delay", """{"milliseconds":1}""")]);
        var idle = server.Usage().ResidentBytes / Mebibyte;
        var run = await StartAsync(account, design, "firing");
        var resident = new List<double>();
        JsonElement view;
        do
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            view = (await account.GetAsync($"runs/{run}")).Expect();
            resident.Add(server.Usage().ResidentBytes / Mebibyte);
        }
        while (!view.TryGetProperty("endedAt", out _));
        report.Add(
            ["tokens", "seconds", "idle MiB", "a third of the way MiB", "at the end MiB", "peak MiB"],
            [new PressureRow(tokens, resident.Count, idle, resident[resident.Count / 3], resident[^1], resident.Max())],
            row => row is PressureRow r ? [r.Tokens, r.Seconds, r.Idle, r.Early, r.Late, r.Peak] : []);
        report.Note($"Resident MiB over time: {string.Join(' ', resident.Select(mebibytes => Math.Round(mebibytes)))}");
        await report.WriteAsync(file);
    }

    private static async Task<string> DesignAsync(ApiClient account, (string Type, string Props)[] path)
    {
        var design = await account.CreateDesignAsync(await account.CreateProjectAsync("runs"), "runs", "process");
        var operations = path
            .Select((node, i) => $$$"""{"op":"node.add","node":{"id":"n{{{i:000}}}","type":"{{{node.Type}}}","x":0,"y":0,"props":{{{node.Props}}} } }""")
            .Concat(Enumerable.Range(1, path.Length - 1).Select(i =>
                $$$"""{"op":"connection.add","connection":{"id":"c{{{i:000}}}","from":{"node":"n{{{i - 1:000}}}","port":"out"},"to":{"node":"n{{{i:000}}}","port":"in"} } }"""));
        (await account.PostTextAsync(
            $"designs/{design}/operations", $$"""{"batchId":"{{Guid.NewGuid()}}","baseRevision":1,"operations":[{{string.Join(',', operations)}}]}""")).Expect();
        return design;
    }

    private static async Task<string> StartAsync(ApiClient account, string design, string durability) =>
        (await account.PostAsync($"designs/{design}/runs", new { durability })).Expect().GetProperty("id").GetString()!;

    private static async Task<JsonElement> EndAsync(ApiClient account, string run)
    {
        JsonElement view = default;
        await Eventually.HoldsAsync(
            async () => (view = (await account.GetAsync($"runs/{run}")).Expect()).TryGetProperty("endedAt", out _), Patience, $"{run} has ended");
        return view.GetProperty("status").GetString() == "completed" ? view : throw new InvalidOperationException($"The run did not complete: {view}");
    }

    private static long Disk(ServerProcess server) => Directory.EnumerateFiles(server.DataFolder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);

    private sealed record PipelineRow(string Name, long Firings, double Seconds, double PerSecond, double PerProcessorSecond, double Resident);

    private sealed record StartRow(int Starts, double Within, double FiringP50, double FiringP99, double P50, double P99);

    private sealed record WaitingRow(int Runs, double Bytes, double Busy, double Rested, double Active);

    private sealed record PressureRow(int Tokens, int Seconds, double Idle, double Early, double Late, double Peak);
}
