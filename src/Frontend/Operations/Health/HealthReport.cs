using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Actors.Frontend.Operations.Health;

/// <summary>How a part does.</summary>
[JsonConverter(typeof(HealthStatusConverter))]
public enum HealthStatus
{
    /// <summary>As it should.</summary>
    Ok,

    /// <summary>It serves, slower or nearer to a limit than it should.</summary>
    Degraded,

    /// <summary>It does not serve.</summary>
    Failed,
}

/// <summary>Writes <c>ok</c>, <c>degraded</c>, <c>failed</c>.</summary>
public sealed class HealthStatusConverter() : JsonStringEnumConverter<HealthStatus>(System.Text.Json.JsonNamingPolicy.CamelCase);

/// <summary>Everything that an administrator asks first when something is wrong. Durations are in seconds.</summary>
/// <param name="Status">The worst of all parts.</param>
public sealed record HealthReport(
    HealthStatus Status,
    string Version,
    DateTimeOffset StartedAt,
    double UptimeSeconds,
    StoragePart Storage,
    JournalPart Journal,
    GrainPart Grains,
    LivePart Live,
    ProcessPart Process);

/// <summary>The storage, as a read and a write found it just now.</summary>
/// <param name="Reason">Why it is not ok; null when it is.</param>
/// <param name="ReadSeconds">Null when the read failed.</param>
/// <param name="WriteSeconds">Null when the write failed.</param>
public sealed record StoragePart(HealthStatus Status, string? Reason, string Provider, double? ReadSeconds, double? WriteSeconds, DateTimeOffset ProbedAt);

/// <summary>The queue before the one writer of the journal.</summary>
/// <param name="Pending">Appends and other writes that wait.</param>
/// <param name="MaximumPending">How many may; more are refused as <c>overloaded</c>.</param>
/// <param name="LagSeconds">How long a write waits and takes, as the last probe found.</param>
public sealed record JournalPart(HealthStatus Status, string? Reason, int Pending, int MaximumPending, double? LagSeconds);

/// <summary>The grains of this silo.</summary>
/// <param name="Activations">Alive now.</param>
/// <param name="ByType">The same by class of grain.</param>
public sealed record GrainPart(HealthStatus Status, string? Reason, int Activations, ImmutableSortedDictionary<string, int> ByType);

/// <summary>Who is connected.</summary>
/// <param name="Connections">To the hub.</param>
/// <param name="Streams">That are being sent.</param>
/// <param name="DesignFeeds">Designs that somebody watches, each followed once.</param>
/// <param name="RoomFeeds">Rooms, in the same way.</param>
/// <param name="InboxFeeds">Inboxes, in the same way.</param>
public sealed record LivePart(HealthStatus Status, string? Reason, int Connections, int Streams, int DesignFeeds, int RoomFeeds, int InboxFeeds);

/// <summary>The process.</summary>
/// <param name="MemoryBytes">In RAM.</param>
/// <param name="HeapBytes">Of .NET objects.</param>
/// <param name="MemoryLimitBytes">What the process may use.</param>
/// <param name="ThreadPoolQueue">Work that waits for a thread.</param>
public sealed record ProcessPart(HealthStatus Status, string? Reason, long MemoryBytes, long HeapBytes, long MemoryLimitBytes, int ThreadPoolThreads, long ThreadPoolQueue);
