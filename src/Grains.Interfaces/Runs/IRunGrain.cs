using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Domain.Lists;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Interfaces.Runs;

/// <summary>One execution of a design. The key is the run's id.</summary>
/// <remarks>
/// What a run answers, publishes or does outside rests only on what its journal holds. A run that was under way when its
/// process ended goes on by itself; one that only waits for people holds no memory and wakes with the answer.
/// </remarks>
public interface IRunGrain : IGrainWithStringKey
{
    /// <summary>Starts the run; it is stored when this returns. Refused when the design cannot run, with the nodes to blame.</summary>
    [AlwaysInterleave]
    Task<RunReply> Start(NewRun run);

    /// <summary>What lists show of the run; null when there is none.</summary>
    [AlwaysInterleave]
    Task<RunHeader?> GetHeader();

    /// <summary>The run with its nodes' figures and the first tokens of each output; null when there is none.</summary>
    [AlwaysInterleave]
    Task<RunView?> Get();

    /// <summary>Tokens of an output after the first <paramref name="after"/>; null when there is no such output. The empty name is the run's events.</summary>
    [AlwaysInterleave]
    Task<RunTokens?> GetOutput(string name, long after, int limit);

    /// <summary>Ends the run: nothing new starts, and what is in flight has a few seconds to end; stored as wanted when this returns.</summary>
    [AlwaysInterleave]
    Task<Refusal?> Cancel();

    /// <summary>Nothing new starts; what is in flight finishes.</summary>
    [AlwaysInterleave]
    Task<Refusal?> Pause();

    [AlwaysInterleave]
    Task<Refusal?> Resume();

    /// <summary>A failed run goes on from the firing that failed, which is told anew what it failed upon.</summary>
    [AlwaysInterleave]
    Task<Refusal?> Retry();

    /// <summary>Answers what a firing waits for, as another grain that it waits for. The first answer counts.</summary>
    [AlwaysInterleave]
    Task<Refusal?> Answer(string waitId, Token answer);

    /// <summary>Answers what a firing asks of people. Refused when it asks others, or names others.</summary>
    [AlwaysInterleave]
    Task<Refusal?> AnswerAs(PersonAnswer answer);

    /// <summary>The answers that the run waits for.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<RunWait>> GetWaits();

    /// <summary>Leaves memory if the run was deleted.</summary>
    [AlwaysInterleave]
    Task Forget();

    /// <summary>Goes on if the run was under way: what the start of a silo and reminders call.</summary>
    [AlwaysInterleave]
    Task Wake();

    /// <summary>Events after a sequence number, then what happens; states in between are left out when there are many.</summary>
    IAsyncEnumerable<RunFeedItem> Watch(long afterSequence, CancellationToken cancellationToken = default);
}

/// <summary>Lists of runs.</summary>
public interface IRunDirectoryGrain : IGrainWithIntegerKey
{
    /// <param name="designId">Only runs of this design; null for all of the project.</param>
    Task<RunPage> List(string projectId, string? designId, string? status, ListRequest list);

    /// <summary>Deletes a run that has ended, with all that it produced.</summary>
    Task<Refusal?> Delete(string runId);
}

/// <param name="Inputs">Tokens by input name.</param>
/// <param name="Revision">Null for the design's newest.</param>
/// <param name="AnswerTo">The wait of another run that this one's end answers; null for none.</param>
/// <param name="Depth">How many runs stand above it: 0 for one that no run started.</param>
/// <param name="Trigger">What a trigger gives to the nodes of its kind; null when none started the run, or it feeds no nodes.</param>
public sealed record NewRun(
    string DesignId,
    string AccountId,
    long? Revision,
    RunDurability Durability,
    ImmutableDictionary<string, ImmutableArray<Token>> Inputs,
    RunAnswerTo? AnswerTo = null,
    int Depth = 0,
    RunTrigger? Trigger = null)
{
    /// <summary>The node that runs alone, with the inputs by its ports; null for the whole design.</summary>
    public string? NodeId { get; init; }

    /// <summary>Nothing happens outside, no model is asked, nobody is waited for.</summary>
    public bool DryRun { get; init; }

    /// <summary>The run whose outcomes are the stubs of a dry run; null for the latest of the design that completed.</summary>
    public string? StubsFrom { get; init; }

    /// <summary>When the request for it arrived; null when nobody asked.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>The run that is replayed, whose revision and inputs this one has; null for one of its own.</summary>
    public RunReplay? Replay { get; init; }
}

/// <summary>What is replayed.</summary>
/// <param name="FromNode">The node from which on firings are executed; those before it give what they gave. Null for every node.</param>
public sealed record RunReplay(string RunId, string? FromNode, ReplayEffects Effects);

/// <summary>What a replay does where nothing is recorded of an effect, a choice or an answer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReplayEffects>))]
public enum ReplayEffects
{
    /// <summary>The replay fails: nothing happens outside, and nothing is paid.</summary>
    [JsonStringEnumMemberName("recorded")]
    Recorded,

    /// <summary>It is done.</summary>
    [JsonStringEnumMemberName("live")]
    Live,
}

/// <param name="Component">The type of the nodes that are fed: <see cref="Webhook"/> or <see cref="Schedule"/>.</param>
/// <param name="Token">What each of them emits.</param>
public sealed record RunTrigger(string Component, Token Token)
{
    public const string Webhook = "webhook";
    public const string Schedule = "schedule";
}

public sealed record RunAnswerTo(string RunId, string WaitId);

/// <summary>What a person answers: <c>{approved, comment?}</c> to an approval, <c>{happened, outcome?}</c> to an effect in doubt.</summary>
/// <param name="By">The account.</param>
/// <param name="IsOwner">Whether it owns the project, and so may answer for those who are named.</param>
public sealed record PersonAnswer(string WaitId, Token Answer, string By, bool IsOwner);

public sealed record RunReply(RunHeader? Run, Refusal? Refusal);

/// <summary>What of a run survives a crash.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunDurability>))]
public enum RunDurability
{
    /// <summary>Every firing.</summary>
    [JsonStringEnumMemberName("firing")]
    Firing,

    /// <summary>That it was started, and its result.</summary>
    [JsonStringEnumMemberName("none")]
    None,
}

/// <summary>A run as lists show it.</summary>
public sealed record RunHeader
{
    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    public required string DesignId { get; init; }

    public required string DesignName { get; init; }

    /// <summary>The design's revision that runs, whatever happens to the design.</summary>
    public required long Revision { get; init; }

    /// <summary><c>running</c>, <c>paused</c>, <c>waiting</c>, <c>completed</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public required string Status { get; init; }

    public required RunDurability Durability { get; init; }

    public required string StartedBy { get; init; }

    /// <summary>How many runs stand above it: 0 for one that no run started.</summary>
    public int Depth { get; init; }

    /// <summary>The node that runs alone; null for the whole design.</summary>
    public string? NodeId { get; init; }

    /// <summary>Whether nothing happens outside.</summary>
    public bool DryRun { get; init; }

    /// <summary>The run that this one replays.</summary>
    public string? ReplayOf { get; init; }

    /// <summary>The node from which on the replay executes; null for all.</summary>
    public string? FromNode { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether it ever waited, for others or for a time.</summary>
    public bool Waited { get; init; }

    /// <summary>How long it has worked, waits and pauses excluded.</summary>
    public long WorkedMilliseconds { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public RunFailure? Error { get; init; }
}

/// <summary>A run whole.</summary>
/// <param name="Outputs">The first tokens of each output; more are paged.</param>
/// <param name="OutputCounts">Tokens of each output in all.</param>
/// <param name="Sequence">The number of the newest event.</param>
public sealed record RunView(
    RunHeader Run,
    ImmutableDictionary<string, RunNode> Nodes,
    ImmutableDictionary<string, RunConnection> Connections,
    ImmutableDictionary<string, ImmutableArray<Token>> Outputs,
    ImmutableDictionary<string, long> OutputCounts,
    long Firings,
    long Sequence,
    ImmutableArray<RunWait> Waits);

/// <param name="Status"><c>idle</c>, <c>running</c>, <c>waiting</c>, <c>blocked</c>, <c>retrying</c>, <c>done</c>, <c>skipped</c> or <c>failed</c>.</param>
/// <param name="Queued">Tokens that wait in its inputs.</param>
/// <param name="P50">Milliseconds of a firing, since the run was last brought into memory; null before the first.</param>
/// <param name="Component">Its type.</param>
/// <param name="Version">The version of the component that the run was started with.</param>
/// <param name="Models">Null when none was asked.</param>
public sealed record RunNode(
    string Status, long Firings, long In, long Out, long Errors, long Retries, long Skipped, int InFlight, int Queued, double? P50 = null, double? P99 = null,
    string? Component = null, int? Version = null, RunSpending? Models = null);

/// <summary>What the firings of a node asked of models; what a replay hands back costs nothing.</summary>
/// <param name="Cost">In the price table's currency.</param>
public sealed record RunSpending(long InputTokens, long OutputTokens, decimal Cost);

/// <param name="Tokens">That ever went in.</param>
/// <param name="Bytes">Of the tokens that ever went in.</param>
/// <param name="Preview">The beginning of the token that went in last, at most 256 bytes.</param>
public sealed record RunConnection(long Tokens, int Waiting, long Bytes, string? Preview = null);

/// <summary>Something that the run waits for from outside.</summary>
public sealed record RunWait(string Id, string Node, string Kind, Token Details, DateTimeOffset? Until);

public sealed record RunTokens(ImmutableArray<Token> Items, long Total);

public sealed record RunPage(ImmutableArray<RunHeader> Items, string? NextCursor, Refusal? Refusal = null);

/// <summary>What a watcher of a run is handed.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(State), "state")]
[JsonDerivedType(typeof(Events), "events")]
[JsonDerivedType(typeof(Ended), "end")]
public abstract record RunFeedItem
{
    /// <summary>How the run stands; replaces what was told before.</summary>
    public sealed record State(RunView View) : RunFeedItem;

    /// <summary>Events in their order.</summary>
    /// <param name="Sequence">The number of the last.</param>
    public sealed record Events(long Sequence, ImmutableArray<Token> Items) : RunFeedItem;

    public sealed record Ended(string Code) : RunFeedItem;
}
