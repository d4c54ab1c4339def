namespace Actors.Storage;

/// <summary>Section <c>Journal</c>: how appends are grouped, bounded and retried.</summary>
public sealed class JournalOptions
{
    public const string Section = "Journal";

    /// <summary>Longest interval between the starts of two flushes under load. 0 to 1 s, default 16 ms. The first append after a quiet time never waits.</summary>
    public TimeSpan MaximumFlushDelay { get; set; } = TimeSpan.FromMilliseconds(16);

    /// <summary>Appends per second up to which every append is flushed at once. Default 50.</summary>
    public double QuietRate { get; set; } = 50;

    /// <summary>Appends per second from which the interval is <see cref="MaximumFlushDelay"/>. Above <see cref="QuietRate"/>, default 250.</summary>
    public double BusyRate { get; set; } = 250;

    /// <summary>How far back the append rate looks: the time constant of its moving average. Default 250 ms.</summary>
    public TimeSpan RateWindow { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Appends that may wait for the writer; more are answered <see cref="AppendStatus.Overloaded"/>. Default 50 000.</summary>
    public int MaximumPendingAppends { get; set; } = 50_000;

    /// <summary>Appends in one transaction; reaching it flushes without waiting. Default 2 000.</summary>
    public int MaximumGroupSize { get; set; } = 2_000;

    /// <summary>First pause between attempts to reach storage again after an outage. Default 100 ms; doubles up to <see cref="MaximumRetryDelay"/>.</summary>
    public TimeSpan InitialRetryDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest pause between attempts to reach storage again. Default 2 s.</summary>
    public TimeSpan MaximumRetryDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Entries fetched at a time when a stream is read. Default 512.</summary>
    public int ReadPageSize { get; set; } = 512;
}
