using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>The management grain of the one silo there is.</summary>
[GrainType("sys.management")]
[Reentrant]
internal sealed class ManagementGrain(EmbeddedEngine engine) : Grain, IManagementGrain
{
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);

    private IEnumerable<Activation> Activations => engine.Activations.Where(a => !a.Class.IsSystem);

    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false)
    {
        var status = engine.Status == EngineStatus.Running ? SiloStatus.Active : SiloStatus.ShuttingDown;
        return Task.FromResult(onlyActive && status != SiloStatus.Active
            ? []
            : new Dictionary<SiloAddress, SiloStatus> { [engine.SiloAddress] = status });
    }

    public Task<SiloRuntimeStatistics[]> GetRuntimeStatistics(SiloAddress[] hostsIds)
    {
        var since = engine.Clock.Now - Recent.Ticks;
        return Task.FromResult(!Asked(hostsIds)
            ? []
            : new[] { new SiloRuntimeStatistics(Activations.Count(), Activations.Count(a => a.LastUsed >= since), engine.Time.GetUtcNow().UtcDateTime) });
    }

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() => GetSimpleGrainStatistics([engine.SiloAddress]);

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics(SiloAddress[] hostsIds) => Task.FromResult<SimpleGrainStatistic[]>(!Asked(hostsIds)
        ? []
        : [.. Activations.GroupBy(a => a.Class.Type).Select(g => new SimpleGrainStatistic { GrainType = g.Key.FullName!, SiloAddress = engine.SiloAddress, ActivationCount = g.Count() })]);

    public Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types = null, SiloAddress[]? hostsIds = null) => Task.FromResult<DetailedGrainStatistic[]>(!Asked(hostsIds)
        ? []
        : [.. Activations
            .Where(a => types is null || types.Contains(a.Class.Type.FullName))
            .Select(a => new DetailedGrainStatistic { GrainType = a.Class.Type.FullName!, SiloAddress = engine.SiloAddress, GrainId = a.GrainId })]);

    public Task<int> GetTotalActivationCount() => Task.FromResult(Activations.Count());

    public ValueTask<List<GrainId>> GetActiveGrains(GrainType type) =>
        new(Activations.Where(a => a.Class.GrainType == type).Select(a => a.GrainId).Distinct().ToList());

    public ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference)
    {
        var id = reference.GetGrainId();
        return new(engine.Activations.Any(a => a.GrainId == id) ? engine.SiloAddress : null);
    }

    public Task ForceActivationCollection(TimeSpan ageLimit)
    {
        engine.CollectIdle(ageLimit);
        return Task.CompletedTask;
    }

    public Task ForceActivationCollection(SiloAddress[] hostsIds, TimeSpan ageLimit) => Asked(hostsIds) ? ForceActivationCollection(ageLimit) : Task.CompletedTask;

    public Task ForceGarbageCollection(SiloAddress[] hostsIds)
    {
        if (Asked(hostsIds))
            GC.Collect();
        return Task.CompletedTask;
    }

    private bool Asked(SiloAddress[]? hosts) => hosts is null or [] || hosts.Contains(engine.SiloAddress);
}
