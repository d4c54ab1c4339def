using System.Collections.Immutable;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Grains.Interfaces.Runs;

namespace Actors.Grains.Runs;

/// <summary>Runs that go by what another run recorded: replays and dry runs. And those of one node alone.</summary>
internal sealed partial class RunGrain
{
    /// <summary>What the steps of firings are answered with; null for a run that does everything itself.</summary>
    public Recording? Recorded { get; private set; }

    /// <summary>What is to run, with what it goes by.</summary>
    private async Task<(Prepared? Prepared, Refusal? Refusal)> PrepareAsync(NewRun run)
    {
        if (run.Replay is { } replay)
        {
            return await PrepareReplayAsync(replay);
        }

        var (design, refusal) = run.NodeId is { } node
            ? await services.Plans.PrepareNodeAsync(GrainFactory, run.DesignId, run.Revision, node, run.Inputs)
            : await services.Plans.PrepareAsync(GrainFactory, run.DesignId, run.Revision);
        if (design is null || !run.DryRun)
        {
            return (design is null ? null : new Prepared(design, null), refusal);
        }

        var from = run.StubsFrom ?? await services.Recordings.LatestAsync(run.DesignId, Life);
        if (from is null)
        {
            return (new Prepared(design, null), null);
        }

        var (recorded, refused) = await services.Recordings.ReadStepsAsync(from, run.DesignId, Life);
        return recorded is null && run.StubsFrom is not null ? (null, refused) : (new Prepared(design, recorded), null);
    }

    private async Task<(Prepared? Prepared, Refusal? Refusal)> PrepareReplayAsync(RunReplay replay)
    {
        var (recorded, refusal) = await services.Recordings.ReadWholeAsync(replay.RunId, Life);
        if (recorded is null)
        {
            return (null, refusal);
        }

        var (design, issues) = await services.Plans.LoadAsync(recorded.Start);
        if (design is null)
        {
            return (null, RunPlans.RefuseOf([issues[0] with { Code = ErrorCodes.RunComponentUnavailable }]));
        }

        return replay.FromNode is { } node && design.Plan.Find(node) < 0
            ? (null, Refusal.Field("node", "the run has no node of that id", ErrorCodes.RunNodeUnknown))
            : (new Prepared(design, recorded), null);
    }

    /// <summary>The start as it is journalled: a replay is one of the same design with the same inputs and the same chance.</summary>
    private static RunStart Mark(RunStart start, NewRun run, RecordedRun? recorded) => run.Replay is not null && recorded?.Start is { } original
        ? start with { Inputs = original.Inputs, Seed = original.Seed, NodeId = original.NodeId, DryRun = original.DryRun, Replay = run.Replay }
        : start with { NodeId = run.NodeId, DryRun = run.DryRun, StubsFrom = recorded?.Start.RunId };

    private void Follow(Recording? recording)
    {
        Recorded = recording ?? (_start!.DryRun ? Recording.Empty : null);
        if (_start!.Replay is { } replay && recording is not null)
        {
            _network.Follow(recording, Recording.Executed(_network.Plan, replay.FromNode));
        }
    }

    /// <summary>After a restart: a replay that has not ended cannot go on without what it replays; a dry run has its own stubs.</summary>
    private async Task FollowAgainAsync(CancellationToken cancellationToken)
    {
        if (IsOver || _start is not { } start)
        {
            return;
        }

        var (recorded, refusal) = start switch
        {
            { Replay: { } replay } => await services.Recordings.ReadWholeAsync(replay.RunId, cancellationToken),
            { StubsFrom: { } run } => await services.Recordings.ReadStepsAsync(run, start.DesignId, cancellationToken),
            _ => default,
        };
        if (start.Replay is not null && refusal is not null)
        {
            _network.FailRun(new RunFailure(ErrorCodes.RunNotRecorded, $"What was replayed is gone: {refusal.Detail}", null));
        }

        Follow(recorded?.Recording);
    }

    /// <param name="Recorded">Null for a run that does everything itself.</param>
    private sealed record Prepared(PreparedDesign Design, RecordedRun? Recorded);
}
