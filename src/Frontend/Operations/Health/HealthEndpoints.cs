using Actors.Domain;
using Actors.Domain.Lists;
using Actors.Frontend.Accounts;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Designs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Frontend.Operations.Health;

/// <summary>Whether the process lives, whether it can serve, and how each part of it does.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        var health = endpoints.MapGroup("").WithTags("Operations").AllowAnonymous().DisableHttpMetrics();
        health.MapGet("/", About).WithName("About").WithSummary("What this server is, and where its interfaces are").Example(response: HealthExamples.About);
        health.MapGet("/health", Live).WithName("HealthRoot").WithSummary("The process lives").Example(response: HealthExamples.Live);
        health.MapGet("/health/live", Live).WithName("HealthLive").WithSummary("The process lives").Example(response: HealthExamples.Live);
        health.MapGet("/health/ready", ReadyAsync).WithName("HealthReady").WithSummary("Grains answer, and the storage reads and writes").Example(response: HealthExamples.Ready);
        health.MapGet($"{ApiPaths.Root}/health", ReadyAsync).WithName("Health").WithSummary("Grains answer, and the storage reads and writes").Example(response: HealthExamples.Ready);
        endpoints.MapGet($"{ApiPaths.Root}/health/detailed", DetailedAsync).WithName("HealthDetailed").WithSummary("How each part does, with measurements and reasons")
            .WithTags("Operations").RequireAuthorization(AuthenticationRegistration.AdministratorPolicy).Example(response: HealthExamples.Report);
    }

    private static Ok<About> About(ProcessFacts facts) =>
        TypedResults.Ok(new About("Actors", facts.Version, ApiPaths.Root, "/openapi/v1.json", "/docs", "/hubs/collaboration", "/health/ready"));

    private static Ok<Health> Live() => TypedResults.Ok(new Health("live"));

    /// <summary>Asks a grain that reads storage, which is what every request needs, and whether the storage could be written lately.</summary>
    private static async Task<Results<Ok<Health>, RefusalResult>> ReadyAsync(
        IGrainFactory grains, StorageMonitor storage, IOptions<HealthOptions> options, CancellationToken cancellationToken)
    {
        await grains.GetGrain<IDesignDirectoryGrain>(0).List("", new DesignListQuery(new ListRequest(Limit: 1)));
        var probed = await storage.GetAsync(options.Value.ProbeInterval, cancellationToken);
        return probed.State.Problem is null
            ? TypedResults.Ok(new Health("ready"))
            : new Refusal(ErrorCodes.StorageUnavailable, "The storage does not read and write now.", Retryable: true).ToResult();
    }

    /// <summary>Always 200: the answer is the report, whatever it says.</summary>
    private static async Task<Ok<HealthReport>> DetailedAsync(HttpContext context, HealthReporter reporter)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await reporter.ReportAsync(context.RequestAborted));
    }
}

/// <summary>Whether the server lives or is ready.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
public sealed record Health(string Status);

/// <summary>The server in a few words.</summary>
public sealed record About(string Name, string Version, string Api, string OpenApi, string Docs, string Live, string Ready);
