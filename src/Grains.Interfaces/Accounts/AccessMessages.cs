using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Domain.Accounts;

namespace Actors.Grains.Interfaces.Accounts;

/// <summary>A login as its owner sees it.</summary>
/// <param name="LastUsedAt">The last request, or, after the account was unloaded, the last refresh.</param>
/// <param name="Address">The network address that logged in.</param>
/// <param name="UserAgent">As the client gave it, shortened.</param>
public sealed record SessionView(
    string Id, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, DateTimeOffset ExpiresAt, string? Address, string? UserAgent);

/// <param name="TokenId">A fresh id, chosen by the caller.</param>
/// <param name="SecretHash">SHA-256 of the secret, base64url. The secret stays with the caller.</param>
/// <param name="Lifetime">Null for a token that lives until it is revoked.</param>
public sealed record NewPersonalToken(string TokenId, string? Name, string SecretHash, TokenScopes Scopes, TimeSpan? Lifetime);

/// <summary>A personal access token without its secret.</summary>
public sealed record PersonalTokenView(
    string Id, string Name, TokenScopes Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt);

/// <summary>Whose a live token is, and what it may do now: <c>admin</c> only while the account is an administrator.</summary>
public sealed record PersonalTokenCheck(string AccountId, string Name, InstallationRole Role, TokenScopes Scopes, DateTimeOffset? ExpiresAt);

/// <param name="By">The administrator that allows it.</param>
/// <param name="TokenHash">SHA-256 of the secret, base64url.</param>
public sealed record ResetPermission(string By, string TokenHash);

public sealed record PasswordResetting(string TokenHash, string? New);

/// <summary>What an administrator changes; null keeps.</summary>
/// <param name="ExpectedVersion">The version that the writer saw; null writes whatever it is.</param>
public sealed record AccountAdministration(string AccountId, InstallationRole? Role, bool? Disabled, long? ExpectedVersion = null);

/// <summary>An account as administrators see it.</summary>
/// <param name="LockedUntil">Present while it is locked.</param>
public sealed record AccountDetails(AccountView Account, DateTimeOffset? LockedUntil, int Sessions, int Tokens);

/// <summary>The answer to whoever wants a token.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record PersonalTokenReply
{
    public sealed record Done(PersonalTokenView Token) : PersonalTokenReply;

    public sealed record Refused(Refusal Error) : PersonalTokenReply;
}

/// <summary>The answer to an administrator who allows a reset.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Permitted), "permitted")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record ResetReply
{
    public sealed record Permitted(DateTimeOffset ExpiresAt) : ResetReply;

    public sealed record Refused(Refusal Error) : ResetReply;
}
