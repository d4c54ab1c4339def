using System.Globalization;
using Actors.Domain;
using Actors.Domain.Lists;
using Actors.Domain.Projects;
using Actors.Grains.Interfaces.Projects;
using Actors.Grains.Lists;
using ProjectOutcome = Actors.Grains.EventSourcing.Outcome<Actors.Domain.Projects.ProjectState, Actors.Domain.Projects.ProjectEvent>;

namespace Actors.Grains.Projects;

/// <summary>Invitations and handing over.</summary>
internal sealed partial class ProjectGrain
{
    private static readonly Refusal NoInvitation = new(ErrorCodes.NotFound, "there is no such invitation");

    public Task<ProjectReply> TransferOwnership(OwnershipTransfer transfer) =>
        ExecuteAsync(new ProjectCommand.TransferOwnership(Now, transfer.By, transfer.AccountId, transfer.ExpectedVersion));

    public async Task<InvitationReply> Invite(NewInvitation invitation)
    {
        var outcome = await RunAsync(new ProjectCommand.Invite(
            Now,
            invitation.By,
            invitation.InvitationId,
            invitation.Email,
            invitation.InviteeId,
            invitation.Role,
            invitation.TokenHash,
            invitation.Lifetime,
            invitation.MaximumUses,
            invitation.ByName));
        await Notices.TellAsync();
        return Answer(outcome, invitation.InvitationId);
    }

    public Task<InvitationReply> GetInvitation(string by, string invitationId) => Task.FromResult(
        Committed.RefuseActor(by, ProjectRole.Owner) is { } refusal ? new InvitationReply.Refused(refusal) : Answer(Committed, invitationId));

    public Task<InvitationPageReply> ListInvitations(InvitationQuery query) => Task.FromResult(ListInvitationsNow(query));

    public async Task<InvitationReply> RevokeInvitation(InvitationRevocation revocation) =>
        Answer(await RunAsync(new ProjectCommand.RevokeInvitation(Now, revocation.By, revocation.InvitationId, revocation.ExpectedVersion)), revocation.InvitationId);

    public Task<InvitationOfferReply> ReadInvitation(InvitationKey key)
    {
        var invitation = Committed.FindInvitation(key.InvitationId, key.TokenHash, key.Email);
        var refusal = invitation is null ? NoInvitation : invitation.RefuseAt(Now);
        return Task.FromResult<InvitationOfferReply>(refusal is null
            ? new InvitationOfferReply.Open(new InvitationOffer(
                invitation!.Id, Committed.Id, Committed.Name, invitation.Role, invitation.Email, invitation.InvitedBy, null, invitation.ExpiresAt))
            : new InvitationOfferReply.Refused(refusal));
    }

    public Task<string?> FindInvitation(string tokenHash) => Task.FromResult(Committed.FindInvitation(null, tokenHash, "")?.Id);

    public Task<ProjectReply> AcceptInvitation(InvitationKey key) =>
        ExecuteAsync(new ProjectCommand.AcceptInvitation(Now, key.AccountId, key.Email, key.InvitationId, key.TokenHash));

    public Task<ProjectReply> DeclineInvitation(InvitationKey key) =>
        ExecuteAsync(new ProjectCommand.DeclineInvitation(Now, key.AccountId, key.Email, key.InvitationId, key.TokenHash));

    private InvitationPageReply ListInvitationsNow(InvitationQuery query)
    {
        if (Committed.RefuseActor(query.By, ProjectRole.Owner) is { } refusal)
            return new InvitationPageReply.Refused(refusal);

        var now = Now;
        var found = Committed.Invitations
            .Where(invitation => query.Status is null || invitation.StatusAt(now) == query.Status)
            .Where(invitation => query.List.Finds(invitation.Email))
            .Select(invitation => InvitationCatalog.View(Committed.Id, invitation, now));
        return SortedPages.Take(found, query.List, invitation => invitation.Id, InvitationKey(query.List.Sort)) is { } page
            ? new InvitationPageReply.Page(page.Items, page.NextCursor)
            : new InvitationPageReply.Refused(CatalogLists.BadCursor());
    }

    private static Func<InvitationView, string> InvitationKey(string sort) => sort switch
    {
        ListSort.CreatedAt => static invitation => invitation.Id,
        "expiresAt" => static invitation => invitation.ExpiresAt.UtcTicks.ToString("D19", CultureInfo.InvariantCulture),
        "email" => static invitation => invitation.Email ?? "",
        _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, "Invitations are not sorted by this."),
    };

    private InvitationReply Answer(ProjectOutcome outcome, string invitationId) => outcome switch
    {
        ProjectOutcome.Committed c => Answer(c.State, invitationId),
        ProjectOutcome.Unchanged u => Answer(u.State, invitationId),
        ProjectOutcome.Refused r => new InvitationReply.Refused(r.Refusal),
        _ => Answer(Committed, invitationId),
    };

    private InvitationReply Answer(ProjectState state, string invitationId) => state.FindInvitation(invitationId) is { } invitation
        ? new InvitationReply.Done(InvitationCatalog.View(state.Id, invitation, Now))
        : new InvitationReply.Refused(NoInvitation);
}
