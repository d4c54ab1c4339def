using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.BadInput;

/// <summary>Every stream that somebody can be sent of one project: over the hub, and as server-sent events.</summary>
internal sealed class Streams : IAsyncDisposable
{
    private readonly HubConnectionLite _hub;
    private readonly Dictionary<string, HubStream> _overHub;
    private readonly Dictionary<string, EventStream> _asEvents;

    private Streams(HubConnectionLite hub, Dictionary<string, HubStream> overHub, Dictionary<string, EventStream> asEvents)
    {
        _hub = hub;
        _overHub = overHub;
        _asEvents = asEvents;
    }

    /// <summary>Opens them all and awaits their first frames.</summary>
    public static async Task<Streams> OpenAsync(Uri server, ApiClient watcher, string projectId, string designId, string runId)
    {
        var hub = await watcher.ConnectAsync();
        var overHub = new Dictionary<string, HubStream>(StringComparer.Ordinal)
        {
            ["WatchDesign"] = hub.Stream("WatchDesign", designId, null),
            ["WatchValidation"] = hub.Stream("WatchValidation", designId),
            ["WatchRoom"] = hub.Stream("WatchRoom", projectId, null),
            ["WatchRun"] = hub.Stream("WatchRun", runId, null),
        };
        var asEvents = new Dictionary<string, EventStream>(StringComparer.Ordinal);
        foreach (var path in new[] { $"designs/{designId}/changes", $"runs/{runId}/events" })
            asEvents[path] = await EventStream.OpenAsync(server, path, watcher.Token);

        foreach (var (name, stream) in overHub)
            Began(name, await stream.NextAsync(Deadlines.Answer));

        foreach (var (name, stream) in asEvents)
            Began(name, (await stream.NextAsync(Deadlines.Answer))!.Frame);

        return new Streams(hub, overHub, asEvents);
    }

    /// <summary>Asserts that each of them ends with this code.</summary>
    public async Task VerifyEndAsync(string code, bool retry)
    {
        foreach (var stream in _overHub.Values)
            await Frames.VerifyEndAsync(stream, code, retry);

        foreach (var (name, stream) in _asEvents)
        {
            var end = await stream.EndAsync(Deadlines.Answer);
            Assert.True(end.GetProperty("code").GetString() == code && end.GetProperty("retry").GetBoolean() == retry, $"{name} ended with {end.GetRawText()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var stream in _asEvents.Values)
            stream.Dispose();

        await _hub.DisposeAsync();
    }

    private static void Began(string name, JsonElement frame) =>
        Assert.True(frame.GetProperty("kind").GetString() != "end", $"{name} began with {frame.GetRawText()}");
}
