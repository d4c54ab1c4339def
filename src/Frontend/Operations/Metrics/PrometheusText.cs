using System.Globalization;
using System.Text;

namespace Actors.Frontend.Operations.Metrics;

/// <summary>Writes metrics in the text format 0.0.4 of Prometheus, which every scraper reads.</summary>
/// <remarks>Source: "Exposition formats" of the Prometheus documentation.</remarks>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder(32 * 1024);
        foreach (var family in families)
        {
            var definition = family.Definition;
            text.Append("# HELP ").Append(definition.Name).Append(' ');
            Escape(text, definition.Help, quotes: false);
            text.Append("\n# TYPE ").Append(definition.Name).Append(' ').Append(TypeOf(definition.Kind)).Append('\n');
            foreach (var series in family.Read())
            {
                if (definition.Kind == MetricKind.Histogram)
                    WriteHistogram(text, definition, series);
                else
                    WriteSample(text, definition, "", series, null, series.Value);
            }
        }

        return text.ToString();
    }

    internal static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Gauge => "gauge",
        _ => "histogram",
    };

    private static void WriteHistogram(StringBuilder text, MetricDefinition definition, MetricSeries series)
    {
        var counts = series.ReadCounts();
        var total = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            var bound = i < definition.Buckets!.Length ? definition.Buckets[i] : double.PositiveInfinity;
            WriteSample(text, definition, "_bucket", series, Number(bound), total);
        }

        WriteSample(text, definition, "_sum", series, null, series.Value);
        WriteSample(text, definition, "_count", series, null, total);
    }

    private static void WriteSample(StringBuilder text, MetricDefinition definition, string suffix, MetricSeries series, string? bound, double value)
    {
        text.Append(definition.Name).Append(suffix);
        if (definition.Labels.Length > 0 || bound is not null)
        {
            var separator = '{';
            for (var i = 0; i < definition.Labels.Length; i++)
            {
                text.Append(separator).Append(definition.Labels[i].Name).Append("=\"");
                Escape(text, series.Labels[i], quotes: true);
                text.Append('"');
                separator = ',';
            }

            if (bound is not null)
                text.Append(separator).Append("le=\"").Append(bound).Append('"');

            text.Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static void Escape(StringBuilder text, string value, bool quotes)
    {
        foreach (var character in value)
        {
            _ = character switch
            {
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '"' when quotes => text.Append("\\\""),
                _ => text.Append(character),
            };
        }
    }
}
