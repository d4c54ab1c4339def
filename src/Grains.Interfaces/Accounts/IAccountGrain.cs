using System.Collections.Immutable;
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

    /// <summary>Refuses <c>invalid_credentials</c>, <c>account_locked</c>, <c>account_disabled</c> or <c>overloaded</c>.</summary>
    Task<SignInReply> LogIn(PasswordLogin login);

    /// <summary>Spends a refresh token for the next one. Refuses <c>refresh_token_invalid</c> or <c>refresh_token_reused</c>.</summary>
    Task<SignInReply> Refresh(TokenRefresh refresh);

    /// <summary>Ends a session; ending one that has ended already is no error.</summary>
    Task<AccountReply> LogOut(string sessionId);

    /// <summary>Replaces the password and ends every other session. A wrong current password counts as a failed login.</summary>
    Task<AccountReply> ChangePassword(PasswordChange change);

    /// <param name="expectedVersion">The version that the writer saw, else <c>precondition_failed</c>; null writes whatever it is.</param>
    Task<AccountReply> Rename(string name, long? expectedVersion = null);

    /// <summary>Called by <see cref="IAdministratorsGrain"/> only, which keeps an administrator.</summary>
    Task<AccountReply> ChangeRole(InstallationRole role, long? expectedVersion = null);

    /// <summary>
    /// Forbids logins and ends every session and token, or allows logins again. Called by <see cref="IAdministratorsGrain"/> only.
    /// </summary>
    Task<AccountReply> SetDisabled(bool disabled, long? expectedVersion = null);

    /// <summary>The account as others may see it, or null when there is none.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<AccountView?> Get();

    [ReadOnly]
    [AlwaysInterleave]
    Task<AccountDetails?> GetDetails();

    /// <summary>The sessions that are alive, oldest first.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<ImmutableArray<SessionView>> ListSessions();

    /// <summary>Ends one session. Refuses <c>not_found</c>.</summary>
    Task<AccountReply> EndSession(string sessionId);

    /// <summary>Ends every session but one, or, with null, every session. Personal access tokens stay.</summary>
    Task<AccountReply> EndSessions(string? keptSession);

    /// <summary>Refuses <c>validation_failed</c>, <c>limit_reached</c>, or <c>forbidden</c> for a scope that the account has not.</summary>
    Task<PersonalTokenReply> CreateToken(NewPersonalToken token);

    /// <summary>The personal access tokens, expired ones too until others are made, oldest first.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<ImmutableArray<PersonalTokenView>> ListTokens();

    /// <summary>Refuses <c>not_found</c>.</summary>
    Task<AccountReply> RevokeToken(string tokenId);

    /// <summary>Whether a personal access token is alive, and for whom; null when it is not. Notes the use, at most once a minute.</summary>
    [AlwaysInterleave]
    Task<PersonalTokenCheck?> CheckToken(string tokenId, string secretHash);

    /// <summary>Lets the password be set anew once; an earlier permission ends.</summary>
    Task<ResetReply> PermitReset(ResetPermission permission);

    /// <summary>Spends a permission, ends every session and any lockout. Refuses <c>reset_token_invalid</c>, <c>password_too_weak</c> or <c>overloaded</c>.</summary>
    Task<AccountReply> ResetPassword(PasswordResetting reset);

    /// <summary>Forgives failed logins and ends a lockout.</summary>
    Task<AccountReply> Unlock();

    /// <summary>Whether a session, or a personal access token by its id, is alive, and for whom; null when it is not. Reads memory only: every request asks.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<SessionCheck?> CheckSession(string sessionId);

    /// <summary>The sessions and tokens that are alive: at once, and after each change.</summary>
    IAsyncEnumerable<ActiveSessions> WatchSessions(CancellationToken cancellationToken);
}
