using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Domain.Lists;
using Actors.Domain.Notifications;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Interfaces.Notifications;

/// <summary>
/// What one account should know; its key is the account id. It is bounded: section <c>Notifications</c>. A notification
/// that was answered as delivered is stored, and whoever watches is told of it then or when they come back.
/// </summary>
public interface IInboxGrain : IGrainWithStringKey
{
    /// <summary>Delivers once, however often it is called with the same dedupe key. The account must exist: the caller knows.</summary>
    [AlwaysInterleave]
    Task<DeliverReply> Deliver(NewNotification notification);

    /// <summary>A page of it.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<NotificationPageReply> List(NotificationQuery query);

    [ReadOnly]
    [AlwaysInterleave]
    Task<InboxSummary> GetSummary();

    /// <summary>Marks as read; what is not there or was read before is left alone.</summary>
    [AlwaysInterleave]
    Task<InboxReply> MarkRead(ReadMark mark);

    /// <summary>Refuses <c>not_found</c>.</summary>
    [AlwaysInterleave]
    Task<InboxReply> Delete(string notificationId);

    /// <summary>
    /// What changed after <paramref name="afterSequence"/>, then what changes. The first item is the whole inbox when the
    /// position is null or cannot be continued.
    /// </summary>
    IAsyncEnumerable<InboxFeedItem> Watch(long? afterSequence, CancellationToken cancellationToken = default);
}

/// <param name="Unread">Only unread ones (true), only read ones (false), or all.</param>
/// <param name="List">Sorted by <c>createdAt</c>; searched in titles and texts.</param>
public sealed record NotificationQuery(ListRequest List, bool? Unread = null, string? Kind = null, string? ProjectId = null);

/// <summary>Either ids, at most 500, or everything up to a sequence.</summary>
public sealed record ReadMark(ImmutableArray<string>? Ids, long? Through);

/// <param name="Sequence">The position of what the inbox is now.</param>
/// <param name="Dropped">Unread notifications that had to go for want of room since everything was read last.</param>
public sealed record InboxSummary(long Sequence, int Unread, int Dropped);

/// <summary>The answer to a delivery.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Delivered), "delivered")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record DeliverReply
{
    /// <param name="Repeated">It was delivered by an earlier call.</param>
    public sealed record Delivered(string Id, bool Repeated) : DeliverReply;

    public sealed record Refused(Refusal Error) : DeliverReply;
}

/// <summary>The answer to a change of an inbox.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record InboxReply
{
    public sealed record Done(InboxSummary Summary) : InboxReply;

    public sealed record Refused(Refusal Error) : InboxReply;
}

/// <summary>The answer to a list of notifications.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Page), "page")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record NotificationPageReply
{
    public sealed record Page(ImmutableArray<Notification> Items, string? NextCursor) : NotificationPageReply;

    public sealed record Refused(Refusal Error) : NotificationPageReply;
}

/// <summary>What a watcher of an inbox is handed; over the hub the very frames of <c>WatchNotifications</c>.</summary>
/// <param name="Sequence">The position behind it.</param>
/// <param name="Unread">How many are unread then.</param>
/// <param name="Dropped">As in <see cref="InboxSummary"/>.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(State), "state")]
[JsonDerivedType(typeof(Changed), "changed")]
public abstract record InboxFeedItem(long Sequence, int Unread, int Dropped)
{
    /// <summary>Everything, oldest first.</summary>
    public sealed record State(long Sequence, int Unread, int Dropped, ImmutableArray<Notification> Notifications) : InboxFeedItem(Sequence, Unread, Dropped);

    /// <param name="Delivered">New ones, oldest first.</param>
    /// <param name="Read">Ids that are read now.</param>
    /// <param name="Deleted">Ids that are gone.</param>
    public sealed record Changed(
        long Sequence,
        int Unread,
        int Dropped,
        ImmutableArray<Notification> Delivered,
        ImmutableArray<string> Read,
        ImmutableArray<string> Deleted) : InboxFeedItem(Sequence, Unread, Dropped);
}
