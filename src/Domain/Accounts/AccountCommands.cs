namespace Actors.Domain.Accounts;

/// <summary>What can be asked of an account. Time, ids and hashes come in with the command.</summary>
public abstract record AccountCommand(DateTimeOffset At)
{
    /// <param name="PasswordHash">Of a password that passed <see cref="PasswordPolicy"/>.</param>
    public sealed record Register(DateTimeOffset At, string Id, string? Email, string? Name, string PasswordHash, InstallationRole Role) : AccountCommand(At);

    /// <summary>A password was wrong.</summary>
    public sealed record FailLogin(DateTimeOffset At) : AccountCommand(At);

    /// <param name="VerifiedHash">The hash that the password was verified against: it may have been replaced meanwhile.</param>
    public sealed record StartSession(DateTimeOffset At, string VerifiedHash, string SessionId, string FamilyHash, string TokenHash, string? Device, string? Address = null) : AccountCommand(At);

    public sealed record RefreshSession(DateTimeOffset At, string SessionId, string FamilyHash, string TokenHash, string NextTokenHash) : AccountCommand(At);

    /// <param name="MustExist">Whether ending one that is not there is refused; a logout that comes twice is not.</param>
    public sealed record EndSession(DateTimeOffset At, string SessionId, SessionEnd Reason = SessionEnd.LoggedOut, bool MustExist = false) : AccountCommand(At);

    /// <param name="KeptSession">The one that stays; null ends all.</param>
    public sealed record EndSessions(DateTimeOffset At, string? KeptSession) : AccountCommand(At);

    /// <param name="SecretHash">SHA-256 of the secret, base64url.</param>
    /// <param name="Lifetime">Null for a token that lives until it is revoked.</param>
    public sealed record CreateToken(DateTimeOffset At, string TokenId, string? Name, string SecretHash, TokenScopes Scopes, TimeSpan? Lifetime) : AccountCommand(At);

    public sealed record RevokeToken(DateTimeOffset At, string TokenId) : AccountCommand(At);

    public sealed record NoteTokenUse(DateTimeOffset At, string TokenId) : AccountCommand(At);

    /// <param name="By">The administrator that lets the password be set anew.</param>
    public sealed record PermitReset(DateTimeOffset At, string By, string TokenHash) : AccountCommand(At);

    /// <param name="PasswordHash">Of a password that passed <see cref="PasswordPolicy"/>.</param>
    public sealed record ResetPassword(DateTimeOffset At, string TokenHash, string PasswordHash) : AccountCommand(At);

    /// <summary>Forgives failed logins and ends a lockout.</summary>
    public sealed record Unlock(DateTimeOffset At) : AccountCommand(At);

    /// <summary>The account was told what its address had been invited to before it was there.</summary>
    public sealed record NoteGreeting(DateTimeOffset At) : AccountCommand(At);

    /// <param name="VerifiedHash">The hash that the current password was verified against.</param>
    public sealed record ChangePassword(DateTimeOffset At, string VerifiedHash, string PasswordHash, string? KeptSession) : AccountCommand(At);

    public sealed record RehashPassword(DateTimeOffset At, string VerifiedHash, string PasswordHash) : AccountCommand(At);

    /// <param name="Expected">The edition that the writer saw (If-Match); null writes whatever it is.</param>
    public sealed record Rename(DateTimeOffset At, string? Name, long? Expected = null) : AccountCommand(At);

    /// <inheritdoc cref="Rename"/>
    public sealed record ChangeRole(DateTimeOffset At, InstallationRole Role, long? Expected = null) : AccountCommand(At);

    /// <inheritdoc cref="Rename"/>
    public sealed record Disable(DateTimeOffset At, long? Expected = null) : AccountCommand(At);

    /// <inheritdoc cref="Rename"/>
    public sealed record Enable(DateTimeOffset At, long? Expected = null) : AccountCommand(At);
}
