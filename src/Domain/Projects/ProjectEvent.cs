using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Actors.Domain.Projects;

/// <summary>What happened to a project, as its journal keeps it. <paramref name="By"/> is the account that did it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Created), "created")]
[JsonDerivedType(typeof(SettingsChanged), "settingsChanged")]
[JsonDerivedType(typeof(ComponentsChanged), "componentsChanged")]
[JsonDerivedType(typeof(MemberAdded), "memberAdded")]
[JsonDerivedType(typeof(MemberRoleChanged), "memberRoleChanged")]
[JsonDerivedType(typeof(MemberRemoved), "memberRemoved")]
[JsonDerivedType(typeof(OwnershipTransferred), "ownershipTransferred")]
[JsonDerivedType(typeof(InvitationCreated), "invitationCreated")]
[JsonDerivedType(typeof(InvitationRevoked), "invitationRevoked")]
[JsonDerivedType(typeof(InvitationAccepted), "invitationAccepted")]
[JsonDerivedType(typeof(InvitationDeclined), "invitationDeclined")]
[JsonDerivedType(typeof(InvitationsTold), "invitationsTold")]
[JsonDerivedType(typeof(Deleted), "deleted")]
public abstract record ProjectEvent(DateTimeOffset At, string By)
{
    /// <summary>The creator is the first owner.</summary>
    public sealed record Created(DateTimeOffset At, string By, string Id, string Name, string? Description) : ProjectEvent(At, By);

    public sealed record SettingsChanged(DateTimeOffset At, string By, string Name, string? Description) : ProjectEvent(At, By);

    /// <param name="Disabled">All that are switched off from then on.</param>
    public sealed record ComponentsChanged(DateTimeOffset At, string By, ImmutableArray<string> Disabled) : ProjectEvent(At, By);

    public sealed record MemberAdded(DateTimeOffset At, string By, string AccountId, ProjectRole Role) : ProjectEvent(At, By);

    public sealed record MemberRoleChanged(DateTimeOffset At, string By, string AccountId, ProjectRole Role) : ProjectEvent(At, By);

    public sealed record MemberRemoved(DateTimeOffset At, string By, string AccountId) : ProjectEvent(At, By);

    /// <summary>The member became owner, and whoever did it editor.</summary>
    public sealed record OwnershipTransferred(DateTimeOffset At, string By, string AccountId) : ProjectEvent(At, By);

    /// <param name="Forgotten">Invitations that ended long ago and made room.</param>
    /// <param name="ByName">The inviter's name then; absent in journals that are older than it, whose invitations are told.</param>
    public sealed record InvitationCreated(DateTimeOffset At, string By, Invitation Invitation, ImmutableArray<string> Forgotten, string? ByName = null) : ProjectEvent(At, By);

    /// <summary>Whoever has the addresses of these invitations knows of them.</summary>
    public sealed record InvitationsTold(DateTimeOffset At, string By, ImmutableArray<string> InvitationIds) : ProjectEvent(At, By);

    public sealed record InvitationRevoked(DateTimeOffset At, string By, string InvitationId) : ProjectEvent(At, By);

    /// <summary>The account that did it is a member from then on: the invitation is spent and the member added in one entry.</summary>
    public sealed record InvitationAccepted(DateTimeOffset At, string By, string InvitationId, ProjectRole Role) : ProjectEvent(At, By);

    public sealed record InvitationDeclined(DateTimeOffset At, string By, string InvitationId) : ProjectEvent(At, By);

    public sealed record Deleted(DateTimeOffset At, string By) : ProjectEvent(At, By);
}
