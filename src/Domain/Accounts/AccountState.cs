using System.Collections.Immutable;
using System.Diagnostics;

namespace Actors.Domain.Accounts;

/// <summary>An account as its events made it. <see cref="None"/> is the account that was never registered.</summary>
/// <param name="Version">How many events made it.</param>
/// <param name="Failures">Failed logins since the last success or lockout.</param>
/// <param name="Lockouts">Lockouts since the last success: each makes the next one longer.</param>
/// <param name="Sessions">In the order of their start.</param>
/// <param name="Tokens">Absent from snapshots that are older than personal access tokens.</param>
/// <param name="Reset">The newest permission to set a password anew; null when there is none, or it was used.</param>
/// <param name="Greeted">It was told what its address had been invited to before it was there.</param>
public sealed partial record AccountState(
    long Version,
    string Id,
    string Email,
    string Name,
    string PasswordHash,
    InstallationRole Role,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    bool IsDisabled,
    int Failures,
    int Lockouts,
    DateTimeOffset? LockedUntil,
    ImmutableArray<Session> Sessions,
    ImmutableArray<PersonalToken> Tokens = default,
    PasswordResetPermit? Reset = null,
    bool Greeted = false)
{
    public static readonly AccountState None = new(0, "", "", "", "", InstallationRole.Member, default, default, false, 0, 0, null, [], []);

    /// <summary>In the order of their creation.</summary>
    public ImmutableArray<PersonalToken> Tokens { get; init; } = Tokens.IsDefault ? [] : Tokens;

    public bool Exists() => Version > 0;

    /// <summary>
    /// What changes with whatever somebody changes of the account, but not with every login: the version that writers who
    /// read the account before compare.
    /// </summary>
    public long Edition() => UpdatedAt.UtcTicks;

    /// <summary>Why a write that expects an edition is refused, or null.</summary>
    public Refusal? RefuseEdition(long? expected) =>
        expected is { } edition && edition != Edition() ? new Refusal(ErrorCodes.PreconditionFailed, "the account has changed since it was read") : null;

    public bool IsLocked(DateTimeOffset at) => LockedUntil > at;

    public Session? FindSession(string sessionId) => Sessions.FirstOrDefault(session => session.Id == sessionId);

    /// <summary>The state after <paramref name="event"/>. Total: every event that was ever journalled applies.</summary>
    public AccountState Apply(AccountEvent @event) => Changed(@event) with { Version = Version + 1 };

    private AccountState Changed(AccountEvent @event) => @event switch
    {
        AccountEvent.Registered e => None with { Id = e.Id, Email = e.Email, Name = e.Name, PasswordHash = e.PasswordHash, Role = e.Role, CreatedAt = e.At, UpdatedAt = e.At },
        AccountEvent.LoginFailed { LockedUntil: null } => this with { Failures = Failures + 1 },
        AccountEvent.LoginFailed e => this with { Failures = 0, Lockouts = Lockouts + 1, LockedUntil = e.LockedUntil },
        AccountEvent.SessionStarted e => this with
        {
            Failures = 0,
            Lockouts = 0,
            LockedUntil = null,
            Sessions = Without(e.Ended).Add(e.Session),
        },
        AccountEvent.SessionRefreshed e => this with
        {
            Sessions = [.. Sessions.Select(session => session.Id == e.SessionId
                ? session with { TokenHash = e.TokenHash, ExpiresAt = e.ExpiresAt, LastSeenAt = e.At, Generation = session.Generation + 1 }
                : session)],
        },
        AccountEvent.SessionsEnded e => this with { Sessions = Without(e.SessionIds) },
        AccountEvent.PasswordChanged e => this with
        {
            PasswordHash = e.PasswordHash,
            UpdatedAt = e.At,
            Sessions = Sessions.RemoveAll(session => session.Id != e.KeptSession),
        },
        AccountEvent.PasswordRehashed e => this with { PasswordHash = e.PasswordHash },
        AccountEvent.Renamed e => this with { Name = e.Name, UpdatedAt = e.At },
        AccountEvent.RoleChanged e => this with { Role = e.Role, UpdatedAt = e.At },
        AccountEvent.Disabled e => this with { IsDisabled = true, UpdatedAt = e.At, Sessions = [], Tokens = [], Reset = null },
        AccountEvent.Enabled e => this with { IsDisabled = false, UpdatedAt = e.At },
        AccountEvent.TokenCreated e => this with { Tokens = Tokens.RemoveAll(token => e.Forgotten.Contains(token.Id)).Add(e.Token) },
        AccountEvent.TokenRevoked e => this with { Tokens = Tokens.RemoveAll(token => token.Id == e.TokenId) },
        AccountEvent.TokenUsed e => this with { Tokens = [.. Tokens.Select(token => token.Id == e.TokenId ? token with { LastUsedAt = e.At } : token)] },
        AccountEvent.ResetPermitted e => this with { Reset = e.Permit },
        AccountEvent.PasswordReset e => this with
        {
            PasswordHash = e.PasswordHash,
            UpdatedAt = e.At,
            Sessions = [],
            Reset = null,
            Failures = 0,
            Lockouts = 0,
            LockedUntil = null,
        },
        AccountEvent.Greeted => this with { Greeted = true },
        AccountEvent.Unlocked => this with { Failures = 0, Lockouts = 0, LockedUntil = null },
        _ => throw new UnreachableException($"unknown account event {@event.GetType().Name}"),
    };

    private ImmutableArray<Session> Without(ImmutableArray<string> ids) => Sessions.RemoveAll(session => ids.Contains(session.Id));
}
