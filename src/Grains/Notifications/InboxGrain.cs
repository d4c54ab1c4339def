using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Domain;
using Actors.Domain.Lists;
using Actors.Domain.Notifications;
using Actors.Grains.EventSourcing;
using Actors.Grains.Interfaces.Notifications;
using Actors.Grains.Lists;
using Orleans;
using Orleans.Concurrency;
using InboxOutcome = Actors.Grains.EventSourcing.Outcome<Actors.Domain.Notifications.InboxState, Actors.Domain.Notifications.InboxEvent>;

namespace Actors.Grains.Notifications;

/// <inheritdoc cref="IInboxGrain"/>
[Reentrant]
[GrainType("inbox")]
internal sealed class InboxGrain(EventSourcingServices services, NotificationOptions options)
    : EventSourcedGrain<InboxState, InboxCommand, InboxEvent>(services), IInboxGrain
{
    private const int WatcherQueue = 1_024;
    private const int MaximumMarked = 500;

    private readonly Watchers<InboxFeedItem> _watchers = new(WatcherQueue);

    protected override string StreamKind => "inbox";

    protected override InboxState Initial => InboxState.Empty;

    protected override JsonTypeInfo<InboxEvent> EventJson => NotificationsJsonContext.Default.InboxEvent;

    public async Task<DeliverReply> Deliver(NewNotification notification)
    {
        var command = new InboxCommand.Deliver(Now, Services.Identifiers.Create(Domain.Identity.Identifier.Notification), notification, options.ToRules());
        var outcome = await ExecuteAsync(command, BatchOf(notification.DedupeKey), command.At, notification.By?.Id ?? "system", resendable: true);
        return outcome switch
        {
            InboxOutcome.Committed { Event: InboxEvent.Delivered e } => new DeliverReply.Delivered(e.Id, Repeated: false),
            InboxOutcome.Repeated { Event: InboxEvent.Delivered e } => new DeliverReply.Delivered(e.Id, Repeated: true),
            InboxOutcome.Refused refused => new DeliverReply.Refused(refused.Refusal),
            _ => throw new InvalidOperationException($"A delivery ended as {outcome.GetType().Name}."),
        };
    }

    public Task<NotificationPageReply> List(NotificationQuery query)
    {
        var found = Committed.Notifications.Where(kept =>
            (query.Unread is not { } unread || kept.ReadAt is null == unread)
            && (query.Kind is null || kept.Kind == query.Kind)
            && (query.ProjectId is null || kept.ProjectId == query.ProjectId)
            && (query.List.Finds(kept.Title) || query.List.Finds(kept.Text)));
        return Task.FromResult<NotificationPageReply>(SortedPages.Take(found, query.List, kept => kept.Id, kept => $"{kept.Sequence:D19}") is { } page
            ? new NotificationPageReply.Page(page.Items, page.NextCursor)
            : new NotificationPageReply.Refused(CatalogLists.BadCursor()));
    }

    public Task<InboxSummary> GetSummary() => Task.FromResult(Summary(Committed));

    public Task<InboxReply> MarkRead(ReadMark mark) => mark switch
    {
        { Ids: { IsDefault: false, Length: <= MaximumMarked } ids, Through: null } => ExecuteAsync(new InboxCommand.MarkRead(Now, ids)),
        { Ids: null, Through: { } through } => ExecuteAsync(new InboxCommand.MarkReadThrough(Now, through)),
        { Ids: not null, Through: null } => Refuse(Refusal.Field("ids", $"must be at most {MaximumMarked}")),
        _ => Refuse(Refusal.Field("ids", "give either ids or through")),
    };

    public Task<InboxReply> Delete(string notificationId) => ExecuteAsync(new InboxCommand.Delete(Now, notificationId));

    public async IAsyncEnumerable<InboxFeedItem> Watch(long? afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var start = Committed;
        using var watcher = _watchers.Watch();
        yield return afterSequence is { } after && after >= 0 && after <= start.Sequence && start.Sequence - after <= options.MaximumResume
            ? await MissedAsync(start, after, cancellationToken)
            : new InboxFeedItem.State(start.Sequence, start.CountUnread(), start.Dropped, [.. start.Notifications]);
        await foreach (var items in watcher.ReadAllAsync(cancellationToken))
        {
            foreach (var item in items)
                yield return item;
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _watchers.Complete();
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    protected override Decision<InboxState, InboxEvent> Decide(InboxState state, InboxCommand command) => state.Decide(command);

    protected override InboxState Apply(InboxState state, InboxEvent @event) => state.Apply(@event);

    protected override ReadOnlyMemory<byte> WriteSnapshot(InboxState state) =>
        JsonSerializer.SerializeToUtf8Bytes(state, NotificationsJsonContext.Default.InboxState);

    protected override InboxState ReadSnapshot(ReadOnlyMemory<byte> payload) =>
        JsonSerializer.Deserialize(payload.Span, NotificationsJsonContext.Default.InboxState)
            ?? throw new InvalidOperationException($"The snapshot of {StreamName} is empty.");

    protected override void OnCommitted(long revision, Guid batchId, DateTimeOffset at, InboxEvent @event)
    {
        if (_watchers.Count > 0)
            _watchers.Publish(Change(revision, Committed, @event));
    }

    /// <summary>The journal refuses a batch that it holds, so the key makes a delivery happen once, even across a crash.</summary>
    private static Guid BatchOf(string dedupeKey) => new(SHA256.HashData(Encoding.UTF8.GetBytes(dedupeKey)).AsSpan(0, 16));

    private static InboxSummary Summary(InboxState state) => new(state.Sequence, state.CountUnread(), state.Dropped);

    private static Task<InboxReply> Refuse(Refusal refusal) => Task.FromResult<InboxReply>(new InboxReply.Refused(refusal));

    private static InboxFeedItem.Changed Change(long sequence, InboxState after, InboxEvent @event) => @event switch
    {
        InboxEvent.Delivered e => new InboxFeedItem.Changed(sequence, after.CountUnread(), after.Dropped, [InboxState.ToNotification(e, sequence)], [], e.Dropped),
        InboxEvent.Read e => new InboxFeedItem.Changed(sequence, after.CountUnread(), after.Dropped, [], e.Ids, []),
        InboxEvent.Deleted e => new InboxFeedItem.Changed(sequence, after.CountUnread(), after.Dropped, [], [], [e.Id]),
        _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
    };

    /// <summary>All that changed after a position, together: new ones as they are now, and what became of the older ones.</summary>
    private async Task<InboxFeedItem.Changed> MissedAsync(InboxState now, long after, CancellationToken cancellationToken)
    {
        var read = ImmutableArray.CreateBuilder<string>();
        var deleted = ImmutableArray.CreateBuilder<string>();
        var missed = (int)(now.Sequence - after);
        if (missed > 0)
        {
            await foreach (var entry in Services.Journal.ReadAsync(StreamName, after, missed, cancellationToken))
            {
                var change = Change(entry.Revision, now, JsonSerializer.Deserialize(entry.Payload.Span, EventJson)!);
                read.AddRange(change.Read);
                deleted.AddRange(change.Deleted);
            }
        }

        ImmutableArray<Notification> delivered = [.. now.Notifications.Where(kept => kept.Sequence > after)];
        var isNew = delivered.Select(kept => kept.Id).ToHashSet(StringComparer.Ordinal);
        return new InboxFeedItem.Changed(now.Sequence, now.CountUnread(), now.Dropped, delivered, [.. read.Where(id => !isNew.Contains(id))], deleted.ToImmutable());
    }

    private async Task<InboxReply> ExecuteAsync(InboxCommand command) =>
        await ExecuteAsync(command, Services.Identifiers.NewBatchId(), command.At, this.GetPrimaryKeyString()) switch
        {
            InboxOutcome.Committed c => new InboxReply.Done(Summary(c.State)),
            InboxOutcome.Unchanged u => new InboxReply.Done(Summary(u.State)),
            InboxOutcome.Refused r => new InboxReply.Refused(r.Refusal),
            _ => throw new InvalidOperationException("Every command has a batch id of its own, so none repeats."),
        };
}
