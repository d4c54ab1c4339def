using Actors.Domain;
using Actors.Domain.Lists;
using Actors.Domain.Projects;
using Actors.Frontend.Accounts;
using Actors.Frontend.Audit;
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

/// <summary>
/// Invitations as those meet them who are invited: by their secret at <c>/invitations/{token}</c>, and those to the own
/// address at <c>/auth/invitations</c>.
/// </summary>
public static class InvitationAnswers
{
    private const string TokenMeaning = "The invitation's secret, from its link.";

    private static readonly ListRules Rules = new([ListSort.CreatedAt, "expiresAt", "projectName"], "-createdAt", "project's or inviter's name");
    private static readonly Refusal Missing = new(ErrorCodes.NotFound, "there is no such invitation");

    public static IEndpointRouteBuilder MapInvitationAnswers(this IEndpointRouteBuilder api)
    {
        var open = api.MapGroup("/invitations/{token}").WithTags("Invitations").RequireAuthorization();
        open.MapGet("/", GetAsync).WithName("GetInvitationOffer").WithSummary("What an invitation's secret invites to.")
            .Describes("token", TokenMeaning).Refuses(InvitationExamples.Ended).Example(response: InvitationExamples.Offer);
        open.MapPost("/accept", AcceptAsync).WithName("AcceptInvitation").WithSummary("Joins the project.")
            .Describes("token", TokenMeaning).Refuses(InvitationExamples.Ended).Refuses(ErrorCodes.MemberExists, ErrorCodes.LimitReached).Example(response: ProjectExamples.Project);
        open.MapPost("/decline", DeclineAsync).WithName("DeclineInvitation").WithSummary("Says no; an invitation to the own address ends by it.")
            .Describes("token", TokenMeaning).Refuses(InvitationExamples.Ended);

        var own = api.MapGroup("/auth/invitations").WithTags("Invitations").RequireAuthorization();
        own.MapGet("/", ListAsync).WithName("ListMyInvitations").WithSummary("The open invitations to the caller's address, newest first.").WithList(Rules)
            .Describes("role", "Only invitations to this role.").Example(response: EndpointDocumentation.PageOf(InvitationExamples.Offer));
        own.MapPost("/{invitationId}/accept", AcceptOwnAsync).WithName("AcceptMyInvitation").WithSummary("Joins the project that the caller's address is invited to.")
            .Refuses(InvitationExamples.Ended).Refuses(ErrorCodes.MemberExists, ErrorCodes.LimitReached).Example(response: ProjectExamples.Project);
        own.MapPost("/{invitationId}/decline", DeclineOwnAsync).WithName("DeclineMyInvitation").WithSummary("Ends an invitation to the caller's address.")
            .Refuses(InvitationExamples.Ended);
        return api;
    }

    private static async Task<Results<Ok<InvitationOffer>, RefusalResult>> GetAsync(string token, HttpContext context, IGrainFactory grains)
    {
        var (project, key) = await FindAsync(null, token, context, grains);
        if (project is null)
            return Missing.ToResult();

        switch (await project.ReadInvitation(key))
        {
            case InvitationOfferReply.Open { Offer: var offer }:
                var inviter = await grains.GetGrain<IAccountGrain>(offer.InvitedBy).Get();
                return TypedResults.Ok(offer with { InvitedByName = inviter?.Name });
            case InvitationOfferReply.Refused refused:
                return refused.Error.ToResult();
            case var reply:
                throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}.");
        }
    }

    private static async Task<Results<Ok<PageOf<InvitationOffer>>, RefusalResult>> ListAsync(
        [AsParameters] ListQuery query, [FromQuery(Name = "role")] string? role, HttpContext context, IGrainFactory grains)
    {
        ProjectRole? ofRole = null;
        var badRole = string.IsNullOrEmpty(role) || RoleText.TryParse(role, out ofRole, out var invalid) ? null : invalid;
        if ((query.Check(out var list) ?? badRole) is { } refusal)
            return refusal.ToResult();

        var addressed = new AddressedQuery(await EmailAsync(context, grains), list, ofRole);
        return await grains.GetGrain<IProjectDirectoryGrain>(0).ListInvitationsFor(addressed) switch
        {
            InvitationOfferPageReply.Page found => TypedResults.Ok(new PageOf<InvitationOffer>(found.Items, found.NextCursor)),
            InvitationOfferPageReply.Refused no => no.Error.ToResult(),
            var reply => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
        };
    }

    private static Task<Results<Ok<ProjectView>, RefusalResult>> AcceptAsync(string token, HttpContext context, IGrainFactory grains, IProjectAccess access) =>
        JoinAsync(null, token, context, grains, access);

    private static Task<Results<Ok<ProjectView>, RefusalResult>> AcceptOwnAsync(string invitationId, HttpContext context, IGrainFactory grains, IProjectAccess access) =>
        JoinAsync(invitationId, null, context, grains, access);

    private static Task<Results<NoContent, RefusalResult>> DeclineAsync(string token, HttpContext context, IGrainFactory grains) =>
        SayNoAsync(null, token, context, grains);

    private static Task<Results<NoContent, RefusalResult>> DeclineOwnAsync(string invitationId, HttpContext context, IGrainFactory grains) =>
        SayNoAsync(invitationId, null, context, grains);

    private static async Task<Results<Ok<ProjectView>, RefusalResult>> JoinAsync(
        string? invitationId, string? token, HttpContext context, IGrainFactory grains, IProjectAccess access)
    {
        var (project, key) = await FindAsync(invitationId, token, context, grains);
        if (project is null)
            return Missing.ToResult();

        var reply = await project.AcceptInvitation(key);
        if (reply is not ProjectReply.Done done)
            return ProjectEndpoints.Refusal(reply).ToResult();

        access.Invalidate(done.Project.Id);
        context.Response.SetVersion(done.Project.Version);
        return TypedResults.Ok(done.Project);
    }

    private static async Task<Results<NoContent, RefusalResult>> SayNoAsync(string? invitationId, string? token, HttpContext context, IGrainFactory grains)
    {
        var (project, key) = await FindAsync(invitationId, token, context, grains);
        if (project is null)
            return Missing.ToResult();

        return await project.DeclineInvitation(key) is ProjectReply.Refused refused ? refused.Error.ToResult() : TypedResults.NoContent();
    }

    private static async Task<(IProjectGrain? Project, InvitationKey Key)> FindAsync(
        string? invitationId, string? token, HttpContext context, IGrainFactory grains)
    {
        var hash = token is null ? null : Secret.Hash(token);
        var key = new InvitationKey(context.GetCaller().AccountId, await EmailAsync(context, grains), invitationId, hash);
        if (await grains.GetGrain<IProjectDirectoryGrain>(0).FindInvited(invitationId, hash) is not { } projectId)
            return (null, key);

        var project = ProjectEndpoints.Project(grains, projectId);
        context.SetAuditProject(projectId);
        if (hash is not null && await project.FindInvitation(hash) is { } found)
            context.SetAuditSubject("invitation", found);

        return (project, key);
    }

    private static async Task<string> EmailAsync(HttpContext context, IGrainFactory grains) =>
        await grains.GetGrain<IAccountGrain>(context.GetCaller().AccountId).Get() is { } account
            ? account.Email
            : throw new RefusalException(new Refusal(ErrorCodes.Unauthenticated, "the account is gone"));
}
