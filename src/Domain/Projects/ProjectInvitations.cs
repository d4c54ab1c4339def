using System.Collections.Immutable;
using Actors.Domain.Accounts;
using ProjectDecision = Actors.Domain.Decision<Actors.Domain.Projects.ProjectState, Actors.Domain.Projects.ProjectEvent>;

namespace Actors.Domain.Projects;

/// <summary>Invitations: made and taken back by owners, answered by those who are invited and are no members yet.</summary>
public sealed partial record ProjectState
{
    private static readonly Refusal NoInvitation = new(ErrorCodes.NotFound, "there is no such invitation");
    private static readonly Refusal WrongAddress = new(ErrorCodes.InvitationWrongAddress, "the invitation is for another address");

    public Invitation? FindInvitation(string id) => Invitations.FirstOrDefault(invitation => invitation.Id == id);

    /// <summary>
    /// The invitation that somebody means who is no member: by the hash of the secret that they were given, or by id when
    /// it is addressed to them. For everybody else there is none, so that ids cannot be probed.
    /// </summary>
    public Invitation? FindInvitation(string? id, string? tokenHash, string email) => Exists()
        ? Invitations.FirstOrDefault(invitation => tokenHash is not null
            ? invitation.TokenHash == tokenHash
            : invitation.Id == id && invitation.Email is not null && invitation.Email == email)
        : null;

    private ProjectDecision Invite(ProjectCommand.Invite command)
    {
        if (RefuseActor(command.By, ProjectRole.Owner) is { } refusal)
            return ProjectDecision.Refused(refusal);

        if (CheckInvitation(command, out var email) is { } invalid)
            return ProjectDecision.Refused(invalid);

        if (command.InviteeId is { } invitee && RoleOf(invitee) is not null)
            return ProjectDecision.Refused(AlreadyMember);

        var open = Invitations.Where(invitation => invitation.StatusAt(command.At) == InvitationStatus.Open).ToList();
        if (email is not null && open.Exists(invitation => invitation.Email == email))
            return ProjectDecision.Refused(new Refusal(ErrorCodes.InvitationExists, "the address has an open invitation already"));

        if (open.Count >= Invitation.MaximumOpen)
            return ProjectDecision.Refused(new Refusal(ErrorCodes.LimitReached, $"openInvitations: a project has at most {Invitation.MaximumOpen} open invitations"));

        var created = new Invitation(
            command.InvitationId, email, command.Role, command.TokenHash, command.By, command.At, command.At + command.Lifetime, command.MaximumUses, [], null);
        var forgotten = Invitations
            .Where(invitation => invitation.StatusAt(command.At) != InvitationStatus.Open)
            .OrderByDescending(invitation => invitation.CreatedAt)
            .Skip(Invitation.MaximumEnded)
            .Select(invitation => invitation.Id);
        return Happened(new ProjectEvent.InvitationCreated(command.At, command.By, created, [.. forgotten], command.ByName));
    }

    private ProjectDecision ConfirmTold(ProjectCommand.ConfirmTold command) => Untold.Any(notice => command.InvitationIds.Contains(notice.InvitationId))
        ? Happened(new ProjectEvent.InvitationsTold(command.At, command.By, command.InvitationIds))
        : ProjectDecision.Nothing;

    private ProjectDecision RevokeInvitation(ProjectCommand.RevokeInvitation command)
    {
        if (RefuseActor(command.By, ProjectRole.Owner) is { } refusal)
            return ProjectDecision.Refused(refusal);

        return FindInvitation(command.InvitationId) switch
        {
            null => ProjectDecision.Refused(NoInvitation),
            var found when command.ExpectedVersion is { } expected && expected != found.Version() =>
                ProjectDecision.Refused(new Refusal(ErrorCodes.PreconditionFailed, "the invitation has changed since it was read")),
            { End: null } open when open.UsedBy.Length < open.MaximumUses => Happened(new ProjectEvent.InvitationRevoked(command.At, command.By, open.Id)),

            // It lets nobody in as it is.
            _ => ProjectDecision.Nothing,
        };
    }

    private ProjectDecision AcceptInvitation(ProjectCommand.AcceptInvitation command)
    {
        if (FindInvitation(command.InvitationId, command.TokenHash, command.Email) is not { } invitation)
            return ProjectDecision.Refused(NoInvitation);

        if (invitation.Email is { } address && address != command.Email)
            return ProjectDecision.Refused(WrongAddress);

        if (RoleOf(command.By) is not null)
            return ProjectDecision.Refused(AlreadyMember);

        if (invitation.RefuseAt(command.At) is { } refusal)
            return ProjectDecision.Refused(refusal);

        if (invitation.UsedBy.Contains(command.By))
            return ProjectDecision.Refused(new Refusal(ErrorCodes.InvitationUsedUp, "you joined by this invitation before; ask for another one"));

        return Members.Length < MaximumMembers
            ? Happened(new ProjectEvent.InvitationAccepted(command.At, command.By, invitation.Id, invitation.Role))
            : ProjectDecision.Refused(TooManyMembers);
    }

    /// <summary>An address that declines ends its invitation; one of many who have a link only says no for themselves.</summary>
    private ProjectDecision DeclineInvitation(ProjectCommand.DeclineInvitation command)
    {
        if (FindInvitation(command.InvitationId, command.TokenHash, command.Email) is not { } invitation)
            return ProjectDecision.Refused(NoInvitation);

        if (invitation.Email is { } address && address != command.Email)
            return ProjectDecision.Refused(WrongAddress);

        if (invitation.StatusAt(command.At) == InvitationStatus.Declined)
            return ProjectDecision.Nothing;

        if (invitation.RefuseAt(command.At) is { } refusal)
            return ProjectDecision.Refused(refusal);

        return invitation.Email is null
            ? ProjectDecision.Nothing
            : Happened(new ProjectEvent.InvitationDeclined(command.At, command.By, invitation.Id));
    }

    private static Refusal? CheckInvitation(ProjectCommand.Invite command, out string? email)
    {
        email = null;
        if (!Enum.IsDefined(command.Role))
            return UnknownRole;

        if (command.Lifetime < Invitation.ShortestLife || command.Lifetime > Invitation.LongestLife)
            return Refusal.Field("expiresInDays", $"must be from {Invitation.ShortestLife.Days} to {Invitation.LongestLife.Days}");

        if (command.MaximumUses is < 1 or > Invitation.MostUses)
            return Refusal.Field("maximumUses", $"must be from 1 to {Invitation.MostUses}");

        if (command.Email is null)
            return null;

        if (!EmailAddress.TryNormalize(command.Email, out email))
            return Refusal.Field("email", "must be an e-mail address");

        return command.MaximumUses == 1 ? null : Refusal.Field("maximumUses", "an invitation by address is used once");
    }

    private ImmutableArray<Invitation> WithInvitation(string id, Func<Invitation, Invitation> change) =>
        [.. Invitations.Select(invitation => invitation.Id == id ? change(invitation) : invitation)];
}
