using System.Diagnostics.Metrics;
using Actors.Frontend.Operations.Metrics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Frontend.Tests.Operations;

public sealed class MetricsExporterTests : IDisposable
{
    private readonly Meter _meter = new(Guid.NewGuid().ToString());

    public void Dispose() => _meter.Dispose();

    [Fact]
    public void A_label_is_escaped()
    {
        var counter = _meter.CreateCounter<long>("c");
        using var exporter = Start(Define("test_total", MetricKind.Counter, "c", "what"));
        counter.Add(2, new KeyValuePair<string, object?>("what", "a \"quoted\"\\\nline"));
        Assert.Contains("test_total{what=\"a \\\"quoted\\\"\\\\\\nline\"} 2\n", exporter.Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_measurement_counts_in_every_bucket_whose_bound_it_does_not_exceed()
    {
        var histogram = _meter.CreateHistogram<int>("h");
        using var exporter = Start(Define("test", MetricKind.Histogram, "h") with { Buckets = [1, 2.5] });
        histogram.Record(1);
        histogram.Record(2);
        histogram.Record(3);
        Assert.EndsWith("test_bucket{le=\"1\"} 1\ntest_bucket{le=\"2.5\"} 2\ntest_bucket{le=\"+Inf\"} 3\ntest_sum 6\ntest_count 3\n", exporter.Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_that_are_no_labels_are_summed_over()
    {
        var active = _meter.CreateUpDownCounter<long>("u");
        using var exporter = Start(Define("test", MetricKind.Gauge, "u"));
        active.Add(5, new KeyValuePair<string, object?>("who", "a"));
        active.Add(-2, new KeyValuePair<string, object?>("who", "b"));
        Assert.EndsWith("test 3\n", exporter.Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_observed_is_told_as_it_is_now_and_forgotten_when_it_is_gone()
    {
        Measurement<long>[] seen = [new(7, new KeyValuePair<string, object?>("what", "a"))];
        _meter.CreateObservableGauge("o", () => seen);
        using var exporter = Start(Define("test", MetricKind.Gauge, "o", "what"));
        exporter.Read();
        Assert.EndsWith("test{what=\"a\"} 7\n", exporter.Read(), StringComparison.Ordinal);
        seen = [];
        Assert.EndsWith("# TYPE test gauge\n", exporter.Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void Series_beyond_the_limit_are_counted_together()
    {
        var counter = _meter.CreateCounter<long>("c");
        using var exporter = Start(Define("test_total", MetricKind.Counter, "c", "what"));
        for (var i = 0; i < 1000; i++)
            counter.Add(1, new KeyValuePair<string, object?>("what", $"value {i}"));

        var served = new ServedMetrics(exporter.Read());
        Assert.Equal(11, served.Like("test_total").Count());
        Assert.Equal(990, served["test_total{what=\"other\"}"]);
    }

    [Fact]
    public void A_measurement_allocates_nothing()
    {
        var histogram = _meter.CreateHistogram<double>("h");
        using var exporter = Start(Define("test", MetricKind.Histogram, "h", "interface", "method") with { Buckets = [0.1, 1] });
        Measure(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Measure(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Measure(int times)
        {
            for (var i = 0; i < times; i++)
                histogram.Record(0.5, new KeyValuePair<string, object?>("interface", "IDesignGrain"), new KeyValuePair<string, object?>("method", "Submit"));
        }
    }

    [Fact]
    public void Nothing_is_lost_when_many_threads_measure()
    {
        var histogram = _meter.CreateHistogram<double>("h");
        using var exporter = Start(Define("test", MetricKind.Histogram, "h", "what") with { Buckets = [0.1, 1] });
        Parallel.For(0, 40_000, i => histogram.Record(0.5, new KeyValuePair<string, object?>("what", i % 4 == 0 ? "a" : "b")));
        var served = new ServedMetrics(exporter.Read());
        Assert.Equal(10_000, served["test_count{what=\"a\"}"]);
        Assert.Equal(15_000, served["test_sum{what=\"b\"}"]);
    }

    private MetricDefinition Define(string name, MetricKind kind, string instrument, params string[] labels) =>
        new(name, kind, "For a test.", _meter.Name, instrument, [.. labels.Select(label => new MetricLabel(label, label))]);

    private static MetricsExporter Start(MetricDefinition definition)
    {
        var exporter = new MetricsExporter([definition], 10, NullLogger.Instance);
        exporter.Start();
        return exporter;
    }
}
