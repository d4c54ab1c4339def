using System.Net;
using System.Security.Cryptography;
using System.Text;
using Actors.Domain;
using Actors.Frontend.Accounts;
using Actors.Frontend.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Operations.Metrics;

/// <summary>The metrics for a scraper: <c>/metrics</c>, and the same at <c>/api/v1/metrics</c>.</summary>
internal static class MetricsEndpoints
{
    private const string Bearer = "Bearer ";

    public static void MapMetrics(this IEndpointRouteBuilder endpoints)
    {
        var metrics = endpoints.MapGroup("").WithTags("Operations").AllowAnonymous().DisableHttpMetrics();
        Map(metrics, "/metrics", "Metrics");
        Map(metrics, $"{ApiPaths.Root}/metrics", "ApiMetrics");
    }

    private static void Map(RouteGroupBuilder metrics, string path, string name) => metrics.MapGet(path, Read)
        .WithName(name)
        .WithSummary("Every metric, in the text format of Prometheus")
        .Produces<string>(StatusCodes.Status200OK, "text/plain")
        .Refuses(ErrorCodes.Unauthenticated, ErrorCodes.Forbidden);

    private static Results<ContentHttpResult, RefusalResult> Read(HttpContext context, MetricsExporter exporter, IOptions<MetricsOptions> options)
    {
        if (Refuse(context, options.Value) is { } refusal)
            return refusal.ToResult();

        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(exporter.Read(), PrometheusText.ContentType);
    }

    private static Refusal? Refuse(HttpContext context, MetricsOptions options)
    {
        var caller = context.User.TryGetCaller();
        var isLetIn = options.Access switch
        {
            _ when caller is { IsAdministrator: true } => true,
            MetricsAudience.Open => true,
            MetricsAudience.Loopback => IsLocal(context),
            _ => ShowsToken(context.Request, options.Token!),
        };
        if (isLetIn)
            return null;

        return caller is null
            ? new Refusal(ErrorCodes.Unauthenticated, "metrics are for administrators, and for whom Metrics:Access lets in")
            : new Refusal(ErrorCodes.Forbidden, "metrics are for administrators, and for whom Metrics:Access lets in");
    }

    /// <summary>A proxy on this machine connects from here too, for whoever asks it; it says so in a header.</summary>
    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");

    private static bool ShowsToken(HttpRequest request, string token)
    {
        var shown = request.Headers.Authorization.ToString();
        return shown.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown[Bearer.Length..].Trim()), Encoding.UTF8.GetBytes(token));
    }
}
