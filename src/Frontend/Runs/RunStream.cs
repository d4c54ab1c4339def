using System.Globalization;
using Actors.Frontend.Live;
using Actors.Grains.Interfaces.Runs;
using Microsoft.AspNetCore.Http;
using Orleans;

namespace Actors.Frontend.Runs;

/// <summary>A run's live stream as server-sent events; the id of an event is its sequence number.</summary>
internal sealed class RunStream(EventStreams events, IGrainFactory grains)
{
    public IResult Follow(RunHeader header, long after) => new EventStream(this, header, after);

    private Task WriteAsync(HttpContext context, RunHeader header, long after) => events.WriteAsync(
        context,
        header.ProjectId,
        connection => new RunReader(grains, header.Id, PositionOf(context.Request) ?? after, events.Live.Options, events.Time, connection),
        static reader => reader.Sequence.ToString(CultureInfo.InvariantCulture));

    private static long? PositionOf(HttpRequest request) =>
        long.TryParse(EventStreams.LastSeen(request), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : null;

    private sealed class EventStream(RunStream stream, RunHeader header, long after) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => stream.WriteAsync(httpContext, header, after);
    }
}
