namespace Actors.Domain.Accounts;

/// <param name="PasswordHash">Of a password that passed <see cref="PasswordPolicy"/>.</param>
public sealed record RegisterAccount(DateTimeOffset At, string Id, string? Email, string? Name, string PasswordHash, InstallationRole Role);

/// <summary>A password was wrong.</summary>
public sealed record FailLogin(DateTimeOffset At);

/// <param name="VerifiedHash">The hash that the password was verified against: it may have been replaced meanwhile.</param>
public sealed record StartSession(DateTimeOffset At, string VerifiedHash, string SessionId, string FamilyHash, string TokenHash, string? Device);

public sealed record RefreshSession(DateTimeOffset At, string SessionId, string FamilyHash, string TokenHash, string NextTokenHash);

public sealed record EndSession(DateTimeOffset At, string SessionId);

/// <param name="VerifiedHash">The hash that the current password was verified against.</param>
public sealed record ChangePassword(DateTimeOffset At, string VerifiedHash, string PasswordHash, string? KeptSession);

public sealed record RehashPassword(DateTimeOffset At, string VerifiedHash, string PasswordHash);

public sealed record RenameAccount(DateTimeOffset At, string? Name);

public sealed record ChangeInstallationRole(DateTimeOffset At, InstallationRole Role);

public sealed record DisableAccount(DateTimeOffset At);

public sealed record EnableAccount(DateTimeOffset At);
