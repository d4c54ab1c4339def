using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Actors.TestKit.Server;

/// <summary>A server in the test's own process that answers what the test says and keeps what it was asked.</summary>
public sealed class HttpRecorder : IAsyncDisposable
{
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly WebApplication _app;

    private HttpRecorder(Func<RecordedRequest, RecordedAnswer> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var request = new RecordedRequest(
                context.Request.Method,
                context.Request.Path.Value + context.Request.QueryString.Value,
                context.Request.Headers["Idempotency-Key"].ToString(),
                await reader.ReadToEndAsync());
            _requests.Enqueue(request);
            var reply = answer(request);
            context.Response.StatusCode = reply.Status;
            if (reply.RetryAfter is { } seconds)
                context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);

            context.Response.ContentType = reply.ContentType;
            await context.Response.WriteAsync(reply.Body);
        });
    }

    /// <summary>Where it listens, without a path.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>What <c>Outbound:Allow</c> must have for it to be reached.</summary>
    public string Authority => Address.Authority;

    /// <summary>Requests in the order in which they came.</summary>
    public IReadOnlyCollection<RecordedRequest> Requests => _requests;

    /// <param name="answer">What is answered, on many threads at once.</param>
    public static async Task<HttpRecorder> StartAsync(Func<RecordedRequest, RecordedAnswer> answer)
    {
        var recorder = new HttpRecorder(answer);
        await recorder._app.StartAsync();
        return recorder;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <param name="Key">The <c>Idempotency-Key</c>; empty when there was none.</param>
public sealed record RecordedRequest(string Method, string Path, string Key, string Body);

public sealed record RecordedAnswer(string Body, int Status = 200, string ContentType = "application/json", int? RetryAfter = null);
