using System.Collections.Immutable;
using Actors.Frontend.Live;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Actors.Frontend.Operations.Health;

/// <summary>Asks every part how it does. A part that does not answer in time has failed, and the others are told all the same.</summary>
internal sealed class HealthReporter(StorageMonitor storage, IGrainFactory grains, LiveServices live, ProcessFacts facts, IOptions<HealthOptions> options, TimeProvider time)
{
    /// <summary>Whoever asks for details wants the present; several at once share a probe.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>A share of a limit that is near enough to it to be told.</summary>
    private const double Near = 0.9;

    private const long LongThreadPoolQueue = 1_000;

    private readonly HealthOptions _options = options.Value;

    public async Task<HealthReport> ReportAsync(CancellationToken cancellationToken)
    {
        var asked = AskGrainsAsync();
        var probed = await storage.GetAsync(Fresh, cancellationToken);
        var storagePart = Storage(probed);
        var journal = Journal(probed.State);
        var grainPart = await asked;
        var process = DescribeProcess();
        var connections = new LivePart(HealthStatus.Ok, null, live.ConnectionCount, live.StreamCount, live.Designs.Count, live.Rooms.Count, live.Inboxes.Count);
        var worst = new[] { storagePart.Status, journal.Status, grainPart.Status, process.Status, connections.Status }.Max();
        return new HealthReport(worst, facts.Version, facts.StartedAt, facts.Uptime.TotalSeconds, storagePart, journal, grainPart, connections, process);
    }

    private StoragePart Storage(ProbedStorage probed)
    {
        var state = probed.State;
        var (status, reason) = state switch
        {
            { Problem: { } problem } => (HealthStatus.Failed, problem),
            { Read: { } read } when read > _options.SlowRead => (HealthStatus.Degraded, $"a read took {read.TotalSeconds:0.000} s, longer than Health:SlowRead"),
            { Write: { } write } when write > _options.SlowWrite => (HealthStatus.Degraded, $"a write took {write.TotalSeconds:0.000} s, longer than Health:SlowWrite"),
            _ => (HealthStatus.Ok, (string?)null),
        };
        return new StoragePart(status, reason, state.Provider, state.Read?.TotalSeconds, state.Write?.TotalSeconds, probed.At);
    }

    private static JournalPart Journal(StorageState state)
    {
        var (status, reason) = state switch
        {
            { Write: null } => (HealthStatus.Failed, "nothing can be written now"),
            _ when state.Pending >= state.MaximumPending => (HealthStatus.Failed, "the queue is full; appends are refused as overloaded"),
            _ when state.Pending > state.MaximumPending / 2 => (HealthStatus.Degraded, "the queue is more than half full"),
            _ => (HealthStatus.Ok, (string?)null),
        };
        return new JournalPart(status, reason, state.Pending, state.MaximumPending, state.Write?.TotalSeconds);
    }

    private async Task<GrainPart> AskGrainsAsync()
    {
        try
        {
            var statistics = await grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics().WaitAsync(_options.Timeout, time);
            var byType = statistics
                .GroupBy(statistic => statistic.GrainType[(statistic.GrainType.LastIndexOf('.') + 1)..], StringComparer.Ordinal)
                .ToImmutableSortedDictionary(group => group.Key, group => group.Sum(statistic => statistic.ActivationCount), StringComparer.Ordinal);
            return new GrainPart(HealthStatus.Ok, null, byType.Values.Sum(), byType);
        }
        catch (TimeoutException)
        {
            return new GrainPart(HealthStatus.Failed, $"no answer within {_options.Timeout.TotalSeconds:0.###} s", 0, ImmutableSortedDictionary<string, int>.Empty);
        }
    }

    private static ProcessPart DescribeProcess()
    {
        var memory = GC.GetGCMemoryInfo();
        var limit = memory.TotalAvailableMemoryBytes;
        var queue = ThreadPool.PendingWorkItemCount;
        var used = Environment.WorkingSet;
        var (status, reason) = used switch
        {
            _ when used > limit * Near => (HealthStatus.Degraded, "less than a tenth of the memory is left"),
            _ when queue > LongThreadPoolQueue => (HealthStatus.Degraded, "work waits for threads"),
            _ => (HealthStatus.Ok, (string?)null),
        };
        return new ProcessPart(status, reason, used, GC.GetTotalMemory(forceFullCollection: false), limit, ThreadPool.ThreadCount, queue);
    }
}
