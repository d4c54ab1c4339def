using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Actors.Components.Services;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Runs.Services;

/// <inheritdoc cref="IRunMetrics"/>
/// <remarks>Instruments of the meter <c>Actors.Designs</c>, each named <c>design.</c> and as the design says. Names and tags are designs', so both are bounded.</remarks>
internal sealed partial class RunMetrics(ILogger<RunMetrics> logger) : IRunMetrics, IDisposable
{
    public const string MeterName = "Actors.Designs";

    private const int MaximumInstruments = 500;
    private const int MaximumTags = 8;
    private const int MaximumTagLength = 100;

    private readonly Meter _meter = new(MeterName);
    private readonly ConcurrentDictionary<(string Kind, string Name), Action<double, TagList>> _instruments = new();

    public void Record(string kind, string name, double value, IReadOnlyDictionary<string, string> tags)
    {
        if (!_instruments.TryGetValue((kind, name), out var record))
        {
            if (_instruments.Count >= MaximumInstruments)
            {
                LogTooMany(logger, name, MaximumInstruments);
                return;
            }

            record = _instruments.GetOrAdd((kind, name), _ => Create(kind, $"design.{name}"));
        }

        var list = default(TagList);
        foreach (var (key, text) in tags.Take(MaximumTags))
            list.Add(key, text.Length > MaximumTagLength ? text[..MaximumTagLength] : text);

        record(value, list);
    }

    public void Dispose() => _meter.Dispose();

    private Action<double, TagList> Create(string kind, string name)
    {
        switch (kind)
        {
            case "gauge":
                var gauge = _meter.CreateGauge<double>(name);
                return (value, tags) => gauge.Record(value, tags);
            case "histogram":
                var histogram = _meter.CreateHistogram<double>(name);
                return (value, tags) => histogram.Record(value, tags);
            default:
                var counter = _meter.CreateCounter<double>(name);
                return (value, tags) => counter.Add(value, tags);
        }
    }

    [LoggerMessage(EventId = 2631, Level = LogLevel.Warning, Message = "The figure {Name} of a design is not recorded: there are {Maximum} already.")]
    private static partial void LogTooMany(ILogger logger, string name, int maximum);
}
