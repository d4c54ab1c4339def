using System.Globalization;
using System.Text;
using Actors.Domain.Designs;
using Actors.Frontend.Accounts;
using Actors.Frontend.Http;
using Actors.Frontend.Live;
using Actors.Frontend.Projects;
using Actors.Grains.Interfaces.Designs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Orleans;

namespace Actors.Frontend.Designs;

/// <summary>
/// A design's live stream for those who speak only HTTP: the frames of the hub as server-sent events. The id of an
/// event is its position, so that a browser's own reconnection goes on where it was.
/// </summary>
internal sealed class ChangeStream(LiveServices live, IGrainFactory grains, IProjectAccess projects, ISessionAccess sessions, TimeProvider time)
{
    public IResult Follow(DesignHeader header, DesignPosition? from) => new EventStream(this, header, from);

    private async Task WriteAsync(HttpContext context, DesignHeader header, DesignPosition? from)
    {
        var aborted = context.RequestAborted;
        var caller = context.GetCaller();
        using var connection = new LiveConnection(context.TraceIdentifier, context.Abort, null, caller, grains, projects, sessions, live, time);
        live.Add(connection);
        var feed = live.Designs.Acquire(header.Id);
        var reader = new DesignReader(feed, PositionOf(context.Request) ?? from, live.Options, time, connection);
        feed.Add(reader);
        connection.Add(reader);
        using var roster = projects.Subscribe(header.ProjectId, caller.AccountId, reader.EndFor);
        try
        {
            RequestTime.Lift(context);
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await foreach (var frame in reader.ReadAsync(aborted))
            {
                var position = reader.Position;
                var head = string.Create(CultureInfo.InvariantCulture, $"id: {position.Epoch}:{position.Revision}\ndata: ");
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(head), aborted);
                await context.Response.Body.WriteAsync(frame.Json, aborted);
                await context.Response.Body.WriteAsync("\n\n"u8.ToArray(), aborted);
                await context.Response.Body.FlushAsync(aborted);
            }
        }
        finally
        {
            connection.Remove(reader);
            feed.Remove(reader);
            live.Designs.Release(feed);
            live.Remove(connection);
        }
    }

    private static DesignPosition? PositionOf(HttpRequest request)
    {
        var last = request.Headers["Last-Event-ID"].ToString();
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
