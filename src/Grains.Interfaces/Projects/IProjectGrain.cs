using Actors.Domain.Projects;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Interfaces.Projects;

/// <summary>
/// One project: its settings, its members and its invitations; its key is the project id. Every change names the account that asks, and
/// is decided against the roles as they are then. To a stranger every answer is <c>not_found</c>.
/// </summary>
public interface IProjectGrain : IGrainWithStringKey
{
    /// <summary>Creates the project; the account that asks is its first owner.</summary>
    Task<ProjectReply> Create(NewProject project);

    /// <summary>The project as <paramref name="accountId"/> sees it.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<ProjectReply> Get(string accountId);

    /// <summary>Needs the role editor.</summary>
    Task<ProjectReply> Change(ProjectChange change);

    /// <summary>Needs the role owner. What belongs to the project is out of reach from then on.</summary>
    Task<ProjectReply> Delete(ProjectDeletion deletion);

    /// <summary>Needs the role owner. Refuses types of nodes that there are not.</summary>
    Task<ProjectReply> SetComponents(ComponentsChange change);

    /// <summary>Types of nodes that are switched off in the project, as of a version; none of a project that does not exist.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<DisabledComponents> GetDisabledComponents();

    /// <summary>Needs the role owner. Refuses <c>member_exists</c>.</summary>
    Task<ProjectReply> AddMember(MemberChange member);

    /// <summary>Needs the role owner. Refuses <c>last_owner</c>.</summary>
    Task<ProjectReply> ChangeMember(MemberChange member);

    /// <summary>Needs the role owner, or to be that member. Refuses <c>last_owner</c>.</summary>
    Task<ProjectReply> RemoveMember(MemberRemoval member);

    /// <summary>Needs the role owner: the member becomes owner, and the one who asks editor, in one step.</summary>
    Task<ProjectReply> TransferOwnership(OwnershipTransfer transfer);

    /// <summary>
    /// Needs the role owner. Refuses <c>invitation_exists</c>, <c>member_exists</c> or <c>limit_reached</c>. The secret leads
    /// here by <see cref="IProjectDirectoryGrain.FindInvited"/> from then on.
    /// </summary>
    Task<InvitationReply> Invite(NewInvitation invitation);

    /// <summary>Needs the role owner.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<InvitationReply> GetInvitation(string by, string invitationId);

    /// <summary>Needs the role owner. Refuses a cursor that it did not make.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<InvitationPageReply> ListInvitations(InvitationQuery query);

    /// <summary>Needs the role owner. Taking back what has ended already is no error.</summary>
    Task<InvitationReply> RevokeInvitation(InvitationRevocation revocation);

    /// <summary>
    /// What somebody is invited to. Refuses <c>invitation_expired</c>, <c>invitation_revoked</c>, <c>invitation_declined</c>,
    /// <c>invitation_used_up</c>, or <c>not_found</c>.
    /// </summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<InvitationOfferReply> ReadInvitation(InvitationKey key);

    /// <summary>The id of the invitation with this secret, for the server itself; null when there is none.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<string?> FindInvitation(string tokenHash);

    /// <summary>
    /// Spends the invitation and adds the member in one entry of the journal. Refuses as <see cref="ReadInvitation"/>, and
    /// <c>invitation_wrong_address</c>, <c>member_exists</c> or <c>limit_reached</c>.
    /// </summary>
    Task<ProjectReply> AcceptInvitation(InvitationKey key);

    /// <summary>Refuses as <see cref="ReadInvitation"/>, and <c>invitation_wrong_address</c>. Declining a link changes nothing for others.</summary>
    Task<ProjectReply> DeclineInvitation(InvitationKey key);

    /// <summary>The role of an account; null when it is no member or there is no such project.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<ProjectRole?> GetRole(string accountId);

    /// <summary>One member, as the member <paramref name="by"/> sees it; null when either is none.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<Member?> GetMember(string by, string accountId);

    /// <summary>Members and roles: at once, and after each change. For a project that does not exist: one item that says so.</summary>
    IAsyncEnumerable<ProjectRoster> WatchRoster(CancellationToken cancellationToken);
}
