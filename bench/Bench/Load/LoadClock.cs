using System.Diagnostics;

namespace Actors.Bench.Load;

/// <summary>One monotonic clock for all clients of a run, and the window in which is counted.</summary>
internal sealed class LoadClock
{
    private readonly long _origin = Stopwatch.GetTimestamp();

    /// <summary>Microseconds since the run was made.</summary>
    public long Now => (long)Stopwatch.GetElapsedTime(_origin).TotalMicroseconds;

    /// <summary>Edits sent from then on count.</summary>
    public long From { get; private set; } = long.MaxValue;

    /// <summary>Edits sent from then on do not count.</summary>
    public long To { get; private set; } = long.MaxValue;

    public void Measure(long from, long to)
    {
        From = from;
        To = to;
    }

    public bool Counts(long sentAt) => sentAt >= From && sentAt < To;
}
