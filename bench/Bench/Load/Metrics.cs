using System.Globalization;

namespace Actors.Bench.Load;

/// <summary>The metrics of a server at one time, by name and labels as they are served.</summary>
internal sealed class Metrics
{
    private readonly Dictionary<string, double> _samples;

    private Metrics(Dictionary<string, double> samples) => _samples = samples;

    public static async Task<Metrics> ReadAsync(Uri server)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var text = await http.GetStringAsync(new Uri(server, "/metrics"));
        return new Metrics(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').ToDictionary(
            line => line[..line.LastIndexOf(' ')], line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture), StringComparer.Ordinal));
    }

    /// <summary>0 for what is not served.</summary>
    public double Value(string sample) => _samples.GetValueOrDefault(sample);

    /// <summary>What was counted after <paramref name="before"/>.</summary>
    public Metrics Since(Metrics before) => new(_samples.ToDictionary(sample => sample.Key, sample => sample.Value - before.Value(sample.Key), StringComparer.Ordinal));

    /// <summary>A histogram without labels.</summary>
    public Buckets Histogram(string name)
    {
        var prefix = $"{name}_bucket{{le=\"";
        return new Buckets([.. _samples.Where(sample => sample.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(sample => (Bound(sample.Key[prefix.Length..^2]), sample.Value)).OrderBy(bucket => bucket.Item1)]);
    }

    private static double Bound(string text) => text == "+Inf" ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>How many measurements were at most a bound.</summary>
    internal sealed class Buckets((double Bound, double Count)[] buckets)
    {
        private double Total => buckets.Length == 0 ? 0 : buckets[^1].Count;

        /// <summary>The least bound that so many of the measurements were within.</summary>
        public double Quantile(double share) => Array.Find(buckets, bucket => bucket.Count >= share * Total).Bound;

        public double ShareWithin(double bound) => Total == 0 ? 0 : Array.Find(buckets, bucket => bucket.Bound >= bound).Count / Total;
    }
}
