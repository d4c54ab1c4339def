using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Actors.Storage;

/// <summary>All metrics of storage, on the meter <c>Actors.Storage</c>. Durations are in seconds.</summary>
internal sealed class StorageInstruments : IDisposable
{
    public const string MeterName = "Actors.Storage";

    private static readonly KeyValuePair<string, object?>[] s_status =
        [.. Enum.GetNames<AppendStatus>().Select(name => KeyValuePair.Create<string, object?>("status", name))];

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _appends;
    private readonly Counter<long> _outages;
    private readonly Histogram<int> _groupSize;
    private readonly Histogram<double> _flushDuration;
    private readonly Histogram<double> _readDuration;

    public StorageInstruments()
    {
        _appends = _meter.CreateCounter<long>("actors.storage.appends", "{append}", "Appends answered, by status.");
        _outages = _meter.CreateCounter<long>("actors.storage.outages", "{outage}", "Times that storage was lost while writing.");
        _groupSize = _meter.CreateHistogram<int>("actors.storage.group.size", "{append}", "Appends in one transaction; the count is the number of groups.");
        _flushDuration = _meter.CreateHistogram<double>("actors.storage.flush.duration", "s", "From the start of a transaction to its commit.");
        _readDuration = _meter.CreateHistogram<double>("actors.storage.read.duration", "s", "Reads, including failed ones.");
    }

    public void ObserveQueue(Func<int> length) =>
        _meter.CreateObservableGauge("actors.storage.queue.length", length, "{item}", "Appends and other writes that wait for the writer.");

    public void Appended(AppendStatus status) => _appends.Add(1, s_status[(int)status]);

    public void OutageStarted() => _outages.Add(1);

    public void Flushed(int appends, TimeSpan duration)
    {
        _groupSize.Record(appends);
        _flushDuration.Record(duration.TotalSeconds);
    }

    public void ReadCompleted(TimeSpan duration) => _readDuration.Record(duration.TotalSeconds);

    public void Dispose() => _meter.Dispose();
}
