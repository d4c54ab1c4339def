using Actors.Domain.Accounts;

namespace Actors.Grains.Interfaces.Accounts;

/// <summary>What a session starts with. The secrets stay with the client; the server keeps these hashes.</summary>
/// <param name="SessionId">A fresh id, chosen by the caller.</param>
/// <param name="FamilyHash">SHA-256 of the secret that all refresh tokens of the session share, base64url.</param>
/// <param name="TokenHash">SHA-256 of the first refresh token's own secret, base64url.</param>
/// <param name="Device">The user agent, for the list of sessions.</param>
public sealed record NewSession(string SessionId, string FamilyHash, string TokenHash, string? Device);

/// <param name="AccountId">A fresh id, chosen by the caller.</param>
public sealed record Registration(string AccountId, string? Email, string? Name, string? Password, NewSession Session);

/// <param name="PasswordHash">Of a password that passed the policy.</param>
public sealed record AccountRegistration(string Email, string Name, string PasswordHash, InstallationRole Role, NewSession Session);

public sealed record EmailLogin(string? Email, string? Password, NewSession Session);

public sealed record PasswordLogin(string Password, NewSession Session);

/// <param name="TokenHash">Of the token that is spent.</param>
/// <param name="NextTokenHash">Of the token that replaces it.</param>
public sealed record TokenRefresh(string SessionId, string FamilyHash, string TokenHash, string NextTokenHash);

/// <param name="KeptSession">The session that asks; all others end.</param>
public sealed record PasswordChange(string? Current, string? New, string KeptSession);

/// <param name="Limit">1 to 100.</param>
/// <param name="NameContains">Only accounts whose name contains this, ignoring case.</param>
public sealed record AccountQuery(int Limit, string? Cursor, string? NameContains = null);
