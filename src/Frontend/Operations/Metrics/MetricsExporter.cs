using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Operations.Metrics;

/// <summary>
/// Listens to the instruments of <see cref="MetricCatalog"/> for as long as the process runs. A measurement is one look-up
/// by its tags and one or two atomic additions; instruments that only tell their value when asked are asked by <see cref="Read"/>.
/// </summary>
internal sealed partial class MetricsExporter : IDisposable
{
    private readonly Lock _reading = new();
    private readonly Dictionary<(string Meter, string Instrument), MetricFamily> _byInstrument;
    private readonly List<MetricFamily> _families = [];
    private readonly HashSet<MetricFamily> _observed = [];
    private readonly MeterListener _listener = new();
    private readonly ILogger _logger;

    public MetricsExporter(EngineMeter engine, IOptions<MetricsOptions> options, ILogger<MetricsExporter> logger)
        : this(MetricCatalog.For(engine), options.Value.MaximumSeries, logger)
    {
    }

    internal MetricsExporter(IEnumerable<MetricDefinition> definitions, int maximumSeries, ILogger logger)
    {
        _logger = logger;
        _families.AddRange(definitions.Select(definition => new MetricFamily(definition, maximumSeries)));
        _byInstrument = _families.ToDictionary(family => (family.Definition.Meter, family.Definition.Instrument));
        _listener.InstrumentPublished = Listen;
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, family) => Record(family, (double)value, tags));
    }

    /// <summary>Begins to listen. What was measured before is not counted.</summary>
    public void Start() => _listener.Start();

    /// <summary>Everything as it is now, in Prometheus's text format.</summary>
    public string Read()
    {
        lock (_reading)
        {
            foreach (var family in Observed())
                family.Forget();

            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException exception)
            {
                LogUnobservable(_logger, exception);
            }

            return PrometheusText.Write(_families);
        }
    }

    public void Dispose() => _listener.Dispose();

    private static void Record(object? family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((MetricFamily)family!).Record(value, tags);

    private void Listen(Instrument instrument, MeterListener listener)
    {
        if (!_byInstrument.TryGetValue((instrument.Meter.Name, instrument.Name), out var family))
            return;

        if (instrument.IsObservable)
        {
            lock (_observed)
                _observed.Add(family);
        }

        listener.EnableMeasurementEvents(instrument, family);
    }

    private MetricFamily[] Observed()
    {
        lock (_observed)
            return [.. _observed];
    }

    [LoggerMessage(EventId = 3501, Level = LogLevel.Warning, Message = "Some metrics could not be observed; the others are served.")]
    private static partial void LogUnobservable(ILogger logger, Exception exception);
}
