using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Orleans.Embedded;

/// <summary>Every metric of the engine.</summary>
internal sealed class EmbeddedInstruments : IDisposable
{
    public const string MeterName = "Orleans.Embedded";

    private readonly Meter _meter;
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _activations;
    private readonly Counter<long> _deactivations;
    private readonly Counter<long> _timeouts;
    private TimeProvider _time = TimeProvider.System;

    public EmbeddedInstruments(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _calls = _meter.CreateCounter<long>("orleans.embedded.calls", "{call}", "Grain calls that have ended.");
        _duration = _meter.CreateHistogram<double>("orleans.embedded.call.duration", "s", "From sending a call to its end.");
        _activations = _meter.CreateCounter<long>("orleans.embedded.activations", "{activation}", "Activations that became valid.");
        _deactivations = _meter.CreateCounter<long>("orleans.embedded.deactivations", "{activation}", "Activations that ended, by reason.");
        _timeouts = _meter.CreateCounter<long>("orleans.embedded.call.timeouts", "{call}", "Calls whose caller gave up.");
    }

    /// <summary>Shows the activations and the requests pending at them while somebody listens.</summary>
    public void Observe(Func<IEnumerable<Activation>> activations)
    {
        _meter.CreateObservableGauge("orleans.embedded.activations.live", () => Alive(activations()), "{activation}", "Activations alive, by class of grain.");
        _meter.CreateObservableGauge("orleans.embedded.requests.pending", () => activations().Sum(a => a.PendingCount), "{call}", "Requests queued or running.");
    }

    /// <summary>The start of a measurement, or zero when nobody listens.</summary>
    public long Start(TimeProvider time)
    {
        if (!_duration.Enabled)
            return 0;
        _time = time;
        return time.GetTimestamp();
    }

    public void CallEnded(GrainRequest request)
    {
        if (_calls.Enabled)
            _calls.Add(1);
        if (request.SentAt != 0)
            _duration.Record(_time.GetElapsedTime(request.SentAt).TotalSeconds, new KeyValuePair<string, object?>("interface", request.Shape.Interface.Name), new KeyValuePair<string, object?>("method", request.Shape.Method.Name));
    }

    public void Activated() => _activations.Add(1);

    public void Deactivated(Orleans.DeactivationReasonCode reason) => _deactivations.Add(1, new TagList { { "reason", reason.ToString() } });

    public void TimedOut() => _timeouts.Add(1);

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<int>> Alive(IEnumerable<Activation> activations) => activations
        .GroupBy(activation => activation.Class.Type)
        .Select(group => new Measurement<int>(group.Count(), new KeyValuePair<string, object?>("grain", group.Key.Name)));
}
