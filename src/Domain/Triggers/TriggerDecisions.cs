using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Actors.Domain.Identity;
using TriggerDecision = Actors.Domain.Decision<Actors.Domain.Triggers.TriggerState, Actors.Domain.Triggers.TriggerEvent>;

namespace Actors.Domain.Triggers;

public sealed partial record TriggerState
{
    private static readonly Refusal Missing = new(ErrorCodes.NotFound, "there is no such trigger");
    private static readonly Refusal Changed412 = new(ErrorCodes.PreconditionFailed, "the trigger has changed since it was read");
    private static readonly Refusal NoHook = Refusal.Field("kind", "only a webhook has a token");

    /// <summary>The id of the run that a firing starts: the same whenever it is asked for.</summary>
    public static string RunIdOf(string triggerId, string key, DateTimeOffset due) =>
        Identifier.Create(Identifier.Run, due, SHA256.HashData(Encoding.UTF8.GetBytes($"{triggerId}\n{key}")).AsSpan(0, Identifier.RandomBytes));

    public TriggerDecision Decide(TriggerCommand command) => command switch
    {
        TriggerCommand.Create c => Create(c),
        _ when !Exists() => TriggerDecision.Refused(Missing),
        TriggerCommand.Change c => Change(c),
        TriggerCommand.RollToken when Settings!.Kind != TriggerKind.Webhook => TriggerDecision.Refused(NoHook),
        TriggerCommand.RollToken c => Happened(new TriggerEvent.TokenRolled(c.At, c.By, c.TokenHash)),
        TriggerCommand.Disable when !Enabled => TriggerDecision.Nothing,
        TriggerCommand.Disable c => Happened(new TriggerEvent.Disabled(c.At, c.By, c.Reason)),
        TriggerCommand.Fire c => Fire(c),
        TriggerCommand.Miss c when c.Through <= Through || !Enabled => TriggerDecision.Nothing,
        TriggerCommand.Miss c => Happened(new TriggerEvent.Fired(
            c.At,
            c.By,
            new TriggerFiring($"missed:{c.Through.UtcTicks}", c.First, c.At, FiringStatus.Skipped, Reason: FiringReasons.Missed, Detail: "nobody could fire then", Count: c.Count),
            c.Through,
            null)),
        TriggerCommand.Settle c => Settle(c),
        TriggerCommand.EndRuns c => EndRuns(c),
        TriggerCommand.Delete c when c.ExpectedVersion is { } expected && expected != Version => TriggerDecision.Refused(Changed412),
        TriggerCommand.Delete c => Happened(new TriggerEvent.Deleted(c.At, c.By)),
        _ => throw new UnreachableException($"unknown trigger command {command.GetType().Name}"),
    };

    private TriggerDecision Create(TriggerCommand.Create command)
    {
        if (Version > 0)
            return TriggerDecision.Refused(new Refusal(ErrorCodes.PreconditionFailed, "the trigger exists already"));

        return command.Settings.Check() is { } refusal
            ? TriggerDecision.Refused(refusal)
            : Happened(new TriggerEvent.Created(
                command.At, command.By, command.Id, command.ProjectId, command.Settings, command.Enabled, command.Position, command.TokenHash, command.SealedSecret));
    }

    private TriggerDecision Change(TriggerCommand.Change command)
    {
        if (command.ExpectedVersion is { } expected && expected != Version)
            return TriggerDecision.Refused(Changed412);

        if (command.Settings.Kind != Settings!.Kind)
            return TriggerDecision.Refused(Refusal.Field("kind", "cannot be changed: make another trigger"));

        if (command.Settings.Check() is { } refusal)
            return TriggerDecision.Refused(refusal);

        // What came due while it was off, or by the schedule before, is not made up for.
        var restarted = (command.Enabled && !Enabled)
            || command.Settings.Schedule != Settings.Schedule
            || command.Settings.Design?.DesignId != Settings.Design?.DesignId
            || command.Settings.File?.Path != Settings.File?.Path;
        return Happened(new TriggerEvent.Changed(
            command.At, command.By, command.Settings, command.Enabled, restarted, command.Position, command.SetsSecret ? command.SealedSecret : SealedSecret));
    }

    private TriggerDecision Fire(TriggerCommand.Fire command)
    {
        if (!Enabled && !command.ByHand)
            return TriggerDecision.Refused(new Refusal(ErrorCodes.TriggerDisabled, "the trigger is switched off"));

        if ((command.Due is { } due && due <= Through) || Find(command.Key) is not null)
            return TriggerDecision.Nothing;

        var firing = new TriggerFiring(
            command.Key, command.Due ?? command.At, command.At, FiringStatus.Starting, command.RunId, By: command.ByHand ? command.By : null, Payload: command.Payload);
        var busy = Running.Length + Firings.Count(kept => kept.Status == FiringStatus.Starting);
        var queued = Firings.Count(kept => kept.Status == FiringStatus.Queued);
        firing = Settings!.Overlap switch
        {
            OverlapPolicy.Parallel when busy >= MaximumParallel => Skip(firing, FiringReasons.TooMany, $"{MaximumParallel} runs of this trigger are under way"),
            OverlapPolicy.Parallel => firing,
            _ when busy + queued == 0 => firing,
            OverlapPolicy.Skip => Skip(firing, FiringReasons.Overlap, "a run of this trigger is under way"),
            _ when queued >= MaximumQueued => Skip(firing, FiringReasons.QueueFull, $"{MaximumQueued} firings wait already"),
            _ => firing with { Status = FiringStatus.Queued },
        };
        return Happened(new TriggerEvent.Fired(command.At, command.By, firing, command.Due, command.Position));
    }

    private TriggerDecision Settle(TriggerCommand.Settle command) =>
        Firings.Any(firing => firing.RunId == command.RunId && firing.Status == FiringStatus.Starting)
            ? Happened(new TriggerEvent.Settled(command.At, command.By, command.RunId, command.Refusal?.Code, command.Refusal?.Detail))
            : TriggerDecision.Nothing;

    /// <summary>Also asked without any run that ended: a firing of the queue follows one that could not be started.</summary>
    private TriggerDecision EndRuns(TriggerCommand.EndRuns command)
    {
        ImmutableArray<string> ended = [.. Running.Intersect(command.RunIds, StringComparer.Ordinal)];
        var busy = Running.Length - ended.Length + Firings.Count(firing => firing.Status == FiringStatus.Starting);
        var next = busy == 0 ? Firings.FirstOrDefault(firing => firing.Status == FiringStatus.Queued)?.RunId : null;
        return ended.IsEmpty && next is null
            ? TriggerDecision.Nothing
            : Happened(new TriggerEvent.RunsEnded(command.At, command.By, ended, next));
    }

    private static TriggerFiring Skip(TriggerFiring firing, string reason, string detail) =>
        firing with { Status = FiringStatus.Skipped, RunId = null, Reason = reason, Detail = detail, Payload = null };

    private TriggerDecision Happened(TriggerEvent @event) => TriggerDecision.Happened(@event, Apply(@event));
}

/// <summary>Why a firing was skipped.</summary>
public static class FiringReasons
{
    /// <summary>Nobody could fire when it came due, and the policy does not make up for it.</summary>
    public const string Missed = "missed";

    /// <summary>A run of the trigger was under way.</summary>
    public const string Overlap = "overlap";

    public const string QueueFull = "queue_full";

    public const string TooMany = "too_many_runs";
}
