namespace Orleans.Runtime;

public enum SiloStatus
{
    None,
    Created,
    Joining,
    Active,
    ShuttingDown,
    Stopping,
    Dead,
}

public sealed class SimpleGrainStatistic
{
    public string GrainType { get; init; } = string.Empty;

    public SiloAddress SiloAddress { get; init; } = SiloAddress.Zero;

    public int ActivationCount { get; init; }
}

public sealed class DetailedGrainStatistic
{
    public string GrainType { get; init; } = string.Empty;

    public SiloAddress SiloAddress { get; init; } = SiloAddress.Zero;

    public GrainId GrainId { get; init; }
}

public sealed class SiloRuntimeStatistics
{
    internal SiloRuntimeStatistics(int activations, int recentlyUsed, DateTime at)
    {
        ActivationCount = activations;
        RecentlyUsedActivationCount = recentlyUsed;
        DateTime = at;
    }

    public int ActivationCount { get; }

    /// <summary>Those used in the last ten minutes.</summary>
    public int RecentlyUsedActivationCount { get; }

    public DateTime DateTime { get; }
}

/// <summary>Asks and steers the silos; its key is 0. The engine's own grains are not counted.</summary>
public interface IManagementGrain : IGrainWithIntegerKey
{
    Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false);

    Task<SiloRuntimeStatistics[]> GetRuntimeStatistics(SiloAddress[] hostsIds);

    Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics();

    Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics(SiloAddress[] hostsIds);

    /// <param name="types">Full class names, or null for all.</param>
    /// <param name="hostsIds">The silos to ask, or null for all.</param>
    Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types = null, SiloAddress[]? hostsIds = null);

    Task<int> GetTotalActivationCount();

    ValueTask<List<GrainId>> GetActiveGrains(GrainType type);

    ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference);

    /// <summary>Ends the activations that were idle for longer than the age.</summary>
    Task ForceActivationCollection(TimeSpan ageLimit);

    Task ForceActivationCollection(SiloAddress[] hostsIds, TimeSpan ageLimit);

    Task ForceGarbageCollection(SiloAddress[] hostsIds);
}
