namespace Actors.Frontend.Operations.Metrics;

/// <summary>
/// One metric with one set of label values. Measurements come from any thread and neither wait nor allocate; a reader
/// may see a sum that lags its buckets by a measurement in flight, and never buckets that disagree with each other.
/// </summary>
internal sealed class MetricSeries(string[] labels, double[]? bounds)
{
    private readonly long[] _counts = bounds is null ? [] : new long[bounds.Length + 1];
    private double _value;

    /// <summary>In the order of the metric's labels.</summary>
    public string[] Labels => labels;

    /// <summary>The value of a counter or gauge, the sum of a histogram.</summary>
    public double Value => Volatile.Read(ref _value);

    public void Record(double value)
    {
        if (bounds is not null)
        {
            var bucket = 0;
            while (bucket < bounds.Length && value > bounds[bucket])
                bucket++;
            Interlocked.Increment(ref _counts[bucket]);
        }

        var seen = Volatile.Read(ref _value);
        while (true)
        {
            var found = Interlocked.CompareExchange(ref _value, seen + value, seen);
            if (found.Equals(seen))
                return;
            seen = found;
        }
    }

    /// <summary>Measurements in each bucket alone; the last is for those above every bound.</summary>
    public long[] ReadCounts()
    {
        var counts = new long[_counts.Length];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = Interlocked.Read(ref _counts[i]);
        return counts;
    }
}
