using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Actors.Domain.Accounts;

/// <summary>What happened to an account, as its journal keeps it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Registered), "registered")]
[JsonDerivedType(typeof(LoginFailed), "loginFailed")]
[JsonDerivedType(typeof(SessionStarted), "sessionStarted")]
[JsonDerivedType(typeof(SessionRefreshed), "sessionRefreshed")]
[JsonDerivedType(typeof(SessionsEnded), "sessionsEnded")]
[JsonDerivedType(typeof(PasswordChanged), "passwordChanged")]
[JsonDerivedType(typeof(PasswordRehashed), "passwordRehashed")]
[JsonDerivedType(typeof(Renamed), "renamed")]
[JsonDerivedType(typeof(RoleChanged), "roleChanged")]
[JsonDerivedType(typeof(Disabled), "disabled")]
[JsonDerivedType(typeof(Enabled), "enabled")]
[JsonDerivedType(typeof(TokenCreated), "tokenCreated")]
[JsonDerivedType(typeof(TokenRevoked), "tokenRevoked")]
[JsonDerivedType(typeof(TokenUsed), "tokenUsed")]
[JsonDerivedType(typeof(ResetPermitted), "resetPermitted")]
[JsonDerivedType(typeof(PasswordReset), "passwordReset")]
[JsonDerivedType(typeof(Unlocked), "unlocked")]
[JsonDerivedType(typeof(Greeted), "greeted")]
public abstract record AccountEvent(DateTimeOffset At)
{
    public sealed record Registered(DateTimeOffset At, string Id, string Email, string Name, string PasswordHash, InstallationRole Role) : AccountEvent(At);

    /// <param name="LockedUntil">Present when this failure locked the account.</param>
    public sealed record LoginFailed(DateTimeOffset At, DateTimeOffset? LockedUntil) : AccountEvent(At);

    /// <param name="Ended">Sessions that made room: expired ones, or the one used longest ago.</param>
    public sealed record SessionStarted(DateTimeOffset At, Session Session, ImmutableArray<string> Ended) : AccountEvent(At);

    public sealed record SessionRefreshed(DateTimeOffset At, string SessionId, string TokenHash, DateTimeOffset ExpiresAt) : AccountEvent(At);

    public sealed record SessionsEnded(DateTimeOffset At, ImmutableArray<string> SessionIds, SessionEnd Reason) : AccountEvent(At);

    /// <param name="KeptSession">The session that changed it; all others end.</param>
    public sealed record PasswordChanged(DateTimeOffset At, string PasswordHash, string? KeptSession) : AccountEvent(At);

    /// <summary>The same password, hashed with newer parameters.</summary>
    public sealed record PasswordRehashed(DateTimeOffset At, string PasswordHash) : AccountEvent(At);

    public sealed record Renamed(DateTimeOffset At, string Name) : AccountEvent(At);

    public sealed record RoleChanged(DateTimeOffset At, InstallationRole Role) : AccountEvent(At);

    /// <summary>The account may not log in, and its sessions and tokens end.</summary>
    public sealed record Disabled(DateTimeOffset At) : AccountEvent(At);

    public sealed record Enabled(DateTimeOffset At) : AccountEvent(At);

    /// <param name="Forgotten">Tokens that had expired.</param>
    public sealed record TokenCreated(DateTimeOffset At, PersonalToken Token, ImmutableArray<string> Forgotten) : AccountEvent(At);

    public sealed record TokenRevoked(DateTimeOffset At, string TokenId) : AccountEvent(At);

    /// <summary>Noted at most once in <see cref="PersonalToken.UseResolution"/>.</summary>
    public sealed record TokenUsed(DateTimeOffset At, string TokenId) : AccountEvent(At);

    /// <param name="By">The administrator.</param>
    public sealed record ResetPermitted(DateTimeOffset At, string By, PasswordResetPermit Permit) : AccountEvent(At);

    /// <summary>The permission is spent, every session ends, and a lockout with them.</summary>
    public sealed record PasswordReset(DateTimeOffset At, string PasswordHash) : AccountEvent(At);

    public sealed record Unlocked(DateTimeOffset At) : AccountEvent(At);

    /// <summary>The account was told what its address had been invited to before.</summary>
    public sealed record Greeted(DateTimeOffset At) : AccountEvent(At);
}

/// <summary>Why sessions ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SessionEnd>))]
public enum SessionEnd
{
    [JsonStringEnumMemberName("loggedOut")]
    LoggedOut,

    /// <summary>A spent refresh token was shown again: someone else has a copy of it.</summary>
    [JsonStringEnumMemberName("tokenReused")]
    TokenReused,

    /// <summary>Ended from another session, or by an administrator.</summary>
    [JsonStringEnumMemberName("revoked")]
    Revoked,
}
