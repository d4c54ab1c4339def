using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.Domain.Execution;

namespace Actors.Domain.Triggers;

/// <summary>What can be asked of a trigger. The shell has checked the role.</summary>
public abstract record TriggerCommand(DateTimeOffset At, string By)
{
    /// <param name="Position">Where what it watches stands: the design's revision.</param>
    /// <param name="TokenHash">For a webhook.</param>
    /// <param name="SealedSecret">What a webhook's signatures are made with, sealed; null takes unsigned requests.</param>
    public sealed record Create(
        DateTimeOffset At, string By, string Id, string ProjectId, TriggerSettings Settings, bool Enabled, long Position, string? TokenHash, string? SealedSecret)
        : TriggerCommand(At, By);

    /// <param name="SetsSecret">Whether <paramref name="SealedSecret"/> is set, to null as well.</param>
    public sealed record Change(
        DateTimeOffset At, string By, TriggerSettings Settings, bool Enabled, long Position, bool SetsSecret, string? SealedSecret, long? ExpectedVersion)
        : TriggerCommand(At, By);

    public sealed record RollToken(DateTimeOffset At, string By, string TokenHash) : TriggerCommand(At, By);

    /// <summary>The server switches it off: nobody is left who may run the design.</summary>
    public sealed record Disable(DateTimeOffset At, string Reason) : TriggerCommand(At, "system");

    /// <param name="Due">The time of the schedule that it is for; null for what has none.</param>
    /// <param name="Position">Where what it watches stands; null leaves it.</param>
    /// <param name="ByHand">Also when it is switched off.</param>
    public sealed record Fire(DateTimeOffset At, string By, string Key, string RunId, DateTimeOffset? Due, long? Position, Token? Payload, bool ByHand) : TriggerCommand(At, By);

    /// <summary>Due times that are not made up for.</summary>
    /// <param name="Through">The last of them.</param>
    public sealed record Miss(DateTimeOffset At, DateTimeOffset First, DateTimeOffset Through, int Count) : TriggerCommand(At, "system");

    /// <summary>What became of starting a run.</summary>
    public sealed record Settle(DateTimeOffset At, string RunId, Refusal? Refusal) : TriggerCommand(At, "system");

    /// <summary>Runs that are over. What waited for them goes on.</summary>
    public sealed record EndRuns(DateTimeOffset At, ImmutableArray<string> RunIds) : TriggerCommand(At, "system");

    public sealed record Delete(DateTimeOffset At, string By, long? ExpectedVersion) : TriggerCommand(At, By);
}

/// <summary>What happened to a trigger, as its journal keeps it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Created), "created")]
[JsonDerivedType(typeof(Changed), "changed")]
[JsonDerivedType(typeof(TokenRolled), "tokenRolled")]
[JsonDerivedType(typeof(Disabled), "disabled")]
[JsonDerivedType(typeof(Fired), "fired")]
[JsonDerivedType(typeof(Settled), "settled")]
[JsonDerivedType(typeof(RunsEnded), "runsEnded")]
[JsonDerivedType(typeof(Deleted), "deleted")]
public abstract record TriggerEvent(DateTimeOffset At, string By)
{
    public sealed record Created(
        DateTimeOffset At, string By, string Id, string ProjectId, TriggerSettings Settings, bool Enabled, long Position, string? TokenHash, string? SealedSecret)
        : TriggerEvent(At, By);

    /// <param name="Position">Where it watches from now on; null when it goes on where it was.</param>
    public sealed record Changed(
        DateTimeOffset At, string By, TriggerSettings Settings, bool Enabled, bool Restarted, long Position, string? SealedSecret)
        : TriggerEvent(At, By);

    public sealed record TokenRolled(DateTimeOffset At, string By, string TokenHash) : TriggerEvent(At, By);

    public sealed record Disabled(DateTimeOffset At, string By, string Reason) : TriggerEvent(At, By);

    /// <param name="Through">Due times up to here are done with; null for what has none.</param>
    public sealed record Fired(DateTimeOffset At, string By, TriggerFiring Firing, DateTimeOffset? Through, long? Position) : TriggerEvent(At, By);

    public sealed record Settled(DateTimeOffset At, string By, string RunId, string? Reason, string? Detail) : TriggerEvent(At, By);

    /// <param name="Next">The run of the queue that is started now; null for none.</param>
    public sealed record RunsEnded(DateTimeOffset At, string By, ImmutableArray<string> RunIds, string? Next) : TriggerEvent(At, By);

    public sealed record Deleted(DateTimeOffset At, string By) : TriggerEvent(At, By);
}
