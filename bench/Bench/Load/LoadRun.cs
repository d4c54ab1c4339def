using System.Diagnostics;
using Actors.TestKit.Server;

namespace Actors.Bench.Load;

/// <summary>Puts one shape of load on a running server and measures it.</summary>
internal static class LoadRun
{
    private const double Mebibyte = 1 << 20;

    private static readonly TimeSpan TailTimeout = TimeSpan.FromSeconds(15);

    public static async Task<LoadResult> RunAsync(ServerProcess server, LoadPlan plan, string storage)
    {
        var idle = server.Usage();
        var clock = new LoadClock();
        using var account = await ApiClient.RegisterAsync(server.Address, "load");
        var projectId = await account.CreateProjectAsync(plan.Name);
        var rooms = new List<LoadRoom>();
        try
        {
            for (var i = 0; i < plan.Rooms; i++)
            {
                rooms.Add(await LoadRoom.CreateAsync(account, projectId, $"room-{i}", plan, clock));
            }

            for (var i = 0; i < plan.Paused; i++)
            {
                await rooms[0].AddPausedAsync(clock, plan.Nodes);
            }

            return await MeasureAsync(server, plan, storage, idle, clock, rooms);
        }
        finally
        {
            foreach (var room in rooms)
            {
                await room.DisposeAsync();
            }
        }
    }

    private static async Task<LoadResult> MeasureAsync(ServerProcess server, LoadPlan plan, string storage, ProcessUsage idle, LoadClock clock, List<LoadRoom> rooms)
    {
        var clients = rooms.SelectMany(room => room.Clients).ToList();
        var writers = rooms.SelectMany(room => plan.AllWrite ? room.Clients : room.Clients.Take(1)).ToList();

        GC.Collect();
        var start = clock.Now + 200_000;
        var from = start + (long)(plan.Warmup * 1e6);
        clock.Measure(from, from + (long)(plan.Seconds * 1e6));
        var sending = Task.Factory.StartNew(new LoadSchedule(clock, writers, plan.Rate, start).Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        await UntilAsync(clock, clock.From);
        var first = Sample.Take(server, clients);
        var resident = new List<double>();
        for (var next = clock.From + 1_000_000; next < clock.To; next += 1_000_000)
        {
            await UntilAsync(clock, next);
            resident.Add(Math.Round(server.Usage().ResidentBytes / Mebibyte, 1));
        }

        await UntilAsync(clock, clock.To);
        var last = Sample.Take(server, clients);
        await sending;

        var expected = writers.Sum(writer => writer.Sent) * (plan.Clients - 1);
        await ArriveAsync(clients, expected);
        var (compared, wrong) = await CompareAsync(rooms);
        var end = server.Usage();
        var revived = await rooms[0].ReviveAsync();
        return Result(plan, storage, idle, first, last, end, clients, expected, resident) with { StateChecked = compared, StateWrong = wrong, Revived = revived };
    }

    private static LoadResult Result(LoadPlan plan, string storage, ProcessUsage idle, Sample first, Sample last, ProcessUsage end, List<LoadClient> clients, long expected, List<double> resident)
    {
        var seconds = (last.At - first.At).TotalSeconds;
        var processor = (last.Server.Processor - first.Server.Processor).TotalSeconds;
        var delivered = clients.Sum(client => client.Delivered);
        var sent = clients.Sum(client => client.Sent);
        var latency = Merge(clients, client => client.Latency);
        var acknowledgement = Merge(clients, client => client.Acknowledgement);
        return new LoadResult
        {
            Name = plan.Name,
            Storage = storage,
            Connections = clients.Count,
            EditsPerSecond = sent / seconds,
            DeliveriesPerSecond = delivered / seconds,
            Expected = expected,
            Delivered = delivered,
            RemoteP50 = latency.Quantile(0.5),
            RemoteP99 = latency.Quantile(0.99),
            RemoteMaximum = latency.Maximum,
            AcknowledgedP50 = acknowledgement.Quantile(0.5),
            AcknowledgedP99 = acknowledgement.Quantile(0.99),
            MicrosecondsPerDelivery = 1e6 * processor / Math.Max(1, delivered),
            MicrosecondsPerEdit = 1e6 * processor / Math.Max(1, sent),
            ServerPercent = 100 * processor / seconds,
            ResidentIdle = idle.ResidentBytes / Mebibyte,
            ResidentNow = last.Server.ResidentBytes / Mebibyte,
            ResidentPeak = end.PeakResidentBytes / Mebibyte,
            ResidentOverTime = resident,
            MessagesPerSecond = (last.Messages - first.Messages) / seconds,
            KilobytesPerSecond = (last.Bytes - first.Bytes) / seconds / 1024,
            Gaps = clients.Sum(client => client.Gaps),
            Resynchronized = clients.Sum(client => client.Resynchronized),
            Refused = clients.Sum(client => client.Refused),
            Refusal = clients.Select(client => client.Refusal).FirstOrDefault(refusal => refusal is not null),
            StateChecked = 0,
            StateWrong = 0,
            ClientPercent = 100 * (last.Own - first.Own).TotalSeconds / seconds,
            SlipP99 = Merge(clients, client => client.Slip).Quantile(0.99),
        };
    }

    /// <summary>Lets the tail arrive: until every edit is answered and delivered, or nothing more comes.</summary>
    private static async Task ArriveAsync(List<LoadClient> clients, long expected)
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (clock.Elapsed < TailTimeout
            && (clients.Any(client => client.Pending > 0) || clients.Sum(client => client.Delivered) < expected))
        {
            await timer.WaitForNextTickAsync();
        }
    }

    private static async Task<(int Checked, int Wrong)> CompareAsync(List<LoadRoom> rooms)
    {
        int compared = 0, wrong = 0;
        foreach (var room in rooms)
        {
            var result = await room.CompareAsync();
            compared += result.Checked;
            wrong += result.Wrong;
        }

        return (compared, wrong);
    }

    private static Histogram Merge(List<LoadClient> clients, Func<LoadClient, Histogram> part)
    {
        var all = new Histogram();
        clients.ForEach(client => all.Add(part(client)));
        return all;
    }

    private static async Task UntilAsync(LoadClock clock, long at)
    {
        if (at - clock.Now is > 0 and var left)
        {
            await Task.Delay(TimeSpan.FromMicroseconds(left));
        }
    }

    /// <summary>All counters at one moment.</summary>
    private sealed record Sample(TimeSpan At, ProcessUsage Server, TimeSpan Own, long Bytes, long Messages)
    {
        public static Sample Take(ServerProcess server, List<LoadClient> clients) => new(
            Stopwatch.GetElapsedTime(0),
            server.Usage(),
            Environment.CpuUsage.TotalTime,
            clients.Sum(client => client.Connection.BytesIn),
            clients.Sum(client => client.Connection.MessagesIn));
    }
}
