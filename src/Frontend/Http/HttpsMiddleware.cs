using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Http;

/// <summary>
/// With <c>Http:RequireHttps</c>: what comes in the clear is sent to HTTPS, method and body kept, and browsers are told to
/// stay there. Probes are answered either way: they come from beside the server.
/// </summary>
internal sealed class HttpsMiddleware(RequestDelegate next, IOptions<HttpLimits> limits)
{
    private const int StandardPort = 443;

    private static readonly string OneYear = $"max-age={TimeSpan.FromDays(365).TotalSeconds.ToString(CultureInfo.InvariantCulture)}; includeSubDomains";

    public Task InvokeAsync(HttpContext context)
    {
        if (!limits.Value.RequireHttps)
            return next(context);

        if (context.Request.IsHttps)
        {
            context.Response.Headers.StrictTransportSecurity = OneYear;
            return next(context);
        }

        if (ApiPaths.IsHealth(context.Request.Path))
            return next(context);

        var port = limits.Value.HttpsPort;
        var host = port == StandardPort ? new HostString(context.Request.Host.Host) : new HostString(context.Request.Host.Host, port);
        var request = context.Request;
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = UriHelper.BuildAbsolute("https", host, request.PathBase, request.Path, request.QueryString);
        return Task.CompletedTask;
    }
}
