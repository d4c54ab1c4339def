namespace Actors.Frontend.Operations.Metrics;

/// <summary>How a metric is exported.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>A label, and the tag of the instrument that it takes its value from.</summary>
internal readonly record struct MetricLabel(string Name, string Tag);

/// <summary>One exported metric and the instrument that it is made of.</summary>
/// <param name="Name">As Prometheus shows it: with its unit, and <c>_total</c> for a counter.</param>
/// <param name="Meter">The meter's name.</param>
/// <param name="Instrument">The instrument's name.</param>
/// <param name="Labels">At most three. Tags that are not named here are summed over.</param>
/// <param name="Buckets">Upper bounds, ascending, of a histogram.</param>
internal sealed record MetricDefinition(
    string Name, MetricKind Kind, string Help, string Meter, string Instrument, MetricLabel[] Labels, double[]? Buckets = null);
