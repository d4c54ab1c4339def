using System.Collections.Immutable;
using System.Diagnostics;

namespace Actors.Domain.Triggers;

/// <summary>A trigger as its events made it. <see cref="None"/> is the trigger that was never created.</summary>
/// <remarks>
/// What always holds: a due time is journalled as fired or missed once, in order, before a run is started for it; a run's
/// id follows from the trigger and the firing's key, so however often starting it is tried again it is one run.
/// </remarks>
/// <param name="Anchor">From when intervals count: it was created, switched on, or given another schedule.</param>
/// <param name="Through">Due times up to here are done with.</param>
/// <param name="Position">What it watches was seen up to here.</param>
/// <param name="Firings">The newest, oldest first.</param>
/// <param name="Running">Runs that were started and, as far as is known, have not ended.</param>
public sealed partial record TriggerState(
    long Version,
    string Id,
    string ProjectId,
    TriggerSettings? Settings,
    bool Enabled,
    string? DisabledReason,
    string Owner,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset Anchor,
    DateTimeOffset Through,
    long Position,
    string? TokenHash,
    string? SealedSecret,
    ImmutableArray<TriggerFiring> Firings,
    ImmutableArray<string> Running,
    bool IsDeleted)
{
    public const int MaximumFirings = 200;
    public const int MaximumMissed = 100;
    public const int MaximumQueued = 20;
    public const int MaximumParallel = 20;

    public static readonly TriggerState None = new(0, "", "", null, false, null, "", default, default, default, default, 0, null, null, [], [], false);

    public bool Exists() => Version > 0 && !IsDeleted;

    /// <summary>The next time that comes due; null for what has no schedule or is switched off.</summary>
    public DateTimeOffset? NextDue() => Exists() && Enabled && Settings!.Schedule is { } schedule ? schedule.Next(Through, Anchor) : null;

    /// <summary>Whether one more firing would be started or wait, and not be skipped for the limits.</summary>
    public bool HasRoom() => Settings!.Overlap switch
    {
        OverlapPolicy.Skip => true,
        OverlapPolicy.Queue => Firings.Count(firing => firing.Status == FiringStatus.Queued) < MaximumQueued,
        _ => Running.Length + Firings.Count(firing => firing.Status == FiringStatus.Starting) < MaximumParallel,
    };

    public TriggerFiring? Find(string key) => Firings.LastOrDefault(firing => firing.Key == key);

    /// <summary>The state after <paramref name="event"/>. Total: every event that was ever journalled applies.</summary>
    public TriggerState Apply(TriggerEvent @event) => Changed(@event) with { Version = Version + 1 };

    private TriggerState Changed(TriggerEvent @event) => @event switch
    {
        TriggerEvent.Created e => None with
        {
            Id = e.Id,
            ProjectId = e.ProjectId,
            Settings = e.Settings,
            Enabled = e.Enabled,
            Owner = e.By,
            CreatedAt = e.At,
            UpdatedAt = e.At,
            Anchor = e.At,
            Through = e.At,
            Position = e.Position,
            TokenHash = e.TokenHash,
            SealedSecret = e.SealedSecret,
        },
        TriggerEvent.Changed e => (e.Restarted ? this with { Anchor = e.At, Through = e.At, Position = e.Position } : this) with
        {
            Settings = e.Settings,
            Enabled = e.Enabled,
            DisabledReason = e.Enabled ? null : DisabledReason,
            Owner = e.By,
            UpdatedAt = e.At,
            SealedSecret = e.SealedSecret,
        },
        TriggerEvent.TokenRolled e => this with { TokenHash = e.TokenHash, UpdatedAt = e.At },
        TriggerEvent.Disabled e => this with { Enabled = false, DisabledReason = e.Reason, UpdatedAt = e.At },
        TriggerEvent.Fired e => this with
        {
            Firings = Keep(e.Firing),
            Through = e.Through is { } through && through > Through ? through : Through,
            Position = e.Position ?? Position,
        },
        TriggerEvent.Settled e => this with
        {
            Firings = With(e.RunId, firing => firing with
            {
                Status = e.Reason is null ? FiringStatus.Started : FiringStatus.Failed,
                Reason = e.Reason,
                Detail = e.Detail,
                Payload = null,
            }),
            Running = e.Reason is null ? Running.Add(e.RunId) : Running,
        },
        TriggerEvent.RunsEnded e => this with
        {
            Running = Running.RemoveRange(e.RunIds),
            Firings = e.Next is null ? Firings : With(e.Next, firing => firing with { Status = FiringStatus.Starting }),
        },
        TriggerEvent.Deleted e => this with { IsDeleted = true, Enabled = false, UpdatedAt = e.At, Firings = [], Running = [] },
        _ => throw new UnreachableException($"unknown trigger event {@event.GetType().Name}"),
    };

    /// <summary>With one more, and without the oldest of those that nothing depends on any more.</summary>
    private ImmutableArray<TriggerFiring> Keep(TriggerFiring firing)
    {
        var firings = Firings.Add(firing);
        if (firings.Length <= MaximumFirings)
            return firings;

        var oldest = firings.First(kept => kept.Status is not (FiringStatus.Queued or FiringStatus.Starting));
        return firings.Remove(oldest);
    }

    private ImmutableArray<TriggerFiring> With(string runId, Func<TriggerFiring, TriggerFiring> change) =>
        [.. Firings.Select(firing => firing.RunId == runId ? change(firing) : firing)];
}
