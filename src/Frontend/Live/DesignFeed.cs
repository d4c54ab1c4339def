using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Domain.Json;
using Actors.Grains.Interfaces.Designs;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Frontend.Live;

/// <summary>
/// What this silo's clients see of one design: one subscription to the grain, a ring of the last changes, each
/// serialized once, and one snapshot shared by those who join at about the same time.
/// </summary>
/// <remarks>
/// The feed follows the grain by position: when the subscription ends, for whatever reason, it goes on where it was.
/// Clients are woken one after the other in a single pass and write their own frames; a client whose socket is full
/// is not waited for.
/// </remarks>
internal sealed partial class DesignFeed : IFeed
{
    private readonly Lock _gate = new();
    private readonly IDesignGrain _grain;
    private readonly IDesignHistoryGrain _history;
    private readonly LiveOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ChangeRing _ring;
    private readonly FlushPacing _pacing;
    private readonly ITimer _flushTimer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImmutableArray<DesignReader> _readers = [];
    private bool _flushArmed;
    private int _disposed;
    private SharedSnapshot? _snapshot;
    private Task<SharedSnapshot>? _fetching;

    public DesignFeed(string designId, IGrainFactory grains, LiveOptions options, TimeProvider time, ILogger logger)
    {
        DesignId = designId;
        _grain = grains.GetGrain<IDesignGrain>(designId);
        _history = grains.GetGrain<IDesignHistoryGrain>(designId);
        _options = options;
        _time = time;
        _logger = logger;
        _ring = new ChangeRing(options.RingChanges, options.RingBytes, options.FrameBytes);
        _pacing = new FlushPacing(time, options);
        _flushTimer = time.CreateTimer(static feed => ((DesignFeed)feed!).FlushArmed(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _ = FollowAsync();
    }

    public string DesignId { get; }

    string IFeed.Key => DesignId;

    /// <summary>Null until the first snapshot; readers wait for <see cref="Started"/>.</summary>
    public string? Epoch { get; private set; }

    /// <summary>Why the stream is over for everyone, or null.</summary>
    public LiveFrame? Ended { get; private set; }

    /// <summary>Completes when there is something to read: a position or an end.</summary>
    public Task Started => _started.Task;

    public ImmutableArray<DesignReader> Readers => _readers;

    public void Add(DesignReader reader)
    {
        lock (_gate)
        {
            _readers = _readers.Add(reader);
        }
    }

    public int Remove(DesignReader reader)
    {
        lock (_gate)
        {
            _readers = _readers.Remove(reader);
            return _readers.Length;
        }
    }

    /// <summary>
    /// The frame after a position, or null when there is none yet. <paramref name="lost"/> says that the position
    /// cannot be continued from the ring.
    /// </summary>
    public LiveFrame? TryRead(string epoch, ref long revision, out bool lost)
    {
        lock (_gate)
        {
            lost = epoch != Epoch || revision < _ring.Floor;
            if (lost || revision >= _ring.Head)
            {
                return null;
            }

            var frame = _ring.Compose(revision, out var upTo);
            revision = upTo;
            return frame;
        }
    }

    /// <summary>How far a position is behind, and whether the ring still continues it.</summary>
    public (long Behind, bool InRing) Measure(long revision)
    {
        lock (_gate)
        {
            return (_ring.Head - revision, revision >= _ring.Floor);
        }
    }

    /// <summary>
    /// Changes from the journal, for a client that comes back from before the ring; null when there are none. They are
    /// composed like those of the ring, because what a page holds may be too much for one message.
    /// </summary>
    public async Task<ChangeRing?> ReadMissedAsync(long after, int limit)
    {
        var changes = await _history.GetChanges(after, limit);
        if (changes.IsEmpty)
        {
            return null;
        }

        var ring = new ChangeRing(changes.Length, int.MaxValue, _options.FrameBytes);
        ring.Reset(after);
        foreach (var change in changes)
        {
            ring.Append(change.Revision, Serialize(change));
        }

        return ring;
    }

    /// <summary>Whether the grain has a revision that this feed has not heard of yet.</summary>
    public async Task<bool> IsAheadAsync(long revision) =>
        await _grain.GetHeader() is { } header && header.Epoch == Epoch && header.Revision >= revision;

    /// <summary>
    /// A snapshot that is no older than the newest change here, and that the ring continues; one is made for all who ask
    /// at the same time. Null when the design is gone.
    /// </summary>
    public async ValueTask<SharedSnapshot?> GetSnapshotAsync()
    {
        long wanted;
        lock (_gate)
        {
            wanted = _ring.Head;
        }

        while (true)
        {
            Task<SharedSnapshot> fetching;
            lock (_gate)
            {
                if (_snapshot is { } snapshot && snapshot.Epoch == Epoch && snapshot.Revision >= Math.Max(wanted, _ring.Floor))
                {
                    return snapshot;
                }

                fetching = _fetching ??= FetchSnapshotAsync();
            }

            try
            {
                // One that was begun before this client came may be older than what is wanted; the next is not.
                await fetching;
            }
            catch (DesignGoneException)
            {
                return null;
            }
        }
    }

    /// <summary>Ends every stream of this design.</summary>
    public void End(LiveFrame frame)
    {
        lock (_gate)
        {
            Ended ??= frame;
        }

        _started.TrySetResult();
        Flush();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _stopping.Cancel();
            _flushTimer.Dispose();
            _stopping.Dispose();
        }
    }

    private static byte[] Serialize(Change change) => JsonSerializer.SerializeToUtf8Bytes(change, DomainJson.Change);

    private async Task FollowAsync()
    {
        var stopping = _stopping.Token;
        var delay = TimeSpan.Zero;
        while (!stopping.IsCancellationRequested && Ended is null)
        {
            try
            {
                await foreach (var item in _grain.Watch(Position(), stopping).WithCancellation(stopping))
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
                LogInterrupted(_logger, exception, DesignId);
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

    private DesignPosition? Position()
    {
        lock (_gate)
        {
            return Epoch is null ? null : new DesignPosition(Epoch, _ring.Head);
        }
    }

    private void Take(DesignFeedItem item)
    {
        switch (item)
        {
            case DesignFeedItem.Snapshot snapshot:
                Begin(snapshot.Design);
                break;
            case DesignFeedItem.Changes changes:
                Append(changes.Items);
                break;
            case DesignFeedItem.Ended ended:
                End(LiveFrame.End(ended.Code, retry: false));
                break;
            default:
                throw new InvalidOperationException($"Unknown feed item {item.GetType().Name}.");
        }
    }

    private void Begin(DesignDocument design)
    {
        lock (_gate)
        {
            Epoch = design.Epoch;
            _ring.Reset(design.Revision);
            _snapshot = SharedSnapshot.Of(design);
        }

        _started.TrySetResult();
        Flush();
    }

    private void Append(ImmutableArray<Change> changes)
    {
        lock (_gate)
        {
            foreach (var change in changes)
            {
                _ring.Append(change.Revision, Serialize(change));
            }

            // It is older than the newest change now, so nobody can be sent it any more.
            _snapshot = null;
            _pacing.Count(changes.Length * _readers.Length);
            if (_flushArmed)
            {
                return;
            }

            if (_pacing.UntilDue() is var wait && wait > TimeSpan.Zero)
            {
                _flushArmed = true;
                _flushTimer.Change(wait, Timeout.InfiniteTimeSpan);
                return;
            }

            _pacing.Flushed();
        }

        Flush();
    }

    private void FlushArmed()
    {
        lock (_gate)
        {
            _flushArmed = false;
            _pacing.UntilDue();
            _pacing.Flushed();
        }

        Flush();
    }

    private void Flush()
    {
        foreach (var reader in _readers)
        {
            reader.Wake();
        }
    }

    private async Task<SharedSnapshot> FetchSnapshotAsync()
    {
        try
        {
            // Leaves the caller's lock before the grain is asked.
            await Task.Yield();
            var design = await _grain.GetDocument() ?? throw new DesignGoneException();
            var snapshot = SharedSnapshot.Of(design);
            lock (_gate)
            {
                _snapshot = snapshot;
            }

            return snapshot;
        }
        finally
        {
            lock (_gate)
            {
                _fetching = null;
            }
        }
    }

    [LoggerMessage(EventId = 3401, Level = LogLevel.Information, Message = "The feed of {DesignId} was interrupted and goes on by position.")]
    private static partial void LogInterrupted(ILogger logger, Exception exception, string designId);

    private sealed class DesignGoneException : Exception;
}

/// <summary>A snapshot frame that several clients are sent.</summary>
internal sealed class SharedSnapshot
{
    private readonly Lazy<LiveFrame> _frame;

    private SharedSnapshot(DesignDocument design)
    {
        Epoch = design.Epoch;
        Revision = design.Revision;
        _frame = new Lazy<LiveFrame>(() => Write(design));
    }

    public string Epoch { get; }

    public long Revision { get; }

    /// <summary>Serialized when the first client needs it.</summary>
    public LiveFrame Frame => _frame.Value;

    public static SharedSnapshot Of(DesignDocument design) => new(design);

    private static LiveFrame Write(DesignDocument design)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("kind"u8, "snapshot"u8);
        writer.WriteString("epoch"u8, design.Epoch);
        writer.WriteNumber("revision"u8, design.Revision);
        writer.WritePropertyName("design"u8);
        JsonSerializer.Serialize(writer, design, DomainJson.Document);
        writer.WriteEndObject();
        writer.Flush();
        return new LiveFrame(buffer.WrittenMemory);
    }
}
