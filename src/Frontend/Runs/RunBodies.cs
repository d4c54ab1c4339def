using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain.Execution;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Runs;

namespace Actors.Frontend.Runs;

/// <summary>What a run is started with.</summary>
/// <param name="Inputs">Tokens by the name of the design's input: a list of any JSON values.</param>
/// <param name="Revision">The design's revision; null for the newest.</param>
/// <param name="Durability"><c>firing</c> (the default) or <c>none</c>.</param>
/// <param name="DryRun">Nothing happens outside, no model is asked and nobody is waited for.</param>
/// <param name="From">For a dry run: the run whose recorded outcomes stand in for effects; the design's latest completed one when absent.</param>
public sealed record StartRunBody(
    ImmutableDictionary<string, ImmutableArray<JsonElement>>? Inputs = null, long? Revision = null, RunDurability? Durability = null, bool? DryRun = null, string? From = null);

/// <summary>What a node is tried with.</summary>
/// <param name="Inputs">Tokens by input port: a list of any JSON values that fit the port's type.</param>
/// <param name="Revision">The design's revision; null for the newest.</param>
/// <param name="DryRun">Nothing happens outside, no model is asked and nobody is waited for.</param>
/// <param name="From">For a dry run: the run whose recorded outcomes stand in for effects; the design's latest completed one when absent.</param>
public sealed record RunNodeBody(ImmutableDictionary<string, ImmutableArray<JsonElement>>? Inputs = null, long? Revision = null, bool? DryRun = null, string? From = null);

/// <summary>How a run is replayed.</summary>
/// <param name="Node">The node from which on firings are executed; the nodes before it give what they gave. All are executed when absent.</param>
/// <param name="Effects">What happens where nothing is recorded: <c>recorded</c> (the default) fails the replay, <c>live</c> does it.</param>
public sealed record ReplayRunBody(string? Node = null, ReplayEffects? Effects = null);

/// <summary>A run was taken on.</summary>
public sealed record StartedRun(string Id, string Status, string DesignId, long Revision);

/// <summary>A run whole.</summary>
/// <param name="Outputs">The first tokens of each output; <c>/runs/{runId}/outputs/{name}</c> pages them all.</param>
/// <param name="NodeId">The node that runs alone, its tokens and outputs named by its ports; absent for a whole design.</param>
/// <param name="DryRun">Whether nothing happens outside.</param>
/// <param name="ReplayOf">The run that this one replays.</param>
/// <param name="FromNode">The node from which on the replay executes; absent for all.</param>
/// <param name="Sequence">The number of the newest event.</param>
/// <param name="DesignRevision">The design's revision now: when it differs from <c>revision</c>, the design has moved on.</param>
public sealed record RunResource(
    string Id,
    string ProjectId,
    string DesignId,
    string DesignName,
    long Revision,
    long? DesignRevision,
    string Status,
    RunDurability Durability,
    string StartedBy,
    string? NodeId,
    bool DryRun,
    string? ReplayOf,
    string? FromNode,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? EndedAt,
    long Firings,
    long Sequence,
    ImmutableDictionary<string, RunNode> Nodes,
    ImmutableDictionary<string, RunConnection> Connections,
    ImmutableDictionary<string, ImmutableArray<Token>> Outputs,
    ImmutableDictionary<string, long> OutputCounts,
    ImmutableArray<RunWait> Waits,
    RunFailure? Error)
{
    public static RunResource Of(RunView view, long? designRevision = null) => new(
        view.Run.Id,
        view.Run.ProjectId,
        view.Run.DesignId,
        view.Run.DesignName,
        view.Run.Revision,
        designRevision,
        view.Run.Status,
        view.Run.Durability,
        view.Run.StartedBy,
        view.Run.NodeId,
        view.Run.DryRun,
        view.Run.ReplayOf,
        view.Run.FromNode,
        view.Run.CreatedAt,
        view.Run.UpdatedAt,
        view.Run.EndedAt,
        view.Firings,
        view.Sequence,
        view.Nodes,
        view.Connections,
        view.Outputs,
        view.OutputCounts,
        view.Waits,
        view.Run.Error);
}

/// <summary>Tokens of an output, in their order.</summary>
/// <param name="NextCursor">The position to ask for after; null when these are the last so far.</param>
/// <param name="Total">Tokens of the output so far.</param>
public sealed record TokenPage(ImmutableArray<Token> Items, string? NextCursor, long Total);

/// <summary>A frame of a run's live stream.</summary>
internal sealed record RunStateFrame(string Kind, RunResource Run);

/// <inheritdoc cref="RunStateFrame"/>
internal sealed record RunEventsFrame(string Kind, long Sequence, ImmutableArray<Token> Events);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunResource))]
[JsonSerializable(typeof(StartedRun))]
[JsonSerializable(typeof(TokenPage))]
[JsonSerializable(typeof(PageOf<RunHeader>))]
[JsonSerializable(typeof(PageOf<RunWait>))]
[JsonSerializable(typeof(RunStateFrame))]
[JsonSerializable(typeof(RunEventsFrame))]
internal sealed partial class RunsFrontendJsonContext : JsonSerializerContext;
