using System.Collections.Immutable;
using System.Diagnostics;
using InboxDecision = Actors.Domain.Decision<Actors.Domain.Notifications.InboxState, Actors.Domain.Notifications.InboxEvent>;

namespace Actors.Domain.Notifications;

/// <summary>The notifications of one account as its events made them.</summary>
/// <param name="Sequence">How many events made it.</param>
/// <param name="Notifications">Oldest first.</param>
/// <param name="Dropped">Unread ones that had to go for want of room since everything was read last.</param>
public sealed record InboxState(long Sequence, ImmutableList<Notification> Notifications, int Dropped = 0)
{
    public const int MaximumKeyLength = 200;
    public const int MaximumTitleLength = 200;
    public const int MaximumTextLength = 2_000;
    public const int MaximumLinkLength = 500;
    public const int MaximumSubjects = 8;

    public static readonly InboxState Empty = new(0, []);

    public int CountUnread() => Notifications.Count(notification => notification.ReadAt is null);

    public InboxDecision Decide(InboxCommand command) => command switch
    {
        InboxCommand.Deliver c => Deliver(c),
        InboxCommand.MarkRead c => MarkRead(c.At, Unread(notification => c.Ids.Contains(notification.Id))),
        InboxCommand.MarkReadThrough c => MarkRead(c.At, Unread(notification => notification.Sequence <= c.Sequence)),
        InboxCommand.Delete c when Notifications.Exists(notification => notification.Id == c.Id) => Happened(new InboxEvent.Deleted(c.At, c.Id)),
        InboxCommand.Delete => InboxDecision.Refused(new Refusal(ErrorCodes.NotFound, "there is no such notification")),
        _ => throw new UnreachableException($"unknown inbox command {command.GetType().Name}"),
    };

    /// <summary>The state after <paramref name="event"/>. Total: every event that was ever journalled applies.</summary>
    public InboxState Apply(InboxEvent @event)
    {
        var sequence = Sequence + 1;
        var dropped = @event is InboxEvent.Delivered { Dropped: var ids } ? Dropped + Notifications.Count(kept => kept.ReadAt is null && ids.Contains(kept.Id)) : Dropped;
        var changed = new InboxState(sequence, @event switch
        {
            InboxEvent.Delivered e => Notifications.RemoveAll(kept => e.Dropped.Contains(kept.Id)).Add(ToNotification(e, sequence)),
            InboxEvent.Read e => [.. Notifications.Select(kept => e.Ids.Contains(kept.Id) ? kept with { ReadAt = e.At } : kept)],
            InboxEvent.Deleted e => Notifications.RemoveAll(kept => kept.Id == e.Id),
            _ => throw new UnreachableException($"unknown inbox event {@event.GetType().Name}"),
        });
        return changed with { Dropped = changed.CountUnread() == 0 ? 0 : dropped };
    }

    public static Notification ToNotification(InboxEvent.Delivered delivered, long sequence)
    {
        var it = delivered.Notification;
        return new Notification(delivered.Id, sequence, it.Kind, it.Title, it.Text, delivered.At, it.ProjectId, it.Subject, it.Link, it.By, ReadAt: null);
    }

    private InboxDecision Deliver(InboxCommand.Deliver command)
    {
        var given = command.Notification;
        var trimmed = given with { Title = Cut(given.Title.Trim(), MaximumTitleLength), Text = Cut(given.Text, MaximumTextLength) };
        return Check(trimmed) is { } refusal
            ? InboxDecision.Refused(refusal)
            : Happened(new InboxEvent.Delivered(command.At, command.Id, trimmed, ToDrop(command.At, command.Rules)));
    }

    private static Refusal? Check(NewNotification given)
    {
        if (given.DedupeKey.Length is 0 or > MaximumKeyLength)
            return Refusal.Field("dedupeKey", $"must have 1 to {MaximumKeyLength} characters");

        if (!NotificationKinds.All.Contains(given.Kind))
            return Refusal.Field("kind", $"must be one of {string.Join(", ", NotificationKinds.All)}");

        if (given.Title.Length == 0)
            return Refusal.Field("title", $"must have 1 to {MaximumTitleLength} characters");

        if (given.Link?.Length > MaximumLinkLength)
            return Refusal.Field("link", $"must have at most {MaximumLinkLength} characters");

        return given.Subject?.Count > MaximumSubjects ? Refusal.Field("subject", $"must name at most {MaximumSubjects} ids") : null;
    }

    /// <summary>What was read long ago, and as many more as must make room: read ones before unread ones, oldest first.</summary>
    private ImmutableArray<string> ToDrop(DateTimeOffset now, InboxRules rules)
    {
        var stale = Notifications.Where(kept => kept.ReadAt <= now - rules.ReadRetention).Select(kept => kept.Id).ToHashSet(StringComparer.Ordinal);
        var tooMany = Notifications.Count - stale.Count + 1 - rules.MaximumKept;
        var crowded = Notifications.Where(kept => !stale.Contains(kept.Id)).OrderBy(kept => kept.ReadAt is null).ThenBy(kept => kept.Sequence).Take(Math.Max(0, tooMany));
        return [.. stale.Order(StringComparer.Ordinal), .. crowded.Select(kept => kept.Id)];
    }

    private ImmutableArray<string> Unread(Func<Notification, bool> which) =>
        [.. Notifications.Where(notification => notification.ReadAt is null && which(notification)).Select(notification => notification.Id)];

    private InboxDecision MarkRead(DateTimeOffset at, ImmutableArray<string> ids) =>
        ids.IsEmpty ? InboxDecision.Nothing : Happened(new InboxEvent.Read(at, ids));

    private InboxDecision Happened(InboxEvent @event) => InboxDecision.Happened(@event, Apply(@event));

    /// <summary>Never between the two halves of a character.</summary>
    private static string Cut(string text, int length) =>
        text.Length <= length ? text : $"{text.AsSpan(0, char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1)}…";
}
