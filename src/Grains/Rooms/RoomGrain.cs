using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Domain;
using Actors.Domain.Rooms;
using Actors.Grains.EventSourcing;
using Actors.Grains.Interfaces.Comments;
using Actors.Grains.Interfaces.Rooms;
using Orleans;
using Orleans.Runtime;
using Orleans.Concurrency;
using RoomOutcome = Actors.Grains.EventSourcing.Outcome<Actors.Domain.Rooms.RoomState, Actors.Domain.Rooms.RoomEvent>;

namespace Actors.Grains.Rooms;

/// <inheritdoc cref="IRoomGrain"/>
[Reentrant]
internal sealed class RoomGrain(EventSourcingServices services, RoomOptions options)
    : EventSourcedGrain<RoomState, RoomCommand, RoomEvent>(services), IRoomGrain
{
    private const int WatcherQueue = 4_096;
    private const int ChatPage = 500;

    private readonly Watchers<RoomFeedItem> _watchers = new(WatcherQueue);
    private readonly Presence _presence = new();
    private IGrainTimer? _cursorTimer;
    private IGrainTimer? _expiryTimer;
    private long _cursorsSentAt;
    private bool _cursorTimerArmed;

    protected override string StreamKind => "room";

    protected override RoomState Initial => RoomState.Initial;

    protected override JsonTypeInfo<RoomEvent> EventJson => RoomsJsonContext.Default.RoomEvent;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        var check = options.PresenceTimeout / 6;
        _expiryTimer = this.RegisterGrainTimer(
            static (grain, _) => grain.ExpireAsync(),
            this,
            new GrainTimerCreationOptions(check, check) { Interleave = true });
        _cursorTimer = this.RegisterGrainTimer(
            static (grain, _) => grain.SendCursorsAsync(),
            this,
            new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true });
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _cursorTimer?.Dispose();
        _expiryTimer?.Dispose();
        _watchers.Complete();
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    public Task Enter(string connectionId, Participant participant)
    {
        if (_presence.OwnerOf(connectionId) is { } owner && owner != participant.Id && _presence.Leave(connectionId) is { } gone)
        {
            _watchers.Publish(new RoomFeedItem.Left(gone));
        }

        if (_presence.ConnectionCount < options.MaximumConnections && _presence.Enter(connectionId, participant, Now))
        {
            _watchers.Publish(new RoomFeedItem.Joined(participant));
        }

        return Task.CompletedTask;
    }

    public Task Leave(string connectionId)
    {
        if (_presence.Leave(connectionId) is { } participantId)
        {
            _watchers.Publish(new RoomFeedItem.Left(participantId));
        }

        return Task.CompletedTask;
    }

    public Task<ImmutableArray<string>> Renew(ImmutableArray<string> connectionIds)
    {
        var now = Now;
        return Task.FromResult(connectionIds.RemoveAll(connectionId => _presence.Renew(connectionId, now)));
    }

    public Task MoveCursor(Cursor cursor)
    {
        if (_presence.Move(cursor) && !_cursorTimerArmed)
        {
            _cursorTimerArmed = true;
            var sinceLast = Services.Time.GetElapsedTime(_cursorsSentAt);
            var wait = options.CursorInterval - sinceLast;
            _cursorTimer!.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        return Task.CompletedTask;
    }

    public async Task<SayResult> Say(Participant author, string text)
    {
        var command = new RoomCommand.Say(new ChatAuthor(author.Id, author.Name, author.Kind), text, Now);
        var outcome = await ExecuteAsync(command, Services.Identifiers.NewBatchId(), command.At, author.Id);
        return outcome switch
        {
            RoomOutcome.Committed { Event: MessageSaid said } committed => new SayResult.Said(ToMessage(committed.Revision, said)),
            RoomOutcome.Refused refused => new SayResult.Refused(refused.Refusal),
            _ => throw new InvalidOperationException($"Something said ended as {outcome.GetType().Name}."),
        };
    }

    public Task ShowComments(CommentsChange change)
    {
        _watchers.Publish(new RoomFeedItem.Commented(change));
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<RoomFeedItem> Watch(
        long? afterSequence,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var sequence = Revision;
        var participants = _presence.Participants;
        var cursors = _presence.Cursors;
        var newest = Committed.Newest;
        using var watcher = _watchers.Watch();
        var messages = await MissedAsync(afterSequence, sequence, newest, cancellationToken);
        yield return new RoomFeedItem.State(sequence, participants, cursors, messages);
        await foreach (var items in watcher.ReadAllAsync(cancellationToken))
        {
            foreach (var item in items)
            {
                yield return item;
            }
        }
    }

    protected override Decision<RoomState, RoomEvent> Decide(RoomState state, RoomCommand command) => state.Decide(command);

    protected override RoomState Apply(RoomState state, RoomEvent @event) => state.Apply(@event);

    protected override ReadOnlyMemory<byte> WriteSnapshot(RoomState state) =>
        JsonSerializer.SerializeToUtf8Bytes(RoomSnapshot.Of(state), RoomsJsonContext.Default.RoomSnapshot);

    protected override RoomState ReadSnapshot(ReadOnlyMemory<byte> payload) =>
        JsonSerializer.Deserialize(payload.Span, RoomsJsonContext.Default.RoomSnapshot)!.ToState();

    protected override void OnCommitted(long revision, Guid batchId, DateTimeOffset at, RoomEvent @event)
    {
        if (@event is MessageSaid said)
        {
            _watchers.Publish(new RoomFeedItem.Spoken(ToMessage(revision, said)));
        }
    }

    private static ChatMessage ToMessage(long sequence, MessageSaid said) => new(sequence, said.At, said.Author, said.Text);

    private async Task<ImmutableArray<ChatMessage>> MissedAsync(
        long? after,
        long upTo,
        ImmutableQueue<ChatMessage> newest,
        CancellationToken cancellationToken)
    {
        ImmutableArray<ChatMessage> kept = [.. newest];
        if (after is not { } position || position > upTo || position < 0)
        {
            return kept.Length <= options.MessagesOnEntry ? kept : kept[^options.MessagesOnEntry..];
        }

        if (kept.Length == 0 || position >= kept[0].Sequence - 1)
        {
            return kept.RemoveAll(message => message.Sequence <= position);
        }

        var missed = ImmutableArray.CreateBuilder<ChatMessage>();
        await foreach (var entry in Services.Journal.ReadAsync(StreamName, position, ChatPage, cancellationToken))
        {
            if (entry.Revision <= upTo && JsonSerializer.Deserialize(entry.Payload.Span, EventJson) is MessageSaid said)
            {
                missed.Add(ToMessage(entry.Revision, said));
            }
        }

        // Who missed more than a page is shown the newest messages and can read the rest as history.
        return missed.Count < upTo - position ? kept : missed.ToImmutable();
    }

    private Task SendCursorsAsync()
    {
        _cursorTimerArmed = false;
        _cursorsSentAt = Services.Time.GetTimestamp();
        if (_presence.HasMoved)
        {
            _watchers.Publish(new RoomFeedItem.Moved(_presence.TakeMoved()));
        }

        return Task.CompletedTask;
    }

    private Task ExpireAsync()
    {
        foreach (var participantId in _presence.Expire(Now - options.PresenceTimeout))
        {
            _watchers.Publish(new RoomFeedItem.Left(participantId));
        }

        return Task.CompletedTask;
    }
}
