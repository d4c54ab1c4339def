using Actors.Components;
using Actors.Domain.Execution;

namespace Actors.Grains.Runs;

/// <summary>What the steps of one firing are answered with in a replay or a dry run.</summary>
internal sealed class RecordedSteps(RunGrain run, ProcessPlan process, Firing firing)
{
    private readonly long _number = firing.Number;
    private readonly RecordedFiring? _recorded = run.Recorded switch
    {
        null => null,
        var recording when run.Started.Replay is not null => recording.Same(process.NodeId, firing),
        var recording => recording.Nearest(process, firing),
    };

    /// <summary>Whether times that pass by themselves are not waited for.</summary>
    public bool SkipsDelays => run.Started.DryRun || (run.Started.Replay is not null && _recorded is { IsCommitted: true });

    /// <summary>
    /// The answer of a step: as recorded, or the stub of a dry run. Null when the step is to be done. A wait that nobody
    /// answered in time is answered so again.
    /// </summary>
    /// <param name="step">The number of the step.</param>
    /// <param name="what">For people: what the step would do.</param>
    /// <param name="stub">The answer of a dry run of which nothing is recorded.</param>
    /// <exception cref="ReplayDivergedException">A replay may do nothing, and nothing is recorded.</exception>
    /// <exception cref="ComponentException">The firing failed then.</exception>
    public FiringStep? Answer(int step, string what, FiringStep? stub)
    {
        if (run.Recorded is null)
        {
            return null;
        }

        if (_recorded?.StepAt(step) is { Kind: not (StepKind.Intended or StepKind.Awaited) } recorded)
        {
            return recorded;
        }

        if (run.Started.DryRun)
        {
            return stub;
        }

        if (run.Started.Replay is not { Effects: Interfaces.Runs.ReplayEffects.Recorded })
        {
            return null;
        }

        if (_recorded is { IsSkipped: true, Failure: { } failure })
        {
            throw new ComponentException(failure.Code, failure.Message, retryable: false);
        }

        throw new ReplayDivergedException($"Nothing is recorded of what firing {_number} of '{process.NodeId}' asks for: {what}. With the effects 'live' it would be done.");
    }
}

/// <summary>A replay asks for what its original did not record: the run fails, whatever the node's policy.</summary>
internal sealed class ReplayDivergedException(string message) : Exception(message);
