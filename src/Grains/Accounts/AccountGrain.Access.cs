using System.Collections.Immutable;
using Actors.Domain;
using Actors.Domain.Accounts;
using Actors.Grains.Idempotency;
using Actors.Grains.Interfaces.Accounts;
using Orleans;
using AccountOutcome = Actors.Grains.EventSourcing.Outcome<Actors.Domain.Accounts.AccountState, Actors.Domain.Accounts.AccountEvent>;

namespace Actors.Grains.Accounts;

/// <summary>Sessions and personal access tokens as their owner manages them, and what administrators do for others.</summary>
internal sealed partial class AccountGrain
{
    /// <summary>When sessions were used since the activation began. Not journalled: it would be a write for every request.</summary>
    private readonly Dictionary<string, DateTimeOffset> _usedAt = new(StringComparer.Ordinal);

    public Task<AccountDetails?> GetDetails()
    {
        var now = Now;
        return Task.FromResult(Committed.Exists()
            ? new AccountDetails(
                AccountCatalog.View(Committed),
                Committed.IsLocked(now) ? Committed.LockedUntil : null,
                Committed.Sessions.Count(session => session.IsActive(now)),
                Committed.Tokens.Count(token => token.IsActive(now)))
            : null);
    }

    public Task<ImmutableArray<SessionView>> ListSessions()
    {
        var now = Now;
        return Task.FromResult<ImmutableArray<SessionView>>([.. Committed.Sessions.Where(session => session.IsActive(now)).Select(View)]);
    }

    public async Task<AccountReply> EndSession(string sessionId) =>
        Reply(await ExecuteAsync(new AccountCommand.EndSession(Now, sessionId, SessionEnd.Revoked, MustExist: true)));

    public async Task<AccountReply> EndSessions(string? keptSession) => Reply(await ExecuteAsync(new AccountCommand.EndSessions(Now, keptSession)));

    public async Task<PersonalTokenReply> CreateToken(NewPersonalToken token)
    {
        var command = new AccountCommand.CreateToken(Now, token.TokenId, token.Name, token.SecretHash, token.Scopes, token.Lifetime);
        var batchId = RequestBatch.Id(StreamName, nameof(AccountCommand.CreateToken), Services.Identifiers);
        return await ExecuteAsync(command, batchId, command.At, this.GetPrimaryKeyString(), RequestBatch.MayRepeat) switch
        {
            AccountOutcome.Repeated { Event: AccountEvent.TokenCreated e } => new PersonalTokenReply.Done(View(e.Token)),
            AccountOutcome.Committed { Event: AccountEvent.TokenCreated e } => new PersonalTokenReply.Done(View(e.Token)),
            AccountOutcome.Refused r => new PersonalTokenReply.Refused(r.Refusal),
            _ => throw new InvalidOperationException($"A token of {StreamName} was made without an event."),
        };
    }

    public Task<ImmutableArray<PersonalTokenView>> ListTokens() => Task.FromResult<ImmutableArray<PersonalTokenView>>([.. Committed.Tokens.Select(View)]);

    public async Task<AccountReply> RevokeToken(string tokenId) => Reply(await ExecuteAsync(new AccountCommand.RevokeToken(Now, tokenId)));

    public Task<PersonalTokenCheck?> CheckToken(string tokenId, string secretHash)
    {
        var now = Now;
        if (Committed.FindToken(tokenId) is not { } token || token.SecretHash != secretHash || !token.IsActive(now))
            return Task.FromResult<PersonalTokenCheck?>(null);

        // The answer does not wait for the note, and a note that cannot be stored is made at the next use.
        if (token.NotesUse(now))
            _ = ExecuteAsync(new AccountCommand.NoteTokenUse(now, tokenId));

        var scopes = Committed.Role == InstallationRole.Administrator ? token.Scopes : token.Scopes & ~TokenScopes.Admin;
        return Task.FromResult<PersonalTokenCheck?>(new PersonalTokenCheck(Committed.Id, Committed.Name, Committed.Role, scopes, token.ExpiresAt));
    }

    public async Task<ResetReply> PermitReset(ResetPermission permission) =>
        await ExecuteAsync(new AccountCommand.PermitReset(Now, permission.By, permission.TokenHash)) switch
        {
            AccountOutcome.Committed { Event: AccountEvent.ResetPermitted e } => new ResetReply.Permitted(e.Permit.ExpiresAt),
            AccountOutcome.Refused r => new ResetReply.Refused(r.Refusal),
            _ => throw new InvalidOperationException($"A reset of {StreamName} was permitted without an event."),
        };

    public async Task<AccountReply> ResetPassword(PasswordResetting reset)
    {
        if (Committed.RefuseReset(reset.TokenHash, Now) is { } refusal)
            return new AccountReply.Refused(refusal);

        if (_policy.Check(reset.New, Committed.Email, Committed.Name, "new") is { } weak)
            return new AccountReply.Refused(weak);

        return await passwords.HashAsync(reset.New!) is { } hash
            ? Reply(await ExecuteAsync(new AccountCommand.ResetPassword(Now, reset.TokenHash, hash)))
            : new AccountReply.Refused(Overloaded);
    }

    public async Task<AccountReply> Unlock() => Reply(await ExecuteAsync(new AccountCommand.Unlock(Now)));

    private SessionView View(Session session) => new(
        session.Id,
        session.CreatedAt,
        _usedAt.TryGetValue(session.Id, out var usedAt) && usedAt > session.LastSeenAt ? usedAt : session.LastSeenAt,
        session.ExpiresAt,
        session.Address,
        session.Device);

    private static PersonalTokenView View(PersonalToken token) =>
        new(token.Id, token.Name, token.Scopes, token.CreatedAt, token.ExpiresAt, token.LastUsedAt);

    private void ForgetEndedSessions()
    {
        foreach (var sessionId in _usedAt.Keys.Where(id => Committed.FindSession(id) is null).ToList())
            _usedAt.Remove(sessionId);
    }
}
