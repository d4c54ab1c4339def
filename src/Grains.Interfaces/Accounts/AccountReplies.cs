using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Domain.Accounts;

namespace Actors.Grains.Interfaces.Accounts;

/// <summary>An account without its secrets.</summary>
/// <param name="Version">Another after whatever somebody changes of the account; a login is no change.</param>
public sealed record AccountView(
    string Id,
    string Email,
    string Name,
    InstallationRole Role,
    bool IsDisabled,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version);

/// <summary>Who a live session belongs to, as of now: a role that was taken away is gone from the next request on.</summary>
public sealed record SessionCheck(string AccountId, string Name, InstallationRole Role, DateTimeOffset ExpiresAt);

/// <summary>The sessions and personal access tokens of an account that are alive. One that is missing from a later item has ended.</summary>
public sealed record ActiveSessions(long Version, ImmutableArray<string> SessionIds);

/// <summary>The answer to whoever wants a session.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(SignedIn), "signedIn")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record SignInReply
{
    public sealed record SignedIn(AccountView Account, string SessionId, DateTimeOffset SessionExpiresAt) : SignInReply;

    /// <param name="RetryAfter">How long a lockout still lasts.</param>
    /// <param name="AccountId">The account that it was tried for, for the audit log; never answered. Null when there is none.</param>
    public sealed record Refused(Refusal Error, TimeSpan? RetryAfter = null, string? AccountId = null) : SignInReply;
}

/// <summary>The answer to a change of an account.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record AccountReply
{
    public sealed record Done(AccountView Account) : AccountReply;

    /// <param name="RetryAfter">How long a lockout still lasts.</param>
    public sealed record Refused(Refusal Error, TimeSpan? RetryAfter = null) : AccountReply;
}

/// <summary>The answer to a list of accounts.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Page), "page")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record AccountPageReply
{
    public sealed record Page(ImmutableArray<AccountView> Items, string? NextCursor) : AccountPageReply;

    public sealed record Refused(Refusal Error) : AccountPageReply;
}
