using System.Collections.Immutable;
using System.Text.Json;
using Actors.Grains.Interfaces.Notifications;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Frontend.Live;

/// <summary>
/// What this silo's connections of one account see of its inbox: one subscription to the grain, and a short ring of what
/// happened. Where a stream begins, the grain is asked, since it alone knows what was missed.
/// </summary>
internal sealed partial class InboxFeed : IFeed
{
    private const int RingFrames = 64;

    private readonly Lock _gate = new();
    private readonly IInboxGrain _grain;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly InboxFrame[] _ring = new InboxFrame[RingFrames];
    private ImmutableArray<LiveStream> _readers = [];
    private long _head;
    private long _sequence;
    private int _disposed;

    public InboxFeed(string accountId, IGrainFactory grains, TimeProvider time, ILogger logger)
    {
        Key = accountId;
        _grain = grains.GetGrain<IInboxGrain>(accountId);
        _time = time;
        _logger = logger;
        _ = FollowAsync();
    }

    public string Key { get; }

    /// <summary>Completes when whatever happens from now on comes through the ring, or nothing will.</summary>
    public Task Started => _started.Task;

    public LiveFrame? Ended { get; private set; }

    /// <summary>The place behind the newest frame.</summary>
    public long Head
    {
        get
        {
            lock (_gate)
            {
                return _head;
            }
        }
    }

    public void Add(LiveStream reader)
    {
        lock (_gate)
        {
            _readers = _readers.Add(reader);
        }
    }

    public void Remove(LiveStream reader)
    {
        lock (_gate)
        {
            _readers = _readers.Remove(reader);
        }
    }

    /// <summary>The first frame of a stream: what was missed after a position, or the whole inbox.</summary>
    public async Task<InboxFrame> BeginAsync(long? afterSequence, CancellationToken cancellationToken)
    {
        await foreach (var item in _grain.Watch(afterSequence, cancellationToken).WithCancellation(cancellationToken))
            return InboxFrame.Of(item);

        throw new InvalidOperationException($"The inbox of {Key} answered a watch with nothing.");
    }

    /// <summary>The next frame, or null when there is none yet. False when frames were lost: the stream begins again.</summary>
    public bool TryRead(ref long position, out InboxFrame? frame)
    {
        lock (_gate)
        {
            frame = null;
            if (position < _head - RingFrames)
            {
                position = _head;
                return false;
            }

            if (position < _head)
                frame = _ring[++position % RingFrames];

            return true;
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
                long? after = _started.Task.IsCompleted ? _sequence : null;
                await foreach (var item in _grain.Watch(after, stopping).WithCancellation(stopping))
                {
                    delay = TimeSpan.Zero;
                    Take(item);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogInterrupted(_logger, exception, Key);
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

    /// <summary>The subscription's first state is where everyone begins and no news; after an interruption all is news that changed.</summary>
    private void Take(InboxFeedItem item)
    {
        lock (_gate)
        {
            if (_started.Task.IsCompleted && item.Sequence > _sequence)
                _ring[++_head % RingFrames] = InboxFrame.Of(item);

            _sequence = item.Sequence;
        }

        _started.TrySetResult();
        Wake();
    }

    private void Wake()
    {
        foreach (var reader in _readers)
            reader.Wake();
    }

    [LoggerMessage(EventId = 3405, Level = LogLevel.Information, Message = "The feed of the inbox of {AccountId} was interrupted and goes on.")]
    private static partial void LogInterrupted(ILogger logger, Exception exception, string accountId);
}

/// <summary>One change of an inbox as it is sent.</summary>
/// <param name="Sequence">The position behind it.</param>
/// <param name="Inbox">The frame of the inbox's own stream.</param>
/// <param name="Room">What a room's stream shows of it: new notifications, or null when there are none.</param>
internal sealed record InboxFrame(long Sequence, LiveFrame Inbox, LiveFrame? Room)
{
    public static InboxFrame Of(InboxFeedItem item) => new(
        item.Sequence,
        new LiveFrame(JsonSerializer.SerializeToUtf8Bytes(item, NotificationsJsonContext.Default.InboxFeedItem)),
        item is InboxFeedItem.Changed { Delivered: { IsEmpty: false } delivered } ? RoomFrames.Notifications(delivered) : null);
}
