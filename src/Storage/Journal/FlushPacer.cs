namespace Actors.Storage;

/// <summary>
/// Decides when the next flush may start. After a quiet time that is at once; the more appends arrive, the longer the interval
/// between flush starts, so that a busy journal spends its time on few large flushes and a quiet one answers immediately.
/// </summary>
/// <remarks>The rate is an exponentially weighted moving average over irregular intervals. Times are seconds on any monotonic clock.</remarks>
internal sealed class FlushPacer(JournalOptions options)
{
    private readonly double _window = options.RateWindow.TotalSeconds;
    private double _rate;
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
        _lastStart = now;
    }

    private double Interval(double rate)
    {
        var load = (rate - options.QuietRate) / (options.BusyRate - options.QuietRate);
        return options.MaximumFlushDelay.TotalSeconds * Math.Clamp(load, 0, 1);
    }
}
