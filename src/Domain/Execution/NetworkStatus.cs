using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Actors.Domain.Execution;

/// <summary>What a network does.</summary>
public enum NetworkStatus
{
    Running,

    /// <summary>Nothing new starts; what is in flight finishes.</summary>
    Paused,

    /// <summary>Every process has ended.</summary>
    Completed,

    Failed,

    Cancelled,

    /// <summary>Nothing new starts and no attempt is repeated; what was executed when it was cancelled may still be committed.</summary>
    Cancelling,
}

/// <summary>Why a run failed.</summary>
/// <param name="NodeId">The node to blame; null when it is the whole run.</param>
/// <param name="Waits">For a deadlock who waits for whom.</param>
[method: JsonConstructor]
public sealed record RunFailure(string Code, string Detail, string? NodeId, ImmutableArray<WaitFor> Waits)
{
    public RunFailure(string code, string detail, string? nodeId)
        : this(code, detail, nodeId, [])
    {
    }
}

/// <summary>A blocked process, by node and port, and the node that would have to act.</summary>
/// <param name="Waiting"><c>read</c>, <c>write</c>, or <c>guard</c> where tokens wait that the node itself does not let in.</param>
public sealed record WaitFor(string Node, string Port, string Waiting, string For);

/// <summary>What becomes of a failed attempt.</summary>
public enum FailureVerdict
{
    /// <summary>The firing is tried again later.</summary>
    Retried,

    /// <summary>Its tokens are consumed and the run goes on.</summary>
    Skipped,

    /// <summary>An error token left by the port <c>error</c>.</summary>
    SentOut,

    /// <summary>The run has failed.</summary>
    Fatal,
}

/// <summary>A node's figures since the run began.</summary>
public readonly record struct ProcessFigures(
    long Firings, long Errors, long Retries, long Skipped, int InFlight, int Queued, int Outgoing, bool Closed, bool Ended, bool Retrying);
