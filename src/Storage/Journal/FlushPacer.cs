namespace Actors.Storage;

/// <summary>
/// Decides when the next flush may start. After a quiet time that is at once; the more appends arrive, the longer the interval
/// between flush starts, so that a busy journal spends its time on few large flushes and a quiet one answers immediately.
/// A caller that waits for each append before it sends the next gains nothing from waiting, so the interval also shrinks
/// when flushes hold one append each, however fast they follow one another.
/// </summary>
/// <remarks>Rate and group size are exponentially weighted moving averages. Times are seconds on any monotonic clock.</remarks>
internal sealed class FlushPacer(JournalOptions options)
{
    /// <summary>The weight of the newest group in the average group size.</summary>
    private const double NewestGroup = 0.1;

    private readonly double _window = options.RateWindow.TotalSeconds;
    private double _rate;
    private double _groupSize = 1;
    private double _lastStart = double.NegativeInfinity;

    /// <summary>Seconds to wait before the next flush may start; 0 or less means now.</summary>
    public double Wait(double now)
    {
        var elapsed = now - _lastStart;
        if (elapsed >= options.MaximumFlushDelay.TotalSeconds)
            return 0;
        return Interval(_rate * Math.Exp(-elapsed / _window)) - elapsed;
    }

    public void FlushStarted(double now, int appends)
    {
        var elapsed = now - _lastStart;
        _rate = (_rate * Math.Exp(-elapsed / _window)) + (appends / _window);
        _groupSize += (appends - _groupSize) * NewestGroup;
        _lastStart = now;
    }

    private double Interval(double rate)
    {
        var load = (rate - options.QuietRate) / (options.BusyRate - options.QuietRate);
        var gain = _groupSize - 1;
        return options.MaximumFlushDelay.TotalSeconds * Math.Clamp(load, 0, 1) * Math.Clamp(gain, 0, 1);
    }
}
