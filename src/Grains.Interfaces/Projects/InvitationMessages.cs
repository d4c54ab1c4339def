using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Domain.Lists;
using Actors.Domain.Projects;

namespace Actors.Grains.Interfaces.Projects;

/// <param name="By">The owner that asks.</param>
/// <param name="ByName">Their name, for the notification of the invitee.</param>
/// <param name="InvitationId">A fresh id, chosen by the caller.</param>
/// <param name="Email">Who may accept; null for whoever has the link.</param>
/// <param name="InviteeId">The account of that address, when it has one.</param>
/// <param name="TokenHash">SHA-256 of the secret, base64url. The secret stays with the caller.</param>
public sealed record NewInvitation(
    string By, string ByName, string InvitationId, string? Email, string? InviteeId, ProjectRole Role, string TokenHash, TimeSpan Lifetime, int MaximumUses);

public sealed record InvitationRevocation(string By, string InvitationId, long? ExpectedVersion = null);

/// <summary>An account before an invitation: by the hash of its secret, or by the id of one that is addressed to them.</summary>
/// <param name="Email">The account's address.</param>
public sealed record InvitationKey(string AccountId, string Email, string? InvitationId, string? TokenHash);

public sealed record OwnershipTransfer(string By, string AccountId, long? ExpectedVersion = null);

/// <param name="By">The owner that asks.</param>
/// <param name="List">Sorted by <c>createdAt</c>, <c>expiresAt</c> or <c>email</c>, searched by address.</param>
/// <param name="Status">Only those of which this has become.</param>
public sealed record InvitationQuery(string By, ListRequest List, InvitationStatus? Status = null);

/// <param name="List">Sorted by <c>createdAt</c>, <c>expiresAt</c> or <c>projectName</c>, searched by the names of project and inviter.</param>
/// <param name="Role">Only invitations to this role.</param>
public sealed record AddressedQuery(string Email, ListRequest List, ProjectRole? Role = null);

/// <summary>An invitation as owners see it: without its secret.</summary>
/// <param name="Email">Null for a link.</param>
/// <param name="InvitedBy">The account that made it.</param>
/// <param name="Uses">How many joined by it.</param>
/// <param name="Version">Grows with each change; that it expires is none.</param>
public sealed record InvitationView(
    string Id,
    string ProjectId,
    string? Email,
    ProjectRole Role,
    InvitationStatus Status,
    string InvitedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    int MaximumUses,
    int Uses,
    long Version = 1);

/// <summary>An invitation as those see it who may answer it.</summary>
/// <param name="Email">The only address that may accept; null for a link.</param>
/// <param name="InvitedByName">The inviter's name as it is now; null when the account is gone.</param>
public sealed record InvitationOffer(
    string Id, string ProjectId, string ProjectName, ProjectRole Role, string? Email, string InvitedBy, string? InvitedByName, DateTimeOffset ExpiresAt);

/// <summary>The answer to an owner.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record InvitationReply
{
    public sealed record Done(InvitationView Invitation) : InvitationReply;

    public sealed record Refused(Refusal Error) : InvitationReply;
}

/// <summary>The answer to somebody who is invited.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Open), "open")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record InvitationOfferReply
{
    /// <summary>It is open. Names of accounts are left to the reader to fill in.</summary>
    public sealed record Open(InvitationOffer Offer) : InvitationOfferReply;

    public sealed record Refused(Refusal Error) : InvitationOfferReply;
}

/// <summary>The answer to a list of a project's invitations.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Page), "page")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record InvitationPageReply
{
    public sealed record Page(ImmutableArray<InvitationView> Items, string? NextCursor) : InvitationPageReply;

    public sealed record Refused(Refusal Error) : InvitationPageReply;
}

/// <summary>The answer to a list of what an address is invited to.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Page), "page")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record InvitationOfferPageReply
{
    public sealed record Page(ImmutableArray<InvitationOffer> Items, string? NextCursor) : InvitationOfferPageReply;

    public sealed record Refused(Refusal Error) : InvitationOfferPageReply;
}
