namespace Actors.Frontend.Live;

/// <summary>
/// How long to gather changes before the next frame: nothing while a design is quiet, so that the first edit goes out
/// at once; up to a display's frame while it is hot, because what costs is the number of messages.
/// </summary>
internal sealed class FlushPacing(TimeProvider time, LiveOptions options)
{
    /// <summary>Seconds over which the rate of deliveries is averaged.</summary>
    private const double Window = 0.25;

    private double _rate;
    private long _countedAt;
    private long _flushedAt;

    /// <summary>Counts changes times clients.</summary>
    public void Count(int deliveries)
    {
        var now = time.GetTimestamp();
        var elapsed = _countedAt == 0 ? 0 : time.GetElapsedTime(_countedAt, now).TotalSeconds;
        _countedAt = now;
        _rate = (_rate * Math.Exp(-elapsed / Window)) + (deliveries / Window);
    }

    /// <summary>
    /// The time to wait before the next flush; zero when it is due. A commit is itself paced, so it waits here only
    /// when one came right before it: what is sent now leaves together with the answers of the same commit.
    /// </summary>
    public TimeSpan UntilDue()
    {
        var load = Math.Clamp((_rate - options.QuietDeliveries) / (options.BusyDeliveries - options.QuietDeliveries), 0, 1);
        var interval = options.MaximumFlushInterval * load;
        var left = interval - time.GetElapsedTime(_flushedAt);
        return left <= interval * 3 / 4 ? TimeSpan.Zero : left;
    }

    public void Flushed() => _flushedAt = time.GetTimestamp();
}
