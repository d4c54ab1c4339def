using System.Diagnostics;
using System.Text.Json;
using Actors.Bench.Load;
using Actors.TestKit.Server;

namespace Actors.Bench.Scenarios;

/// <summary>How long a client that was away takes to catch up, by how much it missed: from memory and after a restart.</summary>
internal static class Resume
{
    private const int Nodes = 200;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(Options options, Report report)
    {
        var times = options.Number("times", 5);
        var missed = options.Numbers("changes", 0, 100, 1_000, 10_000);
        await using var setup = new ServerSetup(options);
        var file = options.Text("json");
        options.Check();

        await using var server = await setup.StartAsync();
        using var account = await ApiClient.RegisterAsync(server.Address, "returner");
        var projectId = await account.CreateProjectAsync("resume");
        var rows = new List<object>();
        foreach (var changes in missed)
        {
            var designId = await LoadRoom.CreateDesignAsync(account, projectId, $"missed {changes}", Nodes);
            var before = DesignReplica.Of(await account.GetDesignAsync(designId)).Position;
            await Editing.CommitAsync(account, designId, changes, Nodes);
            var head = (await account.GetDesignAsync(designId)).GetProperty("revision").GetInt64();
            rows.Add(await MeasureAsync(account, designId, before, head, changes, "running", times));
            await server.RestartAsync();
            rows.Add(await MeasureAsync(account, designId, before, head, changes, "just restarted", times: 1));
        }

        report.Add(
            ["changes missed", "server", "answered with", "caught up ms", "KiB", "frames"],
            rows,
            row => row is Row r ? [r.Missed, r.Server, r.AnsweredWith, r.CaughtUp, r.Kilobytes, r.Frames] : []);
        report.Note($"From asking to watch until the newest revision has arrived, on an open connection; medians of {times} while running.");
        await report.WriteAsync(file);
    }

    private static async Task<Row> MeasureAsync(ApiClient account, string designId, object? position, long head, int changes, string server, int times)
    {
        var elapsed = new List<double>();
        long bytes = 0;
        var frames = 0;
        var kind = "";
        for (var i = 0; i < times; i++)
        {
            await using var connection = await account.ConnectAsync();
            var bytesBefore = connection.BytesIn;
            var clock = Stopwatch.StartNew();
            var stream = connection.Stream("WatchDesign", designId, position);
            var frame = await stream.NextAsync(Deadline);
            kind = frame.GetProperty("kind").GetString()!;
            for (frames = 1; changes > 0 && Newest(frame) < head; frames++)
            {
                frame = await stream.NextAsync(Deadline);
            }

            elapsed.Add(clock.Elapsed.TotalMilliseconds);
            bytes = connection.BytesIn - bytesBefore;
        }

        return new Row(changes, server, kind, Editing.Median(elapsed), bytes / 1024.0, frames);
    }

    private static long Newest(JsonElement frame)
    {
        switch (frame.GetProperty("kind").GetString())
        {
            case "snapshot":
                return frame.GetProperty("design").GetProperty("revision").GetInt64();
            case "changes" when frame.GetProperty("changes") is var changes:
                return changes.GetArrayLength() == 0 ? 0 : changes[changes.GetArrayLength() - 1].GetProperty("revision").GetInt64();
            default:
                throw new InvalidOperationException($"The stream ended: {frame}");
        }
    }

    private sealed record Row(int Missed, string Server, string AnsweredWith, double CaughtUp, double Kilobytes, int Frames);
}
