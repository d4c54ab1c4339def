using Actors.Domain.Execution;

namespace Actors.Grains.Runs;

/// <summary>Section <c>Runs</c>: how runs are executed and kept.</summary>
public sealed class RunOptions
{
    public const string Section = "Runs";

    /// <summary>The longest that a run computes before it lets other messages of its grain through. Default 2 ms.</summary>
    public TimeSpan Turn { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Bytes of records that are sent to the journal together. Default 64 KiB; a run that has nothing else to do sends at once.</summary>
    public int AppendBytes { get; set; } = 64 * 1024;

    /// <summary>Appends of one run on their way at once; beyond, it waits. Default 8.</summary>
    public int AppendsInFlight { get; set; } = 8;

    /// <summary>Bytes of journal after which a snapshot is written. Default 4 MiB.</summary>
    public int SnapshotAfterBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How long a run that only waits stays in memory. Default 5 s.</summary>
    public TimeSpan RestAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A wait longer than this does not keep a run in memory. Default 1 minute.</summary>
    public TimeSpan LongWait { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a firing that was cancelled may take to end. Default 5 s.</summary>
    public TimeSpan CancelGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often storage that does not answer is asked again. Default 500 ms.</summary>
    public TimeSpan StorageRetry { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a request that starts or controls a run waits for its storage. Default 2 s.</summary>
    public TimeSpan StorageTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long what changes of a project's runs is gathered before its room is told. Default 250 ms.</summary>
    public TimeSpan SummaryInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A run that took at least this long tells whoever started it that it has ended. Default 10 s.</summary>
    public TimeSpan NotifyAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>States a second that a watcher is told at most. Default 10.</summary>
    public int StatesPerSecond { get; set; } = 10;

    /// <summary>Bytes of outputs of a run that keeps only its result. Default 64 MiB.</summary>
    public long ResultBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>What may be held in memory of what another run recorded, for a replay or a dry run. Default 128 MiB.</summary>
    public long RecordedBytes { get; set; } = 128L * 1024 * 1024;
    /// <summary>How long a run is kept after it has ended. Default 30 days.</summary>
    public TimeSpan KeepEnded { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Ended runs of a design that are kept, the newest. Default 1,000.</summary>
    public int EndedPerDesign { get; set; } = 1_000;

    /// <summary>Ended runs of a project that are kept, the newest. Default 10,000.</summary>
    public int EndedPerProject { get; set; } = 10_000;

    /// <summary>How often it is looked for runs that are kept no longer. Default 1 hour.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromHours(1);

    public RunLimits Limits { get; set; } = new();

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (var (name, value, minimum, maximum) in new (string, TimeSpan, TimeSpan, TimeSpan)[]
        {
            (nameof(Turn), Turn, TimeSpan.FromMilliseconds(0.1), TimeSpan.FromSeconds(1)),
            (nameof(RestAfter), RestAfter, TimeSpan.Zero, TimeSpan.FromHours(1)),
            (nameof(LongWait), LongWait, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            (nameof(CancelGrace), CancelGrace, TimeSpan.Zero, TimeSpan.FromMinutes(1)),
            (nameof(StorageRetry), StorageRetry, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)),
            (nameof(StorageTimeout), StorageTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(25)),
            (nameof(SummaryInterval), SummaryInterval, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)),
            (nameof(NotifyAfter), NotifyAfter, TimeSpan.Zero, TimeSpan.FromDays(365)),
            (nameof(KeepEnded), KeepEnded, TimeSpan.FromSeconds(1), TimeSpan.FromDays(3_650)),
            (nameof(SweepInterval), SweepInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1)),
        })
        {
            if (value < minimum || value > maximum)
            {
                yield return $"{Section}:{name} is {value}; it must be from {minimum} to {maximum}.";
            }
        }

        foreach (var (name, value, minimum, maximum) in new (string, long, long, long)[]
        {
            (nameof(AppendBytes), AppendBytes, 1, 16 * 1024 * 1024),
            (nameof(AppendsInFlight), AppendsInFlight, 1, 1_000),
            (nameof(SnapshotAfterBytes), SnapshotAfterBytes, 1_024, 1 << 30),
            (nameof(StatesPerSecond), StatesPerSecond, 1, 60),
            (nameof(ResultBytes), ResultBytes, 1_024, 1L << 32),
            (nameof(RecordedBytes), RecordedBytes, 1_024, 1L << 36),
            (nameof(EndedPerDesign), EndedPerDesign, 0, 1_000_000),
            (nameof(EndedPerProject), EndedPerProject, 0, 10_000_000),
        })
        {
            if (value < minimum || value > maximum)
            {
                yield return $"{Section}:{name} is {value}; it must be from {minimum} to {maximum}.";
            }
        }

        foreach (var broken in Limits.Validate($"{Section}:{nameof(Limits)}"))
        {
            yield return broken;
        }
    }
}
