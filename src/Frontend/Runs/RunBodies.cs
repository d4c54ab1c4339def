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
public sealed record StartRunBody(ImmutableDictionary<string, ImmutableArray<JsonElement>>? Inputs = null, long? Revision = null, RunDurability? Durability = null);

/// <summary>A run was taken on.</summary>
public sealed record StartedRun(string Id, string Status, string DesignId, long Revision);

/// <summary>A run whole.</summary>
/// <param name="Outputs">The first tokens of each output; <c>/runs/{runId}/outputs/{name}</c> pages them all.</param>
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
