using Actors.Domain;
using Actors.Domain.Identity;
using Actors.Domain.Lists;
using Actors.Domain.Projects;
using Actors.Frontend.Accounts;
using Actors.Frontend.Http;
using Actors.Frontend.Pages;
using Actors.Grains.Interfaces.Accounts;
using Actors.Grains.Interfaces.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.Projects;

/// <summary>Invitations as owners manage them: <c>/projects/{projectId}/invitations</c>; and handing a project over.</summary>
internal static class InvitationEndpoints
{
    private const int DefaultDays = 7;

    private static readonly ListRules Rules = new([ListSort.CreatedAt, "expiresAt", "email"], "-createdAt", "address");

    public static void MapInvitations(this IEndpointRouteBuilder projects)
    {
        var invitations = projects.MapGroup("/{projectId}/invitations").WithTags("Invitations");
        invitations.MapGet("/", ListAsync).WithName("ListInvitations").WithSummary("The project's invitations, newest first; for owners.").WithList(Rules)
            .Needs(ProjectRole.Owner).Describes("status", "Only invitations of this status.").Example(response: EndpointDocumentation.PageOf(InvitationExamples.Invitation));
        invitations.MapPost("/", CreateAsync).WithName("CreateInvitation").WithSummary("Invites an address, or whoever has the link; the secret is shown this once.")
            .Needs(ProjectRole.Owner).Refuses(ErrorCodes.InvitationExists, ErrorCodes.MemberExists, ErrorCodes.LimitReached)
            .Example(InvitationExamples.New, InvitationExamples.Created);
        invitations.MapGet("/{invitationId}", GetAsync).WithName("GetInvitation").WithSummary("One invitation, without its secret.")
            .Needs(ProjectRole.Owner).Versioned().Example(response: InvitationExamples.Invitation);
        invitations.MapDelete("/{invitationId}", RevokeAsync).WithName("RevokeInvitation").WithSummary("Takes an invitation back: it lets nobody in any more.")
            .Needs(ProjectRole.Owner).Versioned().Refuses(InvitationExamples.Ended);
        projects.MapPost("/{projectId}/transfer", TransferAsync).WithTags("Members").WithName("TransferProject")
            .WithSummary("Makes another member owner and the caller editor, in one step.")
            .Needs(ProjectRole.Owner).Versioned().Refuses(ErrorCodes.LastOwner).Example(InvitationExamples.Transfer, ProjectExamples.Project);
        projects.MapPost("/{projectId}/leave", LeaveAsync).WithTags("Members").WithName("LeaveProject")
            .WithSummary("Ends the caller's membership; the last owner cannot leave.")
            .Needs(ProjectRole.Viewer).Refuses(ErrorCodes.LastOwner);
    }

    private static async Task<Results<Ok<PageOf<InvitationView>>, RefusalResult>> ListAsync(
        string projectId, [AsParameters] ListQuery query, [FromQuery(Name = "status")] string? status, HttpContext context, IGrainFactory grains)
    {
        if (query.Check(out var list) is { } refusal)
            return refusal.ToResult();

        if (ReadStatus(status, out var ofStatus) is { } invalid)
            return invalid.ToResult();

        return await ProjectEndpoints.Project(grains, projectId).ListInvitations(new InvitationQuery(context.GetCaller().AccountId, list, ofStatus)) switch
        {
            InvitationPageReply.Page found => TypedResults.Ok(new PageOf<InvitationView>(found.Items, found.NextCursor)),
            InvitationPageReply.Refused no => no.Error.ToResult(),
            var reply => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
        };
    }

    private static async Task<Results<Created<CreatedInvitation>, RefusalResult>> CreateAsync(
        string projectId, NewInvitationBody body, HttpContext context, IGrainFactory grains, Identifiers identifiers, PageLinks links)
    {
        if (!RoleText.TryParse(body.Role, out var role, out var invalid))
            return invalid.ToResult();

        // Before the address is looked up: who may not invite anybody shall not learn who has an account.
        if (await RefuseAsync(projectId, context, grains) is { } refused)
            return refused.ToResult();

        var invitee = body.Email is null ? null : await grains.GetGrain<IAccountDirectoryGrain>(0).Resolve(body.Email);
        var token = Secret.Create(identifiers);
        var id = identifiers.Create(Identifier.Invitation);

        // An absurd number of days is refused by the rule, not by the arithmetic.
        var lifetime = TimeSpan.FromDays(Math.Clamp(body.ExpiresInDays ?? DefaultDays, 0, Invitation.LongestLife.Days + 1));
        var caller = context.GetCaller();
        var reply = await ProjectEndpoints.Project(grains, projectId).Invite(new NewInvitation(
            caller.AccountId, caller.Name, id, body.Email, invitee, role.Value, Secret.Hash(token), lifetime, body.MaximumUses ?? 1));
        if (reply is not InvitationReply.Done done)
            return Refusal(reply).ToResult();

        context.Response.Headers.CacheControl = "no-store";
        context.Response.SetVersion(done.Invitation.Version);
        return TypedResults.Created(
            $"{ApiPaths.Root}/projects/{projectId}/invitations/{id}",
            CreatedInvitation.Of(done.Invitation, token, links.ToInvitation(context.Request, token)));
    }

    private static async Task<Results<Ok<InvitationView>, StatusCodeHttpResult, RefusalResult>> GetAsync(
        string projectId, string invitationId, HttpContext context, IGrainFactory grains)
    {
        var reply = await ProjectEndpoints.Project(grains, projectId).GetInvitation(context.GetCaller().AccountId, invitationId);
        if (reply is not InvitationReply.Done { Invitation: var invitation })
            return Refusal(reply).ToResult();

        // Nobody writes when an invitation expires.
        var passing = invitation.Status == InvitationStatus.Expired ? "expired" : null;
        context.Response.SetVersion(invitation.Version, passing);
        return context.Request.HasVersion(invitation.Version, passing) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(invitation);
    }

    private static async Task<Results<NoContent, RefusalResult>> RevokeAsync(string projectId, string invitationId, HttpContext context, IGrainFactory grains)
    {
        var reply = await ProjectEndpoints.Project(grains, projectId).RevokeInvitation(new InvitationRevocation(
            context.GetCaller().AccountId, invitationId, context.Request.ExpectedVersion()));
        return reply is InvitationReply.Done ? TypedResults.NoContent() : Refusal(reply).ToResult();
    }

    private static async Task<Results<Ok<ProjectView>, RefusalResult>> TransferAsync(
        string projectId, TransferBody body, HttpContext context, IGrainFactory grains, IProjectAccess access)
    {
        if (Identifier.Check(Identifier.Account, body.AccountId, "accountId") is { } invalid)
            return invalid.ToResult();

        var reply = await ProjectEndpoints.Project(grains, projectId).TransferOwnership(new OwnershipTransfer(
            context.GetCaller().AccountId, body.AccountId!, context.Request.ExpectedVersion()));
        if (reply is not ProjectReply.Done done)
            return ProjectEndpoints.Refusal(reply).ToResult();

        access.Invalidate(projectId);
        context.Response.SetVersion(done.Project.Version);
        return TypedResults.Ok(done.Project);
    }

    private static async Task<Results<NoContent, RefusalResult>> LeaveAsync(string projectId, HttpContext context, IGrainFactory grains, IProjectAccess access)
    {
        var caller = context.GetCaller().AccountId;
        if (await ProjectEndpoints.Project(grains, projectId).RemoveMember(new MemberRemoval(caller, caller)) is ProjectReply.Refused refused)
            return refused.Error.ToResult();

        access.Invalidate(projectId);
        return TypedResults.NoContent();
    }

    private static Refusal? ReadStatus(string? text, out InvitationStatus? status)
    {
        var refusal = ListFilters.Choice("status", text, out var word, "open", "accepted", "declined", "revoked", "expired");
        status = word switch
        {
            "open" => InvitationStatus.Open,
            "accepted" => InvitationStatus.Accepted,
            "declined" => InvitationStatus.Declined,
            "revoked" => InvitationStatus.Revoked,
            "expired" => InvitationStatus.Expired,
            _ => null,
        };
        return refusal;
    }

    private static async Task<Refusal?> RefuseAsync(string projectId, HttpContext context, IGrainFactory grains) =>
        await ProjectEndpoints.Project(grains, projectId).Get(context.GetCaller().AccountId) switch
        {
            ProjectReply.Done { Project.Role: ProjectRole.Owner } => null,
            ProjectReply.Done => new Refusal(ErrorCodes.Forbidden, "only an owner manages invitations"),
            var reply => ProjectEndpoints.Refusal(reply),
        };

    private static Refusal Refusal(InvitationReply reply) => reply switch
    {
        InvitationReply.Refused refused => refused.Error,
        _ => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
    };
}
