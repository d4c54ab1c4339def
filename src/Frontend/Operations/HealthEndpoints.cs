using Actors.Domain.Lists;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Designs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.Operations;

/// <summary>Whether the process lives, and whether it can serve.</summary>
public static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        var health = endpoints.MapGroup("").WithTags("Operations").AllowAnonymous();
        health.MapGet("/health/live", Live).WithName("HealthLive").WithSummary("The process lives").Example(response: """{"status":"live"}""");
        health.MapGet("/health/ready", ReadyAsync).WithName("HealthReady").WithSummary("Grains and storage answer").Example(response: """{"status":"ready"}""");
        health.MapGet("/api/v1/health", ReadyAsync).WithName("Health").WithSummary("Grains and storage answer").Example(response: """{"status":"ready"}""");
    }

    private static Ok<Health> Live() => TypedResults.Ok(new Health("live"));

    /// <summary>Asks a grain that reads storage, which is what every request needs. A failure is answered as any request's is.</summary>
    private static async Task<Ok<Health>> ReadyAsync(IGrainFactory grains)
    {
        await grains.GetGrain<IDesignDirectoryGrain>(0).List("", new DesignListQuery(new ListRequest(Limit: 1)));
        return TypedResults.Ok(new Health("ready"));
    }

    private sealed record Health(string Status);
}
