using System.Collections.Immutable;
using Actors.Domain.Execution;

namespace Actors.Grains.Interfaces.Rooms;

/// <summary>How runs of a project stand now.</summary>
/// <param name="Runs">Those whose status changed, each as it is now.</param>
/// <param name="Missed">Others changed as well, more than are told at once.</param>
public sealed record RunsChange(ImmutableArray<RunSummary> Runs, bool Missed = false);

/// <summary>A run in a few words.</summary>
/// <param name="At">When its status changed.</param>
/// <param name="Outputs">Tokens of all its outputs so far.</param>
public sealed record RunSummary(
    string Id,
    string DesignId,
    string DesignName,
    long Revision,
    string Status,
    string StartedBy,
    DateTimeOffset At,
    long Firings,
    long Errors,
    long Outputs,
    RunFailure? Error);
