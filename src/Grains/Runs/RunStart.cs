using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.Domain.Execution;
using Actors.Grains.Interfaces.Runs;

namespace Actors.Grains.Runs;

/// <summary>The first entry of a run's journal: what was asked for, and all that is fixed from then on.</summary>
/// <param name="Versions">Of the components of the design; null in runs that are older than it.</param>
internal sealed record RunStart(
    string RunId,
    string ProjectId,
    string DesignId,
    string DesignName,
    string DesignBlob,
    long Revision,
    RunDurability Durability,
    string StartedBy,
    DateTimeOffset At,
    ulong Seed,
    ImmutableDictionary<string, ImmutableArray<Token>> Inputs,
    RunAnswerTo? AnswerTo,
    int Depth = 0,
    ImmutableSortedDictionary<string, int>? Versions = null)
{
    /// <summary>The shapes of the components that run, by id; null in journals from before they were kept.</summary>
    public ImmutableSortedDictionary<string, string>? Components { get; init; }

    /// <summary>The node that runs alone; null for the whole design.</summary>
    public string? NodeId { get; init; }

    public bool DryRun { get; init; }

    /// <summary>The run whose outcomes are the stubs of this dry run; null when there was none.</summary>
    public string? StubsFrom { get; init; }

    public RunReplay? Replay { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunStart))]
internal sealed partial class RunStartJsonContext : JsonSerializerContext;
