using System.Collections.Concurrent;

namespace Actors.Frontend.Operations.Metrics;

/// <summary>One exported metric with all of its series, of which there is a bounded number.</summary>
internal sealed class MetricFamily
{
    private const string Other = "other";

    private readonly ConcurrentDictionary<LabelValues, MetricSeries> _series = new();
    private readonly int _maximumSeries;
    private readonly MetricSeries _rest;
    private MetricSeries? _single;
    private int _count;
    private int _hasRest;

    public MetricFamily(MetricDefinition definition, int maximumSeries)
    {
        Definition = definition;
        _maximumSeries = maximumSeries;
        _rest = new MetricSeries([.. definition.Labels.Select(_ => Other)], definition.Buckets);
        _single = definition.Labels.Length == 0 ? new MetricSeries([], definition.Buckets) : null;
    }

    public MetricDefinition Definition { get; }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        (_single ?? Find(LabelValues.Read(Definition.Labels, tags))).Record(value);

    /// <summary>Forgets what was observed, before it is observed again: for instruments that tell their value when asked.</summary>
    public void Forget()
    {
        if (_single is not null)
            _single = new MetricSeries([], Definition.Buckets);

        _series.Clear();
        _count = 0;
    }

    public IEnumerable<MetricSeries> Read()
    {
        if (_single is not null)
            return [_single];

        var series = _series.Values.OrderBy(series => string.Join('\0', series.Labels), StringComparer.Ordinal);
        return _hasRest == 0 ? series : series.Append(_rest);
    }

    private MetricSeries Find(LabelValues values)
    {
        if (_series.TryGetValue(values, out var series))
            return series;

        if (Volatile.Read(ref _count) >= _maximumSeries)
        {
            Volatile.Write(ref _hasRest, 1);
            return _rest;
        }

        var added = new MetricSeries(values.ToText(Definition.Labels.Length), Definition.Buckets);
        series = _series.GetOrAdd(values, added);
        if (series == added)
            Interlocked.Increment(ref _count);
        return series;
    }
}
