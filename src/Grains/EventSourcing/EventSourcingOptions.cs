namespace Actors.Grains.EventSourcing;

/// <summary>Section <c>EventSourcing</c>.</summary>
public sealed class EventSourcingOptions
{
    public const string Section = "EventSourcing";

    /// <summary>
    /// Journal bytes after which a new snapshot is due, at the least.
    /// </summary>
    public int SnapshotAfterBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// A snapshot is due only after this many times the last one's bytes were journalled, so that the work for snapshots
    /// is a small part of the work for edits, whatever the size. A start replays at most about that much.
    /// </summary>
    public int SnapshotAfterTimes { get; set; } = 4;

    /// <summary>Journal entries after which a deactivating grain leaves a snapshot, so that it starts quickly.</summary>
    public int SnapshotAtRestAfterEntries { get; set; } = 64;

    /// <summary>Commands of one grain whose journal entries are being written; more are refused as <c>overloaded</c>.</summary>
    public int MaximumInFlight { get; set; } = 4_096;

    /// <summary>Entries that one read of the journal brings.</summary>
    public int ReplayPage { get; set; } = 1_000;

    /// <summary>How long a grain waits before it asks a storage that failed again, when nobody else makes it ask.</summary>
    public TimeSpan RecoveryInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate()
    {
        if (SnapshotAfterBytes < 1024)
        {
            yield return $"{Section}:{nameof(SnapshotAfterBytes)} is {SnapshotAfterBytes}; it must be at least 1024 bytes.";
        }

        if (SnapshotAfterTimes is < 1 or > 1_000)
        {
            yield return $"{Section}:{nameof(SnapshotAfterTimes)} is {SnapshotAfterTimes}; it must be from 1 to 1000.";
        }

        if (SnapshotAtRestAfterEntries < 1)
        {
            yield return $"{Section}:{nameof(SnapshotAtRestAfterEntries)} is {SnapshotAtRestAfterEntries}; it must be at least 1.";
        }

        if (MaximumInFlight is < 1 or > 1_000_000)
        {
            yield return $"{Section}:{nameof(MaximumInFlight)} is {MaximumInFlight}; it must be from 1 to 1000000.";
        }

        if (ReplayPage is < 1 or > 100_000)
        {
            yield return $"{Section}:{nameof(ReplayPage)} is {ReplayPage}; it must be from 1 to 100000.";
        }

        if (RecoveryInterval < TimeSpan.FromMilliseconds(10))
        {
            yield return $"{Section}:{nameof(RecoveryInterval)} is {RecoveryInterval}; it must be at least 10 ms.";
        }
    }
}
