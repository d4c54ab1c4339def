using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Actors.Domain.Projects;

/// <summary>
/// An offer to join a project, for one address or for whoever has the link. Its secret is known to those who were given
/// it; here is only the hash.
/// </summary>
/// <param name="Email">The address that may accept; null for a link.</param>
/// <param name="TokenHash">SHA-256 of the secret, base64url.</param>
/// <param name="UsedBy">The accounts that joined by it. Nobody joins twice: a member who was removed does not come back by an old link.</param>
/// <param name="End">How it was ended before it expired or was used up; null while it was not.</param>
public sealed record Invitation(
    string Id,
    string? Email,
    ProjectRole Role,
    string TokenHash,
    string InvitedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    int MaximumUses,
    ImmutableArray<string> UsedBy,
    InvitationStatus? End)
{
    /// <summary>Invitations of a project that may be open at a time.</summary>
    public const int MaximumOpen = 100;

    /// <summary>Ended invitations that a project remembers, so that their links say why they do not work any more.</summary>
    public const int MaximumEnded = 100;

    /// <summary>The most people that one link may let in.</summary>
    public const int MostUses = 100;

    public static readonly TimeSpan ShortestLife = TimeSpan.FromDays(1);
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(30);

    /// <summary>1 when it was made, and more with each change; that it expires is none.</summary>
    public long Version() => 1 + UsedBy.Length + (End is null ? 0 : 1);

    public InvitationStatus StatusAt(DateTimeOffset at) =>
        End ?? (UsedBy.Length >= MaximumUses ? InvitationStatus.Accepted
            : ExpiresAt <= at ? InvitationStatus.Expired
            : InvitationStatus.Open);

    /// <summary>Why it lets nobody in any more, or null while it is open.</summary>
    public Refusal? RefuseAt(DateTimeOffset at) => StatusAt(at) switch
    {
        InvitationStatus.Revoked => new Refusal(ErrorCodes.InvitationRevoked, "the invitation was taken back"),
        InvitationStatus.Declined => new Refusal(ErrorCodes.InvitationDeclined, "the invitation was declined"),
        InvitationStatus.Accepted => new Refusal(ErrorCodes.InvitationUsedUp, "the invitation was used as often as it may be"),
        InvitationStatus.Expired => new Refusal(ErrorCodes.InvitationExpired, $"the invitation expired at {ExpiresAt:u}"),
        _ => null,
    };
}

/// <summary>That an invitation's address is still to be told of it.</summary>
/// <param name="ByName">The inviter's name.</param>
public sealed record InvitationNotice(string InvitationId, string ByName);

/// <summary>What has become of an invitation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InvitationStatus>))]
public enum InvitationStatus
{
    [JsonStringEnumMemberName("open")]
    Open,

    /// <summary>As many joined as it lets in.</summary>
    [JsonStringEnumMemberName("accepted")]
    Accepted,

    /// <summary>The address that was invited said no.</summary>
    [JsonStringEnumMemberName("declined")]
    Declined,

    /// <summary>An owner took it back.</summary>
    [JsonStringEnumMemberName("revoked")]
    Revoked,

    [JsonStringEnumMemberName("expired")]
    Expired,
}
