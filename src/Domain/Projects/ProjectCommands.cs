using System.Collections.Immutable;

namespace Actors.Domain.Projects;

/// <summary>What can be asked of a project. <paramref name="By"/> is the account that asks; the core decides whether it may.</summary>
public abstract record ProjectCommand(DateTimeOffset At, string By)
{
    public sealed record Create(DateTimeOffset At, string By, string Id, string? Name, string? Description) : ProjectCommand(At, By);

    /// <param name="Name">Null keeps the name.</param>
    /// <param name="SetsDescription">Whether <paramref name="Description"/> is set, to null as well; otherwise it is kept.</param>
    /// <param name="ExpectedVersion">The version that the writer saw (If-Match); null writes whatever it is.</param>
    public sealed record Change(DateTimeOffset At, string By, string? Name, bool SetsDescription, string? Description, long? ExpectedVersion) : ProjectCommand(At, By);

    /// <param name="Disabled">Types of nodes that are switched off from then on, and no others; the shell has checked that there are such.</param>
    public sealed record SetComponents(DateTimeOffset At, string By, ImmutableArray<string> Disabled, long? ExpectedVersion) : ProjectCommand(At, By);

    /// <param name="AccountId">An account that exists: the shell has checked.</param>
    public sealed record AddMember(DateTimeOffset At, string By, string AccountId, ProjectRole Role) : ProjectCommand(At, By);

    public sealed record ChangeMember(DateTimeOffset At, string By, string AccountId, ProjectRole Role, long? ExpectedVersion = null) : ProjectCommand(At, By);

    /// <summary>Members may remove themselves; others only an owner removes.</summary>
    public sealed record RemoveMember(DateTimeOffset At, string By, string AccountId, long? ExpectedVersion = null) : ProjectCommand(At, By);

    /// <summary>The member becomes owner and the owner who asks becomes editor, at once.</summary>
    public sealed record TransferOwnership(DateTimeOffset At, string By, string AccountId, long? ExpectedVersion = null) : ProjectCommand(At, By);

    /// <param name="Email">Who may accept; null for whoever has the link.</param>
    /// <param name="InviteeId">The account of that address, when it has one.</param>
    /// <param name="TokenHash">SHA-256 of the secret, base64url.</param>
    /// <param name="ByName">The inviter's name, for who is told of it.</param>
    public sealed record Invite(
        DateTimeOffset At,
        string By,
        string InvitationId,
        string? Email,
        string? InviteeId,
        ProjectRole Role,
        string TokenHash,
        TimeSpan Lifetime,
        int MaximumUses,
        string ByName = "")
        : ProjectCommand(At, By);

    /// <summary>The accounts behind these invitations' addresses are told, or there are none.</summary>
    public sealed record ConfirmTold(DateTimeOffset At, string By, ImmutableArray<string> InvitationIds) : ProjectCommand(At, By);

    /// <param name="ExpectedVersion">The invitation's version that the writer saw (If-Match); null writes whatever it is.</param>
    public sealed record RevokeInvitation(DateTimeOffset At, string By, string InvitationId, long? ExpectedVersion = null) : ProjectCommand(At, By);

    /// <param name="Email">The address of the account that accepts, as accounts keep it.</param>
    /// <param name="InvitationId">Names an invitation to that address; ignored when <paramref name="TokenHash"/> is given.</param>
    public sealed record AcceptInvitation(DateTimeOffset At, string By, string Email, string? InvitationId, string? TokenHash) : ProjectCommand(At, By);

    /// <inheritdoc cref="AcceptInvitation"/>
    public sealed record DeclineInvitation(DateTimeOffset At, string By, string Email, string? InvitationId, string? TokenHash) : ProjectCommand(At, By);

    public sealed record Delete(DateTimeOffset At, string By, long? ExpectedVersion) : ProjectCommand(At, By);
}
