using System.Diagnostics.Metrics;
using Actors.Frontend.Operations.Health;

namespace Actors.Frontend.Operations.Metrics;

/// <summary>What this process is; the rest of it is told by the runtime's own instruments.</summary>
internal sealed class ProcessInstruments : IDisposable
{
    public const string MeterName = "Actors.Process";
    public const string Info = "actors.info";
    public const string Uptime = "actors.uptime";

    private readonly Meter _meter = new(MeterName);

    public ProcessInstruments(ProcessFacts facts)
    {
        var version = new Measurement<int>(1, new KeyValuePair<string, object?>("version", facts.Version));
        _meter.CreateObservableGauge(Info, () => version, description: "The version that runs.");
        _meter.CreateObservableGauge(Uptime, () => facts.Uptime.TotalSeconds, "s", "Since the process began.");
    }

    public void Dispose() => _meter.Dispose();
}
