using System.Collections.Immutable;
using System.Diagnostics;

namespace Actors.Domain.Projects;

/// <summary>A member of a project.</summary>
public sealed record Member(string AccountId, ProjectRole Role, DateTimeOffset Since);

/// <summary>A project as its events made it. <see cref="None"/> is the project that was never created.</summary>
/// <param name="Version">How many events made it, without those that only say who was told of an invitation.</param>
/// <param name="Members">In the order of joining. A project that exists always has an owner.</param>
/// <param name="Invitations">Absent from snapshots that are older than invitations.</param>
/// <param name="Untold">Invitations by address that the account behind the address, if there is one, is still to be told of.</param>
/// <param name="DisabledComponents">Absent from snapshots that are older than it.</param>
public sealed partial record ProjectState(
    long Version,
    string Id,
    string Name,
    string? Description,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    bool IsDeleted,
    ImmutableArray<Member> Members,
    ImmutableArray<Invitation> Invitations,
    ImmutableArray<InvitationNotice> Untold = default,
    ImmutableArray<string> DisabledComponents = default)
{
    public static readonly ProjectState None = new(0, "", "", null, "", default, default, false, [], []);

    /// <summary>Types of nodes that the project does not use, in ordinal order.</summary>
    public ImmutableArray<string> DisabledComponents { get; init; } = DisabledComponents.IsDefault ? [] : DisabledComponents;

    /// <summary>In the order of their creation; at most <see cref="Invitation.MaximumOpen"/> open ones and about as many that ended.</summary>
    public ImmutableArray<Invitation> Invitations { get; init; } = Invitations.IsDefault ? [] : Invitations;

    public ImmutableArray<InvitationNotice> Untold { get; init; } = Untold.IsDefault ? [] : Untold;

    public bool Exists() => Version > 0 && !IsDeleted;

    public ProjectRole? RoleOf(string accountId) => Members.FirstOrDefault(member => member.AccountId == accountId)?.Role;

    /// <summary>The state after <paramref name="event"/>. Total: every event that was ever journalled applies.</summary>
    public ProjectState Apply(ProjectEvent @event) => Changed(@event) with
    {
        Version = @event is ProjectEvent.InvitationsTold ? Version : Version + 1,
        UpdatedAt = @event is ProjectEvent.InvitationCreated or ProjectEvent.InvitationRevoked or ProjectEvent.InvitationDeclined or ProjectEvent.InvitationsTold
            ? UpdatedAt
            : @event.At,
    };

    private ProjectState Changed(ProjectEvent @event) => @event switch
    {
        ProjectEvent.Created e => None with
        {
            Id = e.Id,
            Name = e.Name,
            Description = e.Description,
            CreatedBy = e.By,
            CreatedAt = e.At,
            Members = [new Member(e.By, ProjectRole.Owner, e.At)],
        },
        ProjectEvent.SettingsChanged e => this with { Name = e.Name, Description = e.Description },
        ProjectEvent.ComponentsChanged e => this with { DisabledComponents = e.Disabled },
        ProjectEvent.MemberAdded e => this with { Members = Members.Add(new Member(e.AccountId, e.Role, e.At)) },
        ProjectEvent.MemberRoleChanged e => this with
        {
            Members = [.. Members.Select(member => member.AccountId == e.AccountId ? member with { Role = e.Role } : member)],
        },
        ProjectEvent.MemberRemoved e => this with { Members = Members.RemoveAll(member => member.AccountId == e.AccountId) },
        ProjectEvent.OwnershipTransferred e => this with
        {
            Members = [.. Members.Select(member => member.AccountId == e.AccountId ? member with { Role = ProjectRole.Owner }
                : member.AccountId == e.By ? member with { Role = ProjectRole.Editor }
                : member)],
        },
        ProjectEvent.InvitationCreated e => this with
        {
            Invitations = Invitations.RemoveAll(invitation => e.Forgotten.Contains(invitation.Id)).Add(e.Invitation),
            Untold = e.Invitation.Email is not null && e.ByName is { } name ? Untold.Add(new InvitationNotice(e.Invitation.Id, name)) : Untold,
        },
        ProjectEvent.InvitationsTold e => this with { Untold = Untold.RemoveAll(notice => e.InvitationIds.Contains(notice.InvitationId)) },
        ProjectEvent.InvitationRevoked e => this with { Invitations = WithInvitation(e.InvitationId, invitation => invitation with { End = InvitationStatus.Revoked }) },
        ProjectEvent.InvitationDeclined e => this with { Invitations = WithInvitation(e.InvitationId, invitation => invitation with { End = InvitationStatus.Declined }) },
        ProjectEvent.InvitationAccepted e => this with
        {
            Members = Members.Add(new Member(e.By, e.Role, e.At)),
            Invitations = WithInvitation(e.InvitationId, invitation => invitation with { UsedBy = invitation.UsedBy.Add(e.By) }),
        },
        ProjectEvent.Deleted => this with { IsDeleted = true, Members = [], Invitations = [], Untold = [] },
        _ => throw new UnreachableException($"unknown project event {@event.GetType().Name}"),
    };
}
