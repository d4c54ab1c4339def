namespace Actors.Frontend.Live;

/// <summary>
/// How long to gather changes before the next frame: nothing while a design is quiet, so that the first edit goes out
/// at once; up to a display's frame while it is hot, because what costs is the number of messages.
/// </summary>
/// <remarks>
/// Flushes are paid with credit that grows with time, one flush per interval, and can be saved for two. On average they
/// are an interval apart, yet a flush follows its commit at once although commits, which are paced too, come with some
/// jitter: a fixed distance between flushes would drift into waiting after every commit.
/// </remarks>
internal sealed class FlushPacing(TimeProvider time, LiveOptions options)
{
    /// <summary>Seconds over which the rate of deliveries is averaged.</summary>
    private const double Window = 0.25;

    private const double MaximumCredit = 2;

    /// <summary>The credit at which a flush is as good as due.</summary>
    private const double Enough = 0.9;

    private double _rate;
    private double _credit = MaximumCredit;
    private long _countedAt;
    private long _creditedAt;

    /// <summary>Counts changes times clients.</summary>
    public void Count(int deliveries)
    {
        var now = time.GetTimestamp();
        var elapsed = _countedAt == 0 ? 0 : time.GetElapsedTime(_countedAt, now).TotalSeconds;
        _countedAt = now;
        _rate = (_rate * Math.Exp(-elapsed / Window)) + (deliveries / Window);
    }

    /// <summary>The time to wait before the next flush; zero when it is due.</summary>
    public TimeSpan UntilDue()
    {
        var load = Math.Clamp((_rate - options.QuietDeliveries) / (options.BusyDeliveries - options.QuietDeliveries), 0, 1);
        var interval = options.MaximumFlushInterval * load;
        var now = time.GetTimestamp();
        var elapsed = time.GetElapsedTime(_creditedAt, now);
        _creditedAt = now;
        _credit = interval > TimeSpan.Zero ? Math.Min(MaximumCredit, _credit + (elapsed / interval)) : MaximumCredit;
        return _credit >= Enough ? TimeSpan.Zero : interval * (1 - _credit);
    }

    /// <summary>A flush was made; credit may be owed when it was not waited for.</summary>
    public void Flushed() => _credit = Math.Max(0, _credit - 1);
}
