using System.Diagnostics.Metrics;

namespace Actors.Frontend.Live;

/// <summary>
/// All metrics of what is live, on the meter <c>Actors.Live</c>. Counting a message is one addition: it happens for every
/// frame to every client, so nobody is told of it, and who wants to know asks.
/// </summary>
internal sealed class LiveInstruments : IDisposable
{
    public const string MeterName = "Actors.Live";
    public const string Connections = "actors.live.connections";
    public const string Streams = "actors.live.streams";
    public const string Feeds = "actors.live.feeds";
    public const string Received = "actors.live.messages.received";
    public const string Sent = "actors.live.messages.sent";
    public const string Kind = "kind";

    private readonly Meter _meter = new(MeterName);
    private long _received;
    private long _frames;
    private long _answers;

    public LiveInstruments()
    {
        _meter.CreateObservableCounter(Received, () => MessagesReceived, "{message}", "Messages from clients over the hub.");
        _meter.CreateObservableCounter<long>(Sent, () => [Of("frame", FramesSent), Of("answer", AnswersSent)], "{message}", "Messages to clients over the hub.");
    }

    public long MessagesReceived => Interlocked.Read(ref _received);

    public long FramesSent => Interlocked.Read(ref _frames);

    public long AnswersSent => Interlocked.Read(ref _answers);

    public void MessageReceived() => Interlocked.Increment(ref _received);

    public void FrameSent() => Interlocked.Increment(ref _frames);

    public void AnswerSent() => Interlocked.Increment(ref _answers);

    /// <summary>Shows connections, streams and feeds to whoever asks.</summary>
    public void Observe(LiveServices live)
    {
        _meter.CreateObservableGauge(Connections, () => live.ConnectionCount, "{connection}", "Connections to the hub.");
        _meter.CreateObservableGauge(Streams, () => live.CountStreams().Select(kind => Of(kind.Key, kind.Value)), "{stream}", "Streams that are being sent, by kind.");
        _meter.CreateObservableGauge<long>(Feeds, () => [Of("design", live.Designs.Count), Of("room", live.Rooms.Count), Of("inbox", live.Inboxes.Count)], "{feed}", "Feeds of this silo, by kind.");
    }

    public void Dispose() => _meter.Dispose();

    private static Measurement<long> Of(string kind, long value) => new(value, new KeyValuePair<string, object?>(Kind, kind));
}
