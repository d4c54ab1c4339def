using System.Text;
using Actors.Domain;
using Actors.Frontend.Accounts;
using Actors.Frontend.Http;
using Actors.Frontend.Projects;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Orleans;

namespace Actors.Frontend.Live;

/// <summary>
/// Live streams for those who speak only HTTP: the frames of the hub as server-sent events, which end as they do over the
/// hub. The id of an event is the reader's position then, so that a browser's own reconnection goes on where it was.
/// </summary>
internal sealed partial class EventStreams(LiveServices live, IGrainFactory grains, IProjectAccess projects, ISessionAccess sessions, ExceptionTranslation errors, TimeProvider time)
{
    private const string ContentType = "text/event-stream";

    public LiveServices Live => live;

    public TimeProvider Time => time;

    /// <summary>Whether the request is for events rather than for a page.</summary>
    public static bool AreWanted(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && accepted.Any(type => type.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase));

    /// <summary>The id of the last event that a client had which comes back; null when it brings none.</summary>
    public static string? LastSeen(HttpRequest request) => request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last ? last : null;

    /// <summary>Writes a stream to its end, which comes at the latest when the caller's session, token or membership ends.</summary>
    /// <param name="open">Makes the stream's reader.</param>
    /// <param name="position">The id of an event that is written now.</param>
    public async Task WriteAsync<T>(HttpContext context, string projectId, Func<LiveConnection, T> open, Func<T, string> position)
        where T : LiveStream
    {
        var caller = context.GetCaller();
        using var connection = new LiveConnection(context.TraceIdentifier, context.Abort, null, caller, grains, projects, sessions, live, time);
        live.Add(connection);
        try
        {
            var reader = open(connection);
            connection.Add(reader);
            using var roster = projects.Subscribe(projectId, caller.AccountId, reader.EndFor);
            try
            {
                RequestTime.Lift(context);
                context.Response.ContentType = ContentType;
                context.Response.Headers.CacheControl = "no-store";
                context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
                await WriteAsync(context, reader, position);
            }
            finally
            {
                connection.Remove(reader);
            }
        }
        finally
        {
            live.Remove(connection);
        }
    }

    private async Task WriteAsync<T>(HttpContext context, T reader, Func<T, string> position)
        where T : LiveStream
    {
        var aborted = context.RequestAborted;
        await using var frames = reader.ReadAsync(aborted).GetAsyncEnumerator(aborted);
        while (true)
        {
            LiveFrame? failed = null;
            try
            {
                if (!await frames.MoveNextAsync())
                {
                    return;
                }
            }
            catch (Exception exception) when (!aborted.IsCancellationRequested)
            {
                var refusal = errors.Translate(exception);
                if (refusal.Code == ErrorCodes.InternalError)
                {
                    LogFailed(live.Logger, exception);
                }

                failed = LiveFrame.End(refusal);
            }

            var body = context.Response.Body;
            await body.WriteAsync(Encoding.UTF8.GetBytes($"id: {position(reader)}\ndata: "), aborted);
            await body.WriteAsync((failed ?? frames.Current).Json, aborted);
            await body.WriteAsync("\n\n"u8.ToArray(), aborted);
            await body.FlushAsync(aborted);
            if (failed is not null)
            {
                return;
            }
        }
    }

    [LoggerMessage(EventId = 3406, Level = LogLevel.Error, Message = "A stream of events failed.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
