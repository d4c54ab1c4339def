namespace Actors.Bench.Load;

/// <summary>Durations in buckets that are 2 % wide, from 1 µs to about 400 s. One writer; merged for the report.</summary>
internal sealed class Histogram
{
    private static readonly double Width = Math.Log(1.02);

    private readonly uint[] _buckets = new uint[1_000];
    private long _maximum;

    public long Count { get; private set; }

    /// <summary>The longest, in milliseconds.</summary>
    public double Maximum => _maximum / 1_000.0;

    public void Add(long microseconds)
    {
        var bucket = microseconds <= 1 ? 0 : Math.Min(_buckets.Length - 1, (int)(Math.Log(microseconds) / Width));
        _buckets[bucket]++;
        _maximum = Math.Max(_maximum, microseconds);
        Count++;
    }

    public void Add(Histogram other)
    {
        for (var i = 0; i < _buckets.Length; i++)
        {
            _buckets[i] += other._buckets[i];
        }

        _maximum = Math.Max(_maximum, other._maximum);
        Count += other.Count;
    }

    /// <summary>The upper edge of the bucket that holds the quantile, in milliseconds; null when nothing was counted.</summary>
    public double? Quantile(double quantile)
    {
        if (Count == 0)
        {
            return null;
        }

        long seen = 0;
        for (var i = 0; i < _buckets.Length; i++)
        {
            seen += _buckets[i];
            if (seen >= Count * quantile)
            {
                return Math.Min(Math.Exp((i + 1) * Width) / 1_000, Maximum);
            }
        }

        return Maximum;
    }
}
