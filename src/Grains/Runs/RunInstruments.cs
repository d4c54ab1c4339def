using System.Diagnostics.Metrics;

namespace Actors.Grains.Runs;

/// <summary>Metrics of runs, on the meter <c>Actors.Runs</c>. Durations are in seconds.</summary>
internal sealed class RunInstruments : IDisposable
{
    public const string MeterName = "Actors.Runs";

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _start;

    public RunInstruments() =>
        _start = _meter.CreateHistogram<double>("actors.runs.start.duration", "s", "From the arrival of the request to the first firing.");

    public void Began(TimeSpan afterRequest) => _start.Record(Math.Max(0, afterRequest.TotalSeconds));

    public void Dispose() => _meter.Dispose();
}
