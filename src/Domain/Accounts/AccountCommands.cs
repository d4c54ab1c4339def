namespace Actors.Domain.Accounts;

/// <summary>What can be asked of an account. Time, ids and hashes come in with the command.</summary>
public abstract record AccountCommand(DateTimeOffset At)
{
    /// <param name="PasswordHash">Of a password that passed <see cref="PasswordPolicy"/>.</param>
    public sealed record Register(DateTimeOffset At, string Id, string? Email, string? Name, string PasswordHash, InstallationRole Role) : AccountCommand(At);

    /// <summary>A password was wrong.</summary>
    public sealed record FailLogin(DateTimeOffset At) : AccountCommand(At);

    /// <param name="VerifiedHash">The hash that the password was verified against: it may have been replaced meanwhile.</param>
    public sealed record StartSession(DateTimeOffset At, string VerifiedHash, string SessionId, string FamilyHash, string TokenHash, string? Device) : AccountCommand(At);

    public sealed record RefreshSession(DateTimeOffset At, string SessionId, string FamilyHash, string TokenHash, string NextTokenHash) : AccountCommand(At);

    public sealed record EndSession(DateTimeOffset At, string SessionId) : AccountCommand(At);

    /// <param name="VerifiedHash">The hash that the current password was verified against.</param>
    public sealed record ChangePassword(DateTimeOffset At, string VerifiedHash, string PasswordHash, string? KeptSession) : AccountCommand(At);

    public sealed record RehashPassword(DateTimeOffset At, string VerifiedHash, string PasswordHash) : AccountCommand(At);

    public sealed record Rename(DateTimeOffset At, string? Name) : AccountCommand(At);

    public sealed record ChangeRole(DateTimeOffset At, InstallationRole Role) : AccountCommand(At);

    public sealed record Disable(DateTimeOffset At) : AccountCommand(At);

    public sealed record Enable(DateTimeOffset At) : AccountCommand(At);
}
