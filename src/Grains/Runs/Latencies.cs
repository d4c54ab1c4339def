using System.Numerics;

namespace Actors.Grains.Runs;

/// <summary>Durations of firings in buckets that double, from a microsecond on: enough for a median and a 99th percentile.</summary>
internal sealed class Latencies
{
    private readonly int[] _buckets = new int[40];
    private int _count;

    public void Add(TimeSpan duration)
    {
        _buckets[Math.Min(_buckets.Length - 1, BitOperations.Log2((uint)Math.Clamp(duration.TotalMicroseconds, 1, uint.MaxValue)))]++;
        _count++;
    }

    /// <summary>Milliseconds; null before the first.</summary>
    public double? Quantile(double share)
    {
        var left = Math.Ceiling(_count * share);
        for (var i = 0; i < _buckets.Length && _count > 0; i++)
        {
            left -= _buckets[i];
            if (left <= 0)
            {
                return Math.Pow(2, i + 0.5) / 1_000;
            }
        }

        return null;
    }
}
