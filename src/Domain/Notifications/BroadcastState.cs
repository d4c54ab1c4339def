using System.Diagnostics;
using System.Text.Json.Serialization;
using BroadcastDecision = Actors.Domain.Decision<Actors.Domain.Notifications.BroadcastState, Actors.Domain.Notifications.BroadcastEvent>;

namespace Actors.Domain.Notifications;

/// <summary>What can be asked of a broadcast.</summary>
public abstract record BroadcastCommand(DateTimeOffset At)
{
    /// <param name="ProjectId">Only its members; null for every account of the installation.</param>
    public sealed record Start(DateTimeOffset At, string Id, string Title, string Text, string? ProjectId, NotificationAuthor By) : BroadcastCommand(At);

    /// <param name="Cursor">Where the next page begins; null after the last.</param>
    public sealed record Advance(DateTimeOffset At, string? Cursor, int Reached) : BroadcastCommand(At);
}

/// <summary>What happened to a broadcast, as its journal keeps it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(Advanced), "advanced")]
public abstract record BroadcastEvent(DateTimeOffset At)
{
    public sealed record Started(DateTimeOffset At, string Id, string Title, string Text, string? ProjectId, NotificationAuthor By) : BroadcastEvent(At);

    /// <param name="Cursor">Null when everyone was reached.</param>
    public sealed record Advanced(DateTimeOffset At, string? Cursor, int Reached) : BroadcastEvent(At);
}

/// <summary>A notification on its way to everyone, page by page of accounts.</summary>
/// <param name="Reached">Accounts that have it.</param>
public sealed record BroadcastState(
    string Id,
    string Title,
    string Text,
    string? ProjectId,
    NotificationAuthor? By,
    DateTimeOffset At,
    string? Cursor,
    int Reached,
    bool Completed)
{
    public const int MaximumTextLength = InboxState.MaximumTextLength;

    public static readonly BroadcastState None = new("", "", "", null, null, default, null, 0, false);

    public bool Exists() => Id.Length > 0;

    public BroadcastDecision Decide(BroadcastCommand command) => command switch
    {
        BroadcastCommand.Start when Exists() => BroadcastDecision.Nothing,
        BroadcastCommand.Start c when c.Title.Trim() is not { Length: > 0 and <= InboxState.MaximumTitleLength } =>
            BroadcastDecision.Refused(Refusal.Field("title", $"must have 1 to {InboxState.MaximumTitleLength} characters")),
        BroadcastCommand.Start c when c.Text.Length > MaximumTextLength =>
            BroadcastDecision.Refused(Refusal.Field("text", $"must have at most {MaximumTextLength} characters")),
        BroadcastCommand.Start c => Happened(new BroadcastEvent.Started(c.At, c.Id, c.Title.Trim(), c.Text, c.ProjectId, c.By)),
        BroadcastCommand.Advance when !Exists() || Completed => BroadcastDecision.Nothing,
        BroadcastCommand.Advance c => Happened(new BroadcastEvent.Advanced(c.At, c.Cursor, c.Reached)),
        _ => throw new UnreachableException($"unknown broadcast command {command.GetType().Name}"),
    };

    public BroadcastState Apply(BroadcastEvent @event) => @event switch
    {
        BroadcastEvent.Started e => new BroadcastState(e.Id, e.Title, e.Text, e.ProjectId, e.By, e.At, null, 0, false),
        BroadcastEvent.Advanced e => this with { Cursor = e.Cursor, Reached = Reached + e.Reached, Completed = e.Cursor is null },
        _ => throw new UnreachableException($"unknown broadcast event {@event.GetType().Name}"),
    };

    private BroadcastDecision Happened(BroadcastEvent @event) => BroadcastDecision.Happened(@event, Apply(@event));
}
