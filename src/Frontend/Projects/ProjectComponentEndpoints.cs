using System.Collections.Immutable;
using Actors.Domain.Projects;
using Actors.Frontend.Accounts;
using Actors.Frontend.Designs;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.Projects;

/// <summary>Which components a project uses: <c>/projects/{projectId}/components</c>.</summary>
internal static class ProjectComponentEndpoints
{
    public static void MapComponentsOfProject(this IEndpointRouteBuilder projects)
    {
        projects.MapGet("/{projectId}/components", GetAsync).WithName("GetProjectComponents").WithSummary("The components that are switched off in the project")
            .Needs(ProjectRole.Viewer).Versioned().Example(response: ProjectExamples.Components);
        projects.MapPut("/{projectId}/components", SetAsync).WithName("SetProjectComponents").WithSummary("Says which components are switched off: those, and no others")
            .Needs(ProjectRole.Owner).Versioned().Example(ProjectExamples.Components, ProjectExamples.Components);
    }

    private static async Task<Results<Ok<ProjectComponentsBody>, StatusCodeHttpResult, RefusalResult>> GetAsync(
        string projectId, HttpContext context, DesignGate gate, IGrainFactory grains)
    {
        if (await gate.RefuseAsync(context, projectId, ProjectRole.Viewer) is { } refusal)
            return refusal.ToResult();

        var body = await ReadAsync(projectId, context, grains);
        return context.Request.HasTag(context.Response.Headers.ETag.ToString()) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(body);
    }

    private static async Task<Results<Ok<ProjectComponentsBody>, RefusalResult>> SetAsync(
        string projectId, ProjectComponentsBody body, HttpContext context, IGrainFactory grains)
    {
        if (body.Disabled.IsDefault || body.Disabled.Any(type => type is not { Length: > 0 and <= 100 }))
            return Domain.Refusal.Field("disabled", "must be a list of ids of components").ToResult();

        var change = new ComponentsChange(context.GetCaller().AccountId, body.Disabled, context.Request.ExpectedVersion());
        return await ProjectEndpoints.Project(grains, projectId).SetComponents(change) is var reply and not ProjectReply.Done
            ? ProjectEndpoints.Refusal(reply).ToResult()
            : TypedResults.Ok(await ReadAsync(projectId, context, grains));
    }

    private static async Task<ProjectComponentsBody> ReadAsync(string projectId, HttpContext context, IGrainFactory grains)
    {
        var disabled = await ProjectEndpoints.Project(grains, projectId).GetDisabledComponents();
        context.Response.SetVersion(disabled.Version);
        return new ProjectComponentsBody(disabled.Types);
    }
}

/// <param name="Disabled">Ids of components. What has them stays; no more is added, and no run with them starts.</param>
internal sealed record ProjectComponentsBody(ImmutableArray<string> Disabled);
