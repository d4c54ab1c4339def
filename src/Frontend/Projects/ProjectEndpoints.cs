using Actors.Domain;
using Actors.Domain.Identity;
using Actors.Domain.Projects;
using Actors.Frontend.Accounts;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.Projects;

/// <summary>Projects: <c>/projects</c>.</summary>
public static class ProjectEndpoints
{
    public static IEndpointRouteBuilder MapProjects(this IEndpointRouteBuilder api)
    {
        var projects = api.MapGroup("/projects").WithTags("Projects").RequireAuthorization();
        projects.MapGet("/", ListAsync).WithName("ListProjects").WithSummary("The projects that you are a member of, newest first").WithList(ListEndpoints.Catalog)
            .Example(response: EndpointDocumentation.PageOf(ProjectExamples.Project));
        projects.MapPost("/", CreateAsync).WithName("CreateProject").WithSummary("Creates a project; you are its owner").Example(ProjectExamples.New, ProjectExamples.Project);
        projects.MapGet("/{projectId}", GetAsync).WithName("GetProject").WithSummary("One project, with your role in it")
            .Needs(ProjectRole.Viewer).Versioned().Example(response: ProjectExamples.Project);
        projects.MapPut("/{projectId}", ReplaceAsync).WithName("ReplaceProject").WithSummary("Sets name and description")
            .Needs(ProjectRole.Editor).Versioned().Example(ProjectExamples.New, ProjectExamples.Project);
        projects.MapPatch("/{projectId}", ChangeAsync).WithName("ChangeProject").WithSummary("Changes name or description (merge patch)")
            .Needs(ProjectRole.Editor).Versioned().Example(ProjectExamples.Patch, ProjectExamples.Project);
        projects.MapDelete("/{projectId}", DeleteAsync).WithName("DeleteProject").WithSummary("Deletes a project with all that is in it")
            .Needs(ProjectRole.Owner).Versioned();
        projects.MapComponentsOfProject();
        projects.MapMembers();
        projects.MapInvitations();
        api.MapInvitationAnswers();
        return api;
    }

    private static async Task<Results<Ok<PageOf<ProjectView>>, RefusalResult>> ListAsync(
        [AsParameters] ListQuery query, HttpContext context, IGrainFactory grains)
    {
        if (query.Check(out var list) is { } refusal)
            return refusal.ToResult();

        var reply = await grains.GetGrain<IProjectDirectoryGrain>(0).List(new ProjectQuery(context.GetCaller().AccountId, list));
        return reply switch
        {
            ProjectPageReply.Page found => TypedResults.Ok(new PageOf<ProjectView>(found.Items, found.NextCursor)),
            ProjectPageReply.Refused refused => refused.Error.ToResult(),
            _ => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
        };
    }

    private static async Task<Results<Created<ProjectView>, RefusalResult>> CreateAsync(
        ProjectBody body, HttpContext context, IGrainFactory grains, Identifiers identifiers)
    {
        var id = identifiers.Create(Identifier.Project);
        var reply = await Project(grains, id).Create(new NewProject(context.GetCaller().AccountId, body.Name, body.Description));
        if (reply is not ProjectReply.Done done)
            return Refusal(reply).ToResult();

        context.Response.SetVersion(done.Project.Version);
        return TypedResults.Created($"{ApiPaths.Root}/projects/{id}", done.Project);
    }

    private static async Task<Results<Ok<ProjectView>, StatusCodeHttpResult, RefusalResult>> GetAsync(string projectId, HttpContext context, IGrainFactory grains)
    {
        var reply = await Project(grains, projectId).Get(context.GetCaller().AccountId);
        if (reply is not ProjectReply.Done done)
            return Refusal(reply).ToResult();

        context.Response.SetVersion(done.Project.Version);
        return context.Request.HasVersion(done.Project.Version)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(done.Project);
    }

    private static Task<Results<Ok<ProjectView>, RefusalResult>> ReplaceAsync(string projectId, ProjectBody body, HttpContext context, IGrainFactory grains) =>
        WriteAsync(projectId, context, grains, body.Name ?? "", setsDescription: true, body.Description);

    private static Task<Results<Ok<ProjectView>, RefusalResult>> ChangeAsync(string projectId, ProjectPatchBody body, HttpContext context, IGrainFactory grains) =>
        WriteAsync(projectId, context, grains, body.Name, body.Description.IsSet, body.Description.Value);

    private static async Task<Results<Ok<ProjectView>, RefusalResult>> WriteAsync(
        string projectId, HttpContext context, IGrainFactory grains, string? name, bool setsDescription, string? description)
    {
        var change = new ProjectChange(context.GetCaller().AccountId, name, setsDescription, description, context.Request.ExpectedVersion());
        var reply = await Project(grains, projectId).Change(change);
        if (reply is not ProjectReply.Done done)
            return Refusal(reply).ToResult();

        context.Response.SetVersion(done.Project.Version);
        return TypedResults.Ok(done.Project);
    }

    private static async Task<Results<NoContent, RefusalResult>> DeleteAsync(string projectId, HttpContext context, IGrainFactory grains, IProjectAccess access)
    {
        var reply = await Project(grains, projectId).Delete(new ProjectDeletion(context.GetCaller().AccountId, context.Request.ExpectedVersion()));
        if (reply is ProjectReply.Refused refused)
            return refused.Error.ToResult();

        access.Invalidate(projectId);
        return TypedResults.NoContent();
    }

    internal static IProjectGrain Project(IGrainFactory grains, string projectId) => grains.GetGrain<IProjectGrain>(projectId);

    internal static Refusal Refusal(ProjectReply reply) => reply switch
    {
        ProjectReply.Refused refused => refused.Error,
        _ => new Refusal(ErrorCodes.NotFound, "there is no such project"),
    };
}
