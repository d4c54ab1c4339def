namespace Actors.Frontend.Live;

/// <summary>Section <c>Live</c>: how changes reach those who watch.</summary>
public sealed class LiveOptions
{
    public const string Section = "Live";

    /// <summary>Changes that a design's feed keeps for those who lag or come back.</summary>
    public int RingChanges { get; set; } = 4_096;

    /// <summary>Bytes of changes that a design's feed keeps.</summary>
    public int RingBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Bytes of one frame of changes, about; more follow in the next.</summary>
    public int FrameBytes { get; set; } = 128 * 1024;

    /// <summary>
    /// The longest average time between two frames to the same clients. The interval is zero up to
    /// <see cref="QuietDeliveries"/> and grows to this at <see cref="BusyDeliveries"/>: the cost is in messages, not in
    /// edits. It is shorter than the journal's own longest delay, so that a frame of a busy design never waits twice.
    /// </summary>
    public TimeSpan MaximumFlushInterval { get; set; } = TimeSpan.FromMilliseconds(12);

    /// <summary>Deliveries a second (changes times clients) of one design up to which each change is sent at once.</summary>
    public double QuietDeliveries { get; set; } = 1_000;

    /// <summary>Deliveries a second of one design from which frames are as rare as they get.</summary>
    public double BusyDeliveries { get; set; } = 6_000;

    /// <summary>Missed changes up to which a client that comes back is sent changes from the journal; beyond, a snapshot.</summary>
    public int MaximumResume { get; set; } = 5_000;

    /// <summary>How long a client may leave a frame untaken before it is disconnected with <c>too_slow</c>.</summary>
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Snapshots within a minute, sent because a client had fallen off the ring, before it is ended with <c>too_slow</c>.</summary>
    public int ResynchronizationsPerMinute { get; set; } = 4;

    /// <summary>How long a feed that nobody reads is kept for those who come back.</summary>
    public TimeSpan FeedLinger { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the room is told which connections are still there.</summary>
    public TimeSpan PresenceRenewal { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Calls of one connection that are worked on at once; more wait in the socket.</summary>
    public int ParallelCalls { get; set; } = 256;

    /// <summary>Designs that one connection may edit, and streams that it may follow.</summary>
    public int WatchesPerConnection { get; set; } = 64;

    /// <summary>Bytes of one message from a client.</summary>
    public int MaximumMessageBytes { get; set; } = 256 * 1024;

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (var (name, value, minimum, maximum) in new (string, double, double, double)[]
        {
            (nameof(RingChanges), RingChanges, 16, 1_000_000),
            (nameof(RingBytes), RingBytes, 64 * 1024, 1 << 30),
            (nameof(FrameBytes), FrameBytes, 4 * 1024, 1 << 24),
            (nameof(QuietDeliveries), QuietDeliveries, 0, 1e9),
            (nameof(MaximumResume), MaximumResume, 0, 1_000_000),
            (nameof(ResynchronizationsPerMinute), ResynchronizationsPerMinute, 1, 1_000),
            (nameof(ParallelCalls), ParallelCalls, 1, 10_000),
            (nameof(WatchesPerConnection), WatchesPerConnection, 1, 10_000),
            (nameof(MaximumMessageBytes), MaximumMessageBytes, 1024, 1 << 26),
        })
        {
            if (value < minimum || value > maximum)
            {
                yield return $"{Section}:{name} is {value}; it must be from {minimum} to {maximum}.";
            }
        }

        if (BusyDeliveries <= QuietDeliveries)
        {
            yield return $"{Section}:{nameof(BusyDeliveries)} is {BusyDeliveries}; it must be more than {nameof(QuietDeliveries)} ({QuietDeliveries}).";
        }

        if (MaximumFlushInterval < TimeSpan.Zero || MaximumFlushInterval > TimeSpan.FromSeconds(1))
        {
            yield return $"{Section}:{nameof(MaximumFlushInterval)} is {MaximumFlushInterval}; it must be from 0 to 1 s.";
        }

        if (StuckAfter < TimeSpan.FromSeconds(1))
        {
            yield return $"{Section}:{nameof(StuckAfter)} is {StuckAfter}; it must be at least 1 s.";
        }

        if (FeedLinger < TimeSpan.Zero)
        {
            yield return $"{Section}:{nameof(FeedLinger)} is {FeedLinger}; it must not be negative.";
        }

        if (PresenceRenewal < TimeSpan.FromMilliseconds(100))
        {
            yield return $"{Section}:{nameof(PresenceRenewal)} is {PresenceRenewal}; it must be at least 100 ms.";
        }
    }
}
