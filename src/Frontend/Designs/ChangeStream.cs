using System.Globalization;
using Actors.Domain.Designs;
using Actors.Frontend.Live;
using Actors.Grains.Interfaces.Designs;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Designs;

/// <summary>A design's live stream as server-sent events; the id of an event is <c>epoch:revision</c>.</summary>
internal sealed class ChangeStream(EventStreams events)
{
    public IResult Follow(DesignHeader header, DesignPosition? from) => new EventStream(this, header, from);

    private async Task WriteAsync(HttpContext context, DesignHeader header, DesignPosition? from)
    {
        var live = events.Live;
        var feed = live.Designs.Acquire(header.Id);
        DesignReader? opened = null;
        try
        {
            await events.WriteAsync(
                context,
                header.ProjectId,
                connection =>
                {
                    opened = new DesignReader(feed, PositionOf(context.Request) ?? from, live.Options, events.Time, connection);
                    feed.Add(opened);
                    return opened;
                },
                static reader => string.Create(CultureInfo.InvariantCulture, $"{reader.Position.Epoch}:{reader.Position.Revision}"));
        }
        finally
        {
            if (opened is not null)
            {
                feed.Remove(opened);
            }

            live.Designs.Release(feed);
        }
    }

    private static DesignPosition? PositionOf(HttpRequest request)
    {
        if (EventStreams.LastSeen(request) is not { } last)
        {
            return null;
        }

        var colon = last.LastIndexOf(':');
        return colon > 0 && long.TryParse(last.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? new DesignPosition(last[..colon], revision)
            : null;
    }

    private sealed class EventStream(ChangeStream stream, DesignHeader header, DesignPosition? from) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => stream.WriteAsync(httpContext, header, from);
    }
}
