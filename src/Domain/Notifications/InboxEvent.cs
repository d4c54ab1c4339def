using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Actors.Domain.Notifications;

/// <summary>What can be asked of an inbox.</summary>
public abstract record InboxCommand(DateTimeOffset At)
{
    /// <param name="Id">The new notification's id.</param>
    public sealed record Deliver(DateTimeOffset At, string Id, NewNotification Notification, InboxRules Rules) : InboxCommand(At);

    /// <summary>Marks those of these ids that are there and unread.</summary>
    public sealed record MarkRead(DateTimeOffset At, ImmutableArray<string> Ids) : InboxCommand(At);

    /// <summary>Marks everything up to a sequence.</summary>
    public sealed record MarkReadThrough(DateTimeOffset At, long Sequence) : InboxCommand(At);

    public sealed record Delete(DateTimeOffset At, string Id) : InboxCommand(At);
}

/// <summary>What an inbox keeps.</summary>
/// <param name="MaximumKept">Notifications; one more drops the oldest that was read, or else the oldest.</param>
/// <param name="ReadRetention">How long one is kept after it was read; it goes when the next one is delivered.</param>
public sealed record InboxRules(int MaximumKept, TimeSpan ReadRetention);

/// <summary>What happened to an inbox, as its journal keeps it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Delivered), "delivered")]
[JsonDerivedType(typeof(Read), "read")]
[JsonDerivedType(typeof(Deleted), "deleted")]
public abstract record InboxEvent(DateTimeOffset At)
{
    /// <param name="Dropped">Ids of those that had to go for it.</param>
    public sealed record Delivered(DateTimeOffset At, string Id, NewNotification Notification, ImmutableArray<string> Dropped) : InboxEvent(At);

    public sealed record Read(DateTimeOffset At, ImmutableArray<string> Ids) : InboxEvent(At);

    public sealed record Deleted(DateTimeOffset At, string Id) : InboxEvent(At);
}
