using System.Collections.Immutable;
using AccountDecision = Actors.Domain.Decision<Actors.Domain.Accounts.AccountState, Actors.Domain.Accounts.AccountEvent>;

namespace Actors.Domain.Accounts;

/// <summary>Sessions, personal access tokens, and passwords that an administrator lets be set anew.</summary>
public sealed partial record AccountState
{
    private static readonly Refusal NoSession = new(ErrorCodes.NotFound, "there is no such session");
    private static readonly Refusal NoToken = new(ErrorCodes.NotFound, "there is no such token");
    private static readonly Refusal BadReset = new(ErrorCodes.ResetTokenInvalid, "the reset token is unknown, spent or expired: ask for another one");

    public PersonalToken? FindToken(string tokenId) => Tokens.FirstOrDefault(token => token.Id == tokenId);

    /// <summary>Whether a reset token may be used now: a refusal that costs no hashing, or null.</summary>
    public Refusal? RefuseReset(string tokenHash, DateTimeOffset at) =>
        Exists() && Reset is { } permit && permit.TokenHash == tokenHash && permit.ExpiresAt > at ? null : BadReset;

    private AccountDecision EndSession(AccountCommand.EndSession command) =>
        FindSession(command.SessionId) is not null ? Happened(new AccountEvent.SessionsEnded(command.At, [command.SessionId], command.Reason))
        : command.MustExist ? AccountDecision.Refused(NoSession)
        : AccountDecision.Nothing;

    private AccountDecision EndSessions(AccountCommand.EndSessions command)
    {
        if (!Exists())
            return AccountDecision.Refused(Missing);

        ImmutableArray<string> ended = [.. Sessions.Where(session => session.Id != command.KeptSession).Select(session => session.Id)];
        return ended.IsEmpty ? AccountDecision.Nothing : Happened(new AccountEvent.SessionsEnded(command.At, ended, SessionEnd.Revoked));
    }

    private AccountDecision CreateToken(AccountCommand.CreateToken command, AccountRules rules)
    {
        if (!Exists())
            return AccountDecision.Refused(Missing);

        var name = command.Name?.Trim();
        if (name is not { Length: > 0 and <= PersonalToken.MaximumNameLength } || name.Any(char.IsControl))
            return AccountDecision.Refused(Refusal.Field("name", $"must have 1 to {PersonalToken.MaximumNameLength} characters and no control characters"));

        if (command.Scopes == TokenScopes.None)
            return AccountDecision.Refused(Refusal.Field("scopes", "must name at least one of read, write, run, admin"));

        if (command.Lifetime is { } life && (life < PersonalToken.ShortestLife || life > PersonalToken.LongestLife))
            return AccountDecision.Refused(Refusal.Field("expiresInDays", $"must be from {PersonalToken.ShortestLife.Days} to {PersonalToken.LongestLife.Days}"));

        if (command.Scopes.HasFlag(TokenScopes.Admin) && Role != InstallationRole.Administrator)
            return AccountDecision.Refused(new Refusal(ErrorCodes.Forbidden, "the scope admin is for administrators of the installation"));

        ImmutableArray<string> expired = [.. Tokens.Where(token => !token.IsActive(command.At)).Select(token => token.Id)];
        if (Tokens.Length - expired.Length >= rules.MaximumTokens)
            return AccountDecision.Refused(new Refusal(ErrorCodes.LimitReached, $"tokens: an account has at most {rules.MaximumTokens} personal access tokens"));

        var token = new PersonalToken(command.TokenId, name, command.SecretHash, command.Scopes, command.At, command.At + command.Lifetime, null);
        return Happened(new AccountEvent.TokenCreated(command.At, token, expired));
    }

    private AccountDecision RevokeToken(AccountCommand.RevokeToken command) => FindToken(command.TokenId) is null
        ? AccountDecision.Refused(NoToken)
        : Happened(new AccountEvent.TokenRevoked(command.At, command.TokenId));

    private AccountDecision NoteTokenUse(AccountCommand.NoteTokenUse command) =>
        FindToken(command.TokenId) is { } token && token.NotesUse(command.At)
            ? Happened(new AccountEvent.TokenUsed(command.At, token.Id))
            : AccountDecision.Nothing;

    private AccountDecision PermitReset(AccountCommand.PermitReset command, AccountRules rules) => Exists()
        ? Happened(new AccountEvent.ResetPermitted(command.At, command.By, new PasswordResetPermit(command.TokenHash, command.At + rules.ResetLifetime)))
        : AccountDecision.Refused(Missing);

    private AccountDecision ResetPassword(AccountCommand.ResetPassword command) => RefuseReset(command.TokenHash, command.At) is { } refusal
        ? AccountDecision.Refused(refusal)
        : Happened(new AccountEvent.PasswordReset(command.At, command.PasswordHash));

    private AccountDecision Unlock(AccountCommand.Unlock command) =>
        !Exists() ? AccountDecision.Refused(Missing)
        : Failures == 0 && Lockouts == 0 && LockedUntil is null ? AccountDecision.Nothing
        : Happened(new AccountEvent.Unlocked(command.At));
}
