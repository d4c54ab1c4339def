using Actors.Domain;
using Actors.Domain.Identity;
using Actors.Domain.Projects;
using Actors.Frontend.Accounts;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Accounts;
using Actors.Grains.Interfaces.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.Projects;

/// <summary>Members: <c>/projects/{projectId}/members</c>. Versions are the project's, since a role is part of it.</summary>
internal static class MemberEndpoints
{
    private static readonly ListRules Rules = new(["since", "name", "role"], "-since", "name and address");

    public static void MapMembers(this IEndpointRouteBuilder projects)
    {
        var members = projects.MapGroup("/{projectId}/members").WithTags("Members");
        members.MapGet("/", ListAsync).WithName("ListMembers").WithSummary("The members of a project").WithList(Rules)
            .Needs(ProjectRole.Viewer).Describes("role", "Only members with this role.").Example(response: EndpointDocumentation.PageOf(ProjectExamples.Member));
        members.MapPost("/", AddAsync).WithName("AddMember").WithSummary("Adds an account by its address or id")
            .Needs(ProjectRole.Owner).Refuses(ErrorCodes.MemberExists, ErrorCodes.LimitReached).Example(ProjectExamples.NewMember, ProjectExamples.Member);
        members.MapGet("/{accountId}", GetAsync).WithName("GetMember").WithSummary("One member of a project")
            .Needs(ProjectRole.Viewer).Example(response: ProjectExamples.Member);
        members.MapPatch("/{accountId}", ChangeAsync).WithName("ChangeMember").WithSummary("Gives a member another role")
            .Needs(ProjectRole.Owner).Versioned().Refuses(ErrorCodes.LastOwner).Example(ProjectExamples.Role, ProjectExamples.Member);
        members.MapDelete("/{accountId}", RemoveAsync).WithName("RemoveMember").WithSummary("Removes a member; with any role you can remove yourself")
            .Needs(ProjectRole.Owner).Versioned().Refuses(ErrorCodes.LastOwner);
    }

    private static async Task<Results<Ok<PageOf<MemberView>>, RefusalResult>> ListAsync(
        string projectId, [AsParameters] ListQuery query, [FromQuery(Name = "role")] string? role, HttpContext context, IGrainFactory grains)
    {
        if (query.Check(out var list) is { } refusal)
            return refusal.ToResult();

        ProjectRole? ofRole = null;
        if (!string.IsNullOrEmpty(role) && !RoleText.TryParse(role, out ofRole, out var invalid))
            return invalid.ToResult();

        var seen = await ProjectEndpoints.Project(grains, projectId).Get(context.GetCaller().AccountId);
        if (seen is not ProjectReply.Done)
            return ProjectEndpoints.Refusal(seen).ToResult();

        var reply = await grains.GetGrain<IProjectDirectoryGrain>(0).ListMembers(new MemberQuery(projectId, list, ofRole));
        return reply switch
        {
            MemberPageReply.Page found => TypedResults.Ok(new PageOf<MemberView>(found.Items, found.NextCursor)),
            MemberPageReply.Refused refused => refused.Error.ToResult(),
            _ => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
        };
    }

    private static async Task<Results<Created<MemberView>, RefusalResult>> AddAsync(
        string projectId, NewMemberBody body, HttpContext context, IGrainFactory grains, IProjectAccess access)
    {
        if (!RoleText.TryParse(body.Role, out var role, out var invalid))
            return invalid.ToResult();

        var caller = context.GetCaller().AccountId;
        var seen = await ProjectEndpoints.Project(grains, projectId).Get(caller);
        if (seen is not ProjectReply.Done { Project.Role: var own })
            return ProjectEndpoints.Refusal(seen).ToResult();

        // Before the address is looked up: who may not add anybody shall not learn who has an account.
        if (own < ProjectRole.Owner)
            return new Refusal(ErrorCodes.Forbidden, "only an owner adds members").ToResult();

        var (accountId, unknown) = await FindAccountAsync(body, grains);
        if (unknown is not null)
            return unknown.ToResult();

        var reply = await ProjectEndpoints.Project(grains, projectId).AddMember(new MemberChange(caller, accountId!, role.Value));
        if (reply is not ProjectReply.Done done)
            return ProjectEndpoints.Refusal(reply).ToResult();

        access.Invalidate(projectId);
        context.Response.SetVersion(done.Project.Version);
        return await ViewAsync(projectId, accountId!, caller, grains) is { } member
            ? TypedResults.Created($"{ApiPaths.Root}/projects/{projectId}/members/{accountId}", member)
            : Missing().ToResult();
    }

    private static async Task<Results<Ok<MemberView>, RefusalResult>> GetAsync(string projectId, string accountId, HttpContext context, IGrainFactory grains)
    {
        var seen = await ProjectEndpoints.Project(grains, projectId).Get(context.GetCaller().AccountId);
        if (seen is not ProjectReply.Done done)
            return ProjectEndpoints.Refusal(seen).ToResult();

        context.Response.SetVersion(done.Project.Version);
        return await ViewAsync(projectId, accountId, context.GetCaller().AccountId, grains) is { } member ? TypedResults.Ok(member) : Missing().ToResult();
    }

    private static async Task<Results<Ok<MemberView>, RefusalResult>> ChangeAsync(
        string projectId, string accountId, MemberRoleBody body, HttpContext context, IGrainFactory grains, IProjectAccess access)
    {
        if (!RoleText.TryParse(body.Role, out var role, out var invalid))
            return invalid.ToResult();

        var caller = context.GetCaller().AccountId;
        var reply = await ProjectEndpoints.Project(grains, projectId)
            .ChangeMember(new MemberChange(caller, accountId, role.Value, context.Request.ExpectedVersion()));
        if (reply is not ProjectReply.Done done)
            return ProjectEndpoints.Refusal(reply).ToResult();

        access.Invalidate(projectId);
        context.Response.SetVersion(done.Project.Version);
        return await ViewAsync(projectId, accountId, caller, grains) is { } member ? TypedResults.Ok(member) : Missing().ToResult();
    }

    private static async Task<Results<NoContent, RefusalResult>> RemoveAsync(
        string projectId, string accountId, HttpContext context, IGrainFactory grains, IProjectAccess access)
    {
        var reply = await ProjectEndpoints.Project(grains, projectId)
            .RemoveMember(new MemberRemoval(context.GetCaller().AccountId, accountId, context.Request.ExpectedVersion()));
        if (reply is ProjectReply.Refused refused)
            return refused.Error.ToResult();

        access.Invalidate(projectId);
        return TypedResults.NoContent();
    }

    private static async Task<(string? AccountId, Refusal? Unknown)> FindAccountAsync(NewMemberBody body, IGrainFactory grains)
    {
        if (body.Email is null == body.AccountId is null)
            return (null, Refusal.Field("email", "give either email or accountId"));

        if (body.Email is not null)
        {
            return await grains.GetGrain<IAccountDirectoryGrain>(0).Resolve(body.Email) is { } resolved
                ? (resolved, null)
                : (null, Refusal.Field("email", "no account has this address"));
        }

        if (Identifier.Check(Identifier.Account, body.AccountId, "accountId") is { } refusal)
            return (null, refusal);

        return await grains.GetGrain<IAccountGrain>(body.AccountId!).Get() is not null
            ? (body.AccountId, null)
            : (null, Refusal.Field("accountId", "there is no such account"));
    }

    private static async Task<MemberView?> ViewAsync(string projectId, string accountId, string caller, IGrainFactory grains)
    {
        var project = ProjectEndpoints.Project(grains, projectId);
        return await project.GetMember(caller, accountId) is { } member && await grains.GetGrain<IAccountGrain>(accountId).Get() is { } account
            ? new MemberView(accountId, account.Name, account.Email, member.Role, member.Since)
            : null;
    }

    private static Refusal Missing() => new(ErrorCodes.NotFound, "there is no such member");
}
