using Actors.Domain.Accounts;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Interfaces.Accounts;

/// <summary>
/// One account; its key is the account id. Passwords are verified beside the grain's turns by a bounded service, and no
/// more attempts run at a time than failures are left before the lockout, so that a burst guesses no more than a trickle.
/// Secrets of tokens never arrive here: the front end makes them and sends hashes.
/// </summary>
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>Creates the account and its first session. Called by <see cref="IAccountDirectoryGrain.Register"/> only.</summary>
    Task<SignInReply> Register(AccountRegistration registration);

    /// <summary>Refuses <c>invalid_credentials</c>, <c>account_locked</c> or <c>overloaded</c>.</summary>
    Task<SignInReply> LogIn(PasswordLogin login);

    /// <summary>Spends a refresh token for the next one. Refuses <c>refresh_token_invalid</c> or <c>refresh_token_reused</c>.</summary>
    Task<SignInReply> Refresh(TokenRefresh refresh);

    /// <summary>Ends a session; ending one that has ended already is no error.</summary>
    Task<AccountReply> LogOut(string sessionId);

    /// <summary>Replaces the password and ends every other session. A wrong current password counts as a failed login.</summary>
    Task<AccountReply> ChangePassword(PasswordChange change);

    Task<AccountReply> Rename(string name);

    Task<AccountReply> ChangeRole(InstallationRole role);

    /// <summary>Forbids logins and ends every session, or allows them again.</summary>
    Task<AccountReply> SetDisabled(bool disabled);

    /// <summary>The account as others may see it, or null when there is none.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<AccountView?> Get();

    /// <summary>Whether a session is alive, and for whom; null when it is not. Reads memory only: every request asks.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<SessionCheck?> CheckSession(string sessionId);

    /// <summary>The sessions that are alive: at once, and after each change.</summary>
    IAsyncEnumerable<ActiveSessions> WatchSessions(CancellationToken cancellationToken);
}
