using Actors.Domain.Accounts;
using Actors.Domain.Lists;

namespace Actors.Grains.Interfaces.Accounts;

/// <summary>What a session starts with. The secrets stay with the client; the server keeps these hashes.</summary>
/// <param name="SessionId">A fresh id, chosen by the caller.</param>
/// <param name="FamilyHash">SHA-256 of the secret that all refresh tokens of the session share, base64url.</param>
/// <param name="TokenHash">SHA-256 of the first refresh token's own secret, base64url.</param>
/// <param name="Device">The user agent, for the list of sessions.</param>
/// <param name="Address">The network address, for the list of sessions.</param>
public sealed record NewSession(string SessionId, string FamilyHash, string TokenHash, string? Device, string? Address = null);

/// <param name="AccountId">A fresh id, chosen by the caller.</param>
/// <param name="InvitationHash">The hash of an invitation's secret, where one is needed to register.</param>
public sealed record Registration(string AccountId, string? Email, string? Name, string? Password, NewSession Session, string? InvitationHash = null);

/// <param name="PasswordHash">Of a password that passed the policy.</param>
public sealed record AccountRegistration(string Email, string Name, string PasswordHash, InstallationRole Role, NewSession Session);

public sealed record EmailLogin(string? Email, string? Password, NewSession Session);

public sealed record PasswordLogin(string Password, NewSession Session);

/// <param name="TokenHash">Of the token that is spent.</param>
/// <param name="NextTokenHash">Of the token that replaces it.</param>
public sealed record TokenRefresh(string SessionId, string FamilyHash, string TokenHash, string NextTokenHash);

/// <param name="KeptSession">The session that asks; all others end.</param>
public sealed record PasswordChange(string? Current, string? New, string KeptSession);

/// <param name="List">Sorted by a key of <see cref="ListSort"/>, searched by name and address.</param>
/// <param name="Role">Only accounts of this role.</param>
/// <param name="Disabled">Only those that are disabled, or only those that are not.</param>
public sealed record AccountQuery(ListRequest List, InstallationRole? Role = null, bool? Disabled = null);
