using Actors.Domain;
using Actors.Domain.Identity;
using Actors.Domain.Projects;
using Actors.Domain.Versions;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Versions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.Designs;

/// <summary>A design's versions: <c>/designs/{designId}/versions</c>.</summary>
internal static class VersionEndpoints
{
    public static void MapVersions(this IEndpointRouteBuilder design)
    {
        var versions = design.MapGroup("/versions").WithTags("Versions");
        versions.MapGet("/", ListAsync).WithName("ListVersions").WithSummary("The design's named versions and automatic checkpoints, newest first").WithList(ListEndpoints.Catalog)
            .Needs(ProjectRole.Viewer).Describes("kind", "`named` or `automatic`.").Example(response: EndpointDocumentation.PageOf(VersionExamples.Version));
        versions.MapPost("/", CreateAsync).WithName("CreateVersion").WithSummary("Names a revision of the design")
            .Needs(ProjectRole.Editor).Refuses(ErrorCodes.RevisionUnknown, ErrorCodes.LimitReached, ErrorCodes.Deleted).Example(VersionExamples.New, VersionExamples.Version);
        versions.MapGet("/{versionId}", GetAsync).WithName("GetVersion").WithSummary("One version")
            .Needs(ProjectRole.Viewer).Versioned().Example(response: VersionExamples.Version);
        versions.MapPatch("/{versionId}", ChangeAsync).WithName("ChangeVersion").WithSummary("Names or describes a version anew; naming an automatic checkpoint keeps it")
            .Needs(ProjectRole.Editor).Versioned().Refuses(ErrorCodes.LimitReached, ErrorCodes.Deleted).Example(VersionExamples.Patch, VersionExamples.Version);
        versions.MapDelete("/{versionId}", DeleteAsync).WithName("DeleteVersion").WithSummary("Removes a version; the revision stays")
            .Needs(ProjectRole.Editor).Versioned().Refuses(ErrorCodes.Deleted);
    }

    private static async Task<Results<Ok<PageOf<DesignVersion>>, RefusalResult>> ListAsync(
        HttpContext context,
        string designId,
        DesignGate gate,
        IGrainFactory grains,
        [AsParameters] ListQuery query,
        [FromQuery(Name = "kind")] string? kind)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Viewer);
        var badList = query.Check(out var list);
        var badKind = ListFilters.Choice("kind", kind, out var word, "named", "automatic");
        if ((pass.Refusal ?? badList ?? badKind) is { } refusal)
        {
            return refusal.ToResult();
        }

        VersionKind? ofKind = word switch
        {
            "named" => VersionKind.Named,
            "automatic" => VersionKind.Automatic,
            _ => null,
        };
        var versions = await grains.GetGrain<IDesignVersionsGrain>(designId).List(new VersionListQuery(list, ofKind));
        return versions.Refusal is { } refused ? refused.ToResult() : TypedResults.Ok(new PageOf<DesignVersion>(versions.Items, versions.NextCursor));
    }

    private static async Task<Results<Created<DesignVersion>, RefusalResult>> CreateAsync(
        HttpContext context, string designId, CreateVersionRequest request, DesignGate gate, IGrainFactory grains, Identifiers identifiers)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Editor);
        if (pass.Refusal is { } refusal)
        {
            return refusal.ToResult();
        }

        var revision = request.Revision ?? pass.Header.Revision;
        if (revision < 1 || revision > pass.Header.Revision)
        {
            return Revisions.Unknown(pass).ToResult();
        }

        var reply = await Versions(grains, designId).Create(new NewVersion(
            pass.Caller, identifiers.Create(Identifier.Version), request.Name, request.Description, revision));
        if (reply.Version is not { } version)
        {
            return reply.Refusal!.ToResult();
        }

        context.Response.SetVersion(version.UpdatedAt.UtcTicks);
        return TypedResults.Created($"{ApiPaths.Root}/designs/{designId}/versions/{version.Id}", version);
    }

    private static async Task<Results<Ok<DesignVersion>, StatusCodeHttpResult, RefusalResult>> GetAsync(
        HttpContext context, string designId, string versionId, DesignGate gate, IGrainFactory grains)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Viewer);
        if (pass.Refusal is { } refusal)
        {
            return refusal.ToResult();
        }

        var reply = await Versions(grains, designId).Get(versionId);
        if (reply.Version is not { } version)
        {
            return reply.Refusal!.ToResult();
        }

        context.Response.SetVersion(version.UpdatedAt.UtcTicks);
        return context.Request.HasVersion(version.UpdatedAt.UtcTicks)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(version);
    }

    private static async Task<Results<Ok<DesignVersion>, RefusalResult>> ChangeAsync(
        HttpContext context, string designId, string versionId, ChangeVersionRequest request, DesignGate gate, IGrainFactory grains)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Editor);
        if (pass.Refusal is { } refusal)
        {
            return refusal.ToResult();
        }

        var change = new VersionChange(
            pass.Caller, versionId, request.Name, request.Description.IsSet, request.Description.Value, context.Request.ExpectedVersion());
        var reply = await Versions(grains, designId).Change(change);
        if (reply.Version is not { } version)
        {
            return reply.Refusal!.ToResult();
        }

        context.Response.SetVersion(version.UpdatedAt.UtcTicks);
        return TypedResults.Ok(version);
    }

    private static async Task<Results<NoContent, RefusalResult>> DeleteAsync(
        HttpContext context, string designId, string versionId, DesignGate gate, IGrainFactory grains)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Editor);
        if (pass.Refusal is { } refusal)
        {
            return refusal.ToResult();
        }

        var reply = await Versions(grains, designId).Delete(new VersionDeletion(pass.Caller, versionId, context.Request.ExpectedVersion()));
        return reply.Refusal is { } refused ? refused.ToResult() : TypedResults.NoContent();
    }

    private static IDesignVersionsGrain Versions(IGrainFactory grains, string designId) => grains.GetGrain<IDesignVersionsGrain>(designId);
}
