using System.Collections.Immutable;
using Actors.Domain.Rooms;
using Actors.Grains.Interfaces.Rooms;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Frontend.Live;

/// <summary>
/// What this silo's clients see of one room. Presence and messages are frames in a short ring; cursors are a table of
/// the newest per participant, so that a client that lags is sent one frame with where everyone is now.
/// </summary>
internal sealed partial class RoomFeed : IFeed
{
    private const int RingFrames = 256;
    private const int KeptMessages = 256;

    private readonly Lock _gate = new();
    private readonly IRoomGrain _grain;
    private readonly LiveOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, Participant> _here = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _watches = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Participant> _participants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Cursor Cursor, long Version)> _cursors = new(StringComparer.Ordinal);
    private readonly Queue<ChatMessage> _messages = new();
    private readonly LiveFrame[] _ring = new LiveFrame[RingFrames];
    private readonly ITimer _renewal;
    private ImmutableArray<RoomReader> _readers = [];
    private long _sequence;
    private long _head;
    private long _oldest;
    private long _cursorVersion;
    private (long After, long UpTo, LiveFrame Frame)? _cursorFrame;
    private int _disposed;

    public RoomFeed(string projectId, IGrainFactory grains, LiveOptions options, TimeProvider time, ILogger logger)
    {
        ProjectId = projectId;
        _grain = grains.GetGrain<IRoomGrain>(projectId);
        _options = options;
        _time = time;
        _logger = logger;
        _renewal = time.CreateTimer(static feed => _ = ((RoomFeed)feed!).RenewAsync(), this, options.PresenceRenewal, options.PresenceRenewal);
        _ = FollowAsync();
    }

    public string ProjectId { get; }

    string IFeed.Key => ProjectId;

    public Task Started => _started.Task;

    /// <summary>Why the stream is over for everyone, or null.</summary>
    public LiveFrame? Ended { get; private set; }

    public IRoomGrain Grain => _grain;

    /// <summary>Connections of this silo that watch, and how many people they are.</summary>
    public (int Connections, int People) Count()
    {
        lock (_gate)
        {
            return (_here.Count, _here.Values.Select(participant => participant.Id).Distinct(StringComparer.Ordinal).Count());
        }
    }

    public bool IsWatchedBy(string accountId)
    {
        lock (_gate)
        {
            return _here.Values.Any(participant => participant.Id == accountId);
        }
    }

    /// <summary>A client of this silo watches: it is present from now on.</summary>
    public async Task EnterAsync(RoomReader reader, string connectionId, Participant participant)
    {
        lock (_gate)
        {
            _readers = _readers.Add(reader);
            _here[connectionId] = participant;
            _watches[connectionId] = _watches.GetValueOrDefault(connectionId) + 1;
        }

        await EnterAsync(connectionId, participant);
    }

    public async Task LeaveAsync(RoomReader reader, string connectionId)
    {
        lock (_gate)
        {
            _readers = _readers.Remove(reader);
            if (--_watches[connectionId] > 0)
            {
                return;
            }

            _watches.Remove(connectionId);
            _here.Remove(connectionId);
        }

        await _grain.Leave(connectionId);
    }

    /// <summary>The first frame of a stream and the position behind it.</summary>
    public LiveFrame Begin(long? afterSequence, out RoomPosition position)
    {
        lock (_gate)
        {
            position = new RoomPosition(_head, _cursorVersion);
            var messages = afterSequence is { } after && after <= _sequence
                ? _messages.Where(message => message.Sequence > after)
                : _messages.TakeLast(50);
            return State(messages);
        }
    }

    private LiveFrame State(IEnumerable<ChatMessage> messages) =>
        RoomFrames.State(_sequence, _participants.Values, _cursors.Values.Select(entry => entry.Cursor), messages);

    /// <summary>Whether what was said after a position is still kept here.</summary>
    public bool Keeps(long afterSequence)
    {
        lock (_gate)
        {
            return afterSequence >= _sequence || (_messages.TryPeek(out var first) && first.Sequence <= afterSequence + 1);
        }
    }

    /// <summary>The next frame, or null when there is none yet; a new state when the client fell too far behind.</summary>
    public LiveFrame? TryRead(ref RoomPosition position)
    {
        lock (_gate)
        {
            if (position.Frames < _oldest)
            {
                // What was said meanwhile is among what is kept.
                position = new RoomPosition(_head, _cursorVersion);
                return State(_messages);
            }

            if (position.Frames < _head)
            {
                position = position with { Frames = position.Frames + 1 };
                return _ring[position.Frames % RingFrames];
            }

            if (position.Cursors >= _cursorVersion)
            {
                return null;
            }

            var after = position.Cursors;
            position = position with { Cursors = _cursorVersion };
            if (_cursorFrame is { } cached && cached.After == after && cached.UpTo == _cursorVersion)
            {
                return cached.Frame;
            }

            var frame = RoomFrames.Cursors(_cursors.Values.Where(entry => entry.Version > after).Select(entry => entry.Cursor));
            _cursorFrame = (after, _cursorVersion, frame);
            return frame;
        }
    }

    public void End(LiveFrame frame)
    {
        Ended ??= frame;
        _started.TrySetResult();
        Wake();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _stopping.Cancel();
            _renewal.Dispose();
            _stopping.Dispose();
        }
    }

    private async Task FollowAsync()
    {
        var stopping = _stopping.Token;
        var delay = TimeSpan.Zero;
        while (!stopping.IsCancellationRequested && Ended is null)
        {
            try
            {
                await foreach (var item in _grain.Watch(After(), stopping).WithCancellation(stopping))
                {
                    delay = TimeSpan.Zero;
                    Take(item);
                    if (item is RoomFeedItem.State)
                    {
                        await EnterAllAsync();
                    }
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogInterrupted(_logger, exception, ProjectId);
            }

            delay = delay == TimeSpan.Zero ? TimeSpan.FromMilliseconds(20) : TimeSpan.FromMilliseconds(Math.Min(2_000, delay.TotalMilliseconds * 2));
            try
            {
                await Task.Delay(delay, _time, stopping);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private long? After()
    {
        lock (_gate)
        {
            return _started.Task.IsCompleted ? _sequence : null;
        }
    }

    private void Take(RoomFeedItem item)
    {
        lock (_gate)
        {
            switch (item)
            {
                case RoomFeedItem.State state:
                    Reset(state);
                    break;
                case RoomFeedItem.Joined joined:
                    _participants[joined.Participant.Id] = joined.Participant;
                    Publish(RoomFrames.Presence([joined.Participant], []));
                    break;
                case RoomFeedItem.Left left:
                    _participants.Remove(left.ParticipantId);
                    _cursors.Remove(left.ParticipantId);
                    Publish(RoomFrames.Presence([], [left.ParticipantId]));
                    break;
                case RoomFeedItem.Moved moved:
                    _cursorVersion++;
                    foreach (var cursor in moved.Cursors)
                    {
                        _cursors[cursor.ParticipantId] = (cursor, _cursorVersion);
                    }

                    break;
                case RoomFeedItem.Spoken spoken:
                    Keep(spoken.Message);
                    Publish(RoomFrames.Messages([spoken.Message]));
                    break;
                case RoomFeedItem.Commented commented:
                    Publish(RoomFrames.Comments(commented.Change));
                    break;
                case RoomFeedItem.RunsChanged runs:
                    Publish(RoomFrames.Runs(runs.Change));
                    break;
                default:
                    throw new InvalidOperationException($"Unknown feed item {item.GetType().Name}.");
            }
        }

        _started.TrySetResult();
        Wake();
    }

    /// <summary>
    /// A room that was begun anew knows nobody at first: the frames tell what has changed against what clients were
    /// shown before.
    /// </summary>
    private void Reset(RoomFeedItem.State state)
    {
        // Somebody with two connections is one participant.
        var known = _here.Values.DistinctBy(participant => participant.Id, StringComparer.Ordinal).ToDictionary(participant => participant.Id, StringComparer.Ordinal);
        foreach (var participant in state.Participants)
        {
            known[participant.Id] = participant;
        }

        ImmutableArray<string> left = [.. _participants.Keys.Where(id => !known.ContainsKey(id))];
        ImmutableArray<Participant> joined = [.. known.Values.Where(participant => !_participants.ContainsKey(participant.Id))];
        foreach (var id in left)
        {
            _participants.Remove(id);
            _cursors.Remove(id);
        }

        foreach (var participant in known.Values)
        {
            _participants[participant.Id] = participant;
        }

        _cursorVersion++;
        foreach (var cursor in state.Cursors)
        {
            _cursors[cursor.ParticipantId] = (cursor, _cursorVersion);
        }

        ImmutableArray<ChatMessage> missed = [.. state.Messages.Where(message => message.Sequence > _sequence)];
        foreach (var message in missed)
        {
            Keep(message);
        }

        _sequence = state.Sequence;
        if (_started.Task.IsCompleted)
        {
            Publish(RoomFrames.MissedComments());
            Publish(RoomFrames.MissedRuns());
            if (joined.Length + left.Length > 0)
            {
                Publish(RoomFrames.Presence(joined, left));
            }

            if (missed.Length > 0)
            {
                Publish(RoomFrames.Messages(missed));
            }
        }
    }

    private void Keep(ChatMessage message)
    {
        _sequence = message.Sequence;
        _messages.Enqueue(message);
        if (_messages.Count > KeptMessages)
        {
            _messages.Dequeue();
        }
    }

    private void Publish(LiveFrame frame)
    {
        _head++;
        _oldest = Math.Max(_oldest, _head - RingFrames);
        _ring[_head % RingFrames] = frame;
    }

    private void Wake()
    {
        foreach (var reader in _readers)
        {
            reader.Wake();
        }
    }

    private async Task EnterAllAsync()
    {
        KeyValuePair<string, Participant>[] here;
        lock (_gate)
        {
            here = [.. _here];
        }

        foreach (var (connectionId, participant) in here)
        {
            await EnterAsync(connectionId, participant);
        }
    }

    /// <summary>Enters the room, and leaves it again if the connection went away meanwhile: its own leave came first then.</summary>
    private async Task EnterAsync(string connectionId, Participant participant)
    {
        await _grain.Enter(connectionId, participant);
        bool isHere;
        lock (_gate)
        {
            isHere = _here.ContainsKey(connectionId);
        }

        if (!isHere)
        {
            await _grain.Leave(connectionId);
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            ImmutableArray<string> connections;
            lock (_gate)
            {
                connections = [.. _here.Keys];
            }

            if (connections.IsEmpty)
            {
                return;
            }

            foreach (var unknown in await _grain.Renew(connections))
            {
                Participant? participant;
                lock (_gate)
                {
                    _here.TryGetValue(unknown, out participant);
                }

                if (participant is not null)
                {
                    await EnterAsync(unknown, participant);
                }
            }
        }
        catch (Exception exception)
        {
            // The next renewal comes in a moment; the room waits longer than that.
            LogInterrupted(_logger, exception, ProjectId);
        }
    }

    [LoggerMessage(EventId = 3403, Level = LogLevel.Information, Message = "The feed of the room of {ProjectId} was interrupted and goes on.")]
    private static partial void LogInterrupted(ILogger logger, Exception exception, string projectId);
}

/// <summary>How far a client is in a room's frames and cursors.</summary>
internal readonly record struct RoomPosition(long Frames, long Cursors);
