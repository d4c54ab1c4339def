using System.Buffers;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orleans.Runtime;

namespace Actors.Frontend.Http;

/// <summary>Gives every request an id: the caller's, when it is harmless to log, or a new one. It travels with grain calls, from where logs take it, and comes back.</summary>
internal sealed class RequestIdMiddleware(RequestDelegate next, TimeProvider time)
{
    public const string Header = "X-Request-Id";
    public const string ContextKey = "RequestId";

    private const int MaximumLength = 64;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.:");

    public async Task InvokeAsync(HttpContext context)
    {
        context.Features.Set(new RequestArrival(time.GetUtcNow()));
        var given = context.Request.Headers[Header].ToString();
        var id = given.Length is > 0 and <= MaximumLength && !given.AsSpan().ContainsAnyExcept(Allowed)
            ? given
            : Guid.CreateVersion7().ToString("n");
        context.TraceIdentifier = id;
        context.Response.OnStarting(static state =>
        {
            var (response, value) = ((HttpResponse, string))state;
            response.Headers[Header] = value;
            return Task.CompletedTask;
        }, (context.Response, id));
        RequestContext.Set(ContextKey, id);
        await next(context);
        if (Activity.Current is { IsAllDataRequested: true } span)
            Describe(span, context, id);
    }

    /// <summary>The framework's span of a request, as the conventions of OpenTelemetry for HTTP name things.</summary>
    private static void Describe(Activity span, HttpContext context, string id)
    {
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        span.SetTag("http.request.method", context.Request.Method).SetTag("http.route", route).SetTag("url.path", SecretPaths.Redact(context.Request.Path))
            .SetTag("http.response.status_code", context.Response.StatusCode).SetTag("actors.request_id", id);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            span.SetStatus(ActivityStatusCode.Error);
    }
}

/// <summary>When a request came, for what is measured from there.</summary>
internal sealed record RequestArrival(DateTimeOffset At);
