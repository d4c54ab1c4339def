using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Domain;
using Actors.Domain.Accounts;
using Actors.Grains.EventSourcing;
using Actors.Grains.Interfaces.Accounts;
using Actors.Grains.Notifications;
using Actors.Grains.Projects;
using Actors.Storage;
using Orleans;
using Orleans.Concurrency;
using AccountOutcome = Actors.Grains.EventSourcing.Outcome<Actors.Domain.Accounts.AccountState, Actors.Domain.Accounts.AccountEvent>;

namespace Actors.Grains.Accounts;

[Reentrant]
[GrainType("account")]
internal sealed partial class AccountGrain(
    EventSourcingServices services, IPasswordService passwords, AccountOptions options, InvitationLists invitations, INotifier notifier)
    : EventSourcedGrain<AccountState, AccountCommand, AccountEvent>(services), IAccountGrain
{
    private const int WatcherCapacity = 16;

    private static readonly Refusal Missing = new(ErrorCodes.NotFound, "there is no such account");
    private static readonly Refusal EmailTaken = new(ErrorCodes.EmailTaken, "the e-mail address has an account already");
    private static readonly Refusal AdministratorTaken = new(ErrorCodes.RegistrationClosed, "the installation has its administrator already");
    private static readonly Refusal WrongCredentials = new(ErrorCodes.InvalidCredentials, "the e-mail address or the password is wrong");
    private static readonly Refusal WrongCurrent = new(ErrorCodes.InvalidCredentials, "the current password is wrong");
    private static readonly Refusal TokenReused = new(ErrorCodes.RefreshTokenReused, "the refresh token was used before; the session has ended, log in again");
    private static readonly Refusal Overloaded = new(ErrorCodes.Overloaded, "too many passwords are being checked: try again in a moment", Retryable: true);

    private readonly Watchers<ActiveSessions> _watchers = new(WatcherCapacity);
    private readonly AccountRules _rules = options.ToRules();
    private readonly PasswordPolicy _policy = options.ToPolicy();
    private int _attempts;

    protected override string StreamKind => "account";

    protected override AccountState Initial => AccountState.None;

    protected override JsonTypeInfo<AccountEvent> EventJson => AccountsJsonContext.Default.AccountEvent;

    public async Task<SignInReply> Register(AccountRegistration registration)
    {
        var outcome = await ExecuteAsync(Registering(registration, registration.Role));
        if (outcome is AccountOutcome.Refused { Refusal: var refusal } && ReferenceEquals(refusal, AdministratorTaken) && options.Registration == RegistrationPolicy.Open)
        {
            // Two came first at the same time; the one who lost the race is a member like everybody after.
            outcome = await ExecuteAsync(Registering(registration, InstallationRole.Member));
        }

        if (outcome is AccountOutcome.Refused refused)
            return new SignInReply.Refused(refused.Refusal);

        await Greeting.TellAsync();
        return await StartSessionAsync(registration.PasswordHash, registration.Session);
    }

    public async Task<SignInReply> LogIn(PasswordLogin login)
    {
        var attempt = await AttemptAsync(login.Password, WrongCredentials);
        if (attempt.Refusal is { } refusal)
            return new SignInReply.Refused(refusal, RetryAfter(refusal));

        var reply = await StartSessionAsync(attempt.Hash, login.Session);
        if (reply is SignInReply.SignedIn && attempt.Outdated && await passwords.HashAsync(login.Password) is { } renewed)
        {
            // Not being able to renew it now is no reason to refuse the login; the next one tries again.
            await ExecuteAsync(new AccountCommand.RehashPassword(Now, attempt.Hash, renewed));
        }

        return reply;
    }

    public async Task<SignInReply> Refresh(TokenRefresh refresh)
    {
        var outcome = await ExecuteAsync(new AccountCommand.RefreshSession(Now, refresh.SessionId, refresh.FamilyHash, refresh.TokenHash, refresh.NextTokenHash));
        return outcome switch
        {
            AccountOutcome.Committed { Event: AccountEvent.SessionRefreshed e } c => new SignInReply.SignedIn(AccountCatalog.View(c.State), e.SessionId, e.ExpiresAt),
            AccountOutcome.Refused refused => new SignInReply.Refused(refused.Refusal),
            _ => new SignInReply.Refused(TokenReused),
        };
    }

    public async Task<AccountReply> LogOut(string sessionId) =>
        Reply(await ExecuteAsync(new AccountCommand.EndSession(Now, sessionId)));

    public async Task<AccountReply> ChangePassword(PasswordChange change)
    {
        if (!Committed.Exists())
            return new AccountReply.Refused(Missing);

        if (_policy.Check(change.New, Committed.Email, Committed.Name, "new") is { } weak)
            return new AccountReply.Refused(weak);

        if (change.New == change.Current)
            return new AccountReply.Refused(Refusal.Field("new", "must differ from the current password", ErrorCodes.PasswordTooWeak));

        var attempt = await AttemptAsync(change.Current ?? "", WrongCurrent);
        if (attempt.Refusal is { } refusal)
            return new AccountReply.Refused(refusal, RetryAfter(refusal));

        return await passwords.HashAsync(change.New!) is { } hash
            ? Reply(await ExecuteAsync(new AccountCommand.ChangePassword(Now, attempt.Hash, hash, change.KeptSession)))
            : new AccountReply.Refused(Overloaded);
    }

    public async Task<AccountReply> Rename(string name, long? expectedVersion = null) => Reply(await ExecuteAsync(new AccountCommand.Rename(Now, name, expectedVersion)));

    public async Task<AccountReply> ChangeRole(InstallationRole role, long? expectedVersion = null) =>
        Reply(await ExecuteAsync(new AccountCommand.ChangeRole(Now, role, expectedVersion)));

    public async Task<AccountReply> SetDisabled(bool disabled, long? expectedVersion = null) =>
        Reply(await ExecuteAsync(disabled ? new AccountCommand.Disable(Now, expectedVersion) : new AccountCommand.Enable(Now, expectedVersion)));

    public Task<AccountView?> Get() => Task.FromResult(Committed.Exists() ? AccountCatalog.View(Committed) : null);

    public Task<SessionCheck?> CheckSession(string sessionId)
    {
        var now = Now;
        if (Committed.FindSession(sessionId) is { } session && session.IsActive(now))
        {
            _usedAt[sessionId] = now;
            return Task.FromResult<SessionCheck?>(new SessionCheck(Committed.Id, Committed.Name, Committed.Role, session.ExpiresAt));
        }

        return Task.FromResult(Committed.FindToken(sessionId) is { } token && token.IsActive(now)
            ? new SessionCheck(Committed.Id, Committed.Name, Committed.Role, token.ExpiresAt ?? DateTimeOffset.MaxValue)
            : null);
    }

    public async IAsyncEnumerable<ActiveSessions> WatchSessions([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watcher = _watchers.Watch();
        yield return Active();
        await foreach (var items in watcher.ReadAllAsync(cancellationToken))
        {
            // Only the newest matters: what is missing from it has ended.
            yield return items[^1];
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _watchers.Complete();
        _greeting?.Dispose();
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    protected override Decision<AccountState, AccountEvent> Decide(AccountState state, AccountCommand command) => state.Decide(command, _rules);

    protected override AccountState Apply(AccountState state, AccountEvent @event) => state.Apply(@event);

    protected override ReadOnlyMemory<byte> WriteSnapshot(AccountState state) =>
        JsonSerializer.SerializeToUtf8Bytes(state, AccountsJsonContext.Default.AccountState);

    protected override AccountState ReadSnapshot(ReadOnlyMemory<byte> payload) =>
        JsonSerializer.Deserialize(payload.Span, AccountsJsonContext.Default.AccountState)
            ?? throw new InvalidOperationException($"The snapshot of {StreamName} is empty.");

    protected override ImmutableArray<CatalogWrite> Catalog(AccountState before, AccountState after, AccountEvent @event) =>
        AccountCatalog.Writes(after, @event);

    protected override Refusal RefuseTakenKey(string key) =>
        key.StartsWith(AccountCatalog.InstallationKey, StringComparison.Ordinal) ? AdministratorTaken : EmailTaken;

    protected override void OnCommitted(long revision, Guid batchId, DateTimeOffset at, AccountEvent @event)
    {
        if (@event is AccountEvent.TokenUsed or AccountEvent.Greeted)
            return;

        ForgetEndedSessions();
        if (_watchers.Count > 0)
            _watchers.Publish(Active());
    }

    private ActiveSessions Active()
    {
        var now = Now;
        return new ActiveSessions(
            Revision,
            [
                .. Committed.Sessions.Where(session => session.IsActive(now)).Select(session => session.Id),
                .. Committed.Tokens.Where(token => token.IsActive(now)).Select(token => token.Id),
            ]);
    }

    private AccountCommand.Register Registering(AccountRegistration registration, InstallationRole role) =>
        new(Now, this.GetPrimaryKeyString(), registration.Email, registration.Name, registration.PasswordHash, role);

    private async Task<SignInReply> StartSessionAsync(string verifiedHash, NewSession session)
    {
        var outcome = await ExecuteAsync(new AccountCommand.StartSession(
            Now, verifiedHash, session.SessionId, session.FamilyHash, session.TokenHash, session.Device, session.Address));
        return outcome switch
        {
            AccountOutcome.Committed { Event: AccountEvent.SessionStarted e } c => new SignInReply.SignedIn(AccountCatalog.View(c.State), e.Session.Id, e.Session.ExpiresAt),
            AccountOutcome.Refused refused => new SignInReply.Refused(refused.Refusal, RetryAfter(refused.Refusal)),
            _ => throw new InvalidOperationException($"A session of {StreamName} started without an event."),
        };
    }

    /// <summary>Verifies a password; a wrong one is counted before the answer goes out.</summary>
    private async Task<Attempt> AttemptAsync(string password, Refusal wrong)
    {
        if (Committed.RefuseAttempt(Now) is { } refusal)
        {
            if (refusal.Code != ErrorCodes.AccountLocked)
                await passwords.VerifyAsync(null, password);

            return new Attempt(refusal);
        }

        if (_attempts >= _rules.FailuresBeforeLockout - Committed.Failures)
            return new Attempt(Overloaded);

        var hash = Committed.PasswordHash;
        _attempts++;
        try
        {
            var check = await passwords.VerifyAsync(hash, password);
            switch (check)
            {
                case PasswordCheck.Right or PasswordCheck.RightAndOutdated:
                    return new Attempt(null, hash, check == PasswordCheck.RightAndOutdated);
                case PasswordCheck.Overloaded:
                    return new Attempt(Overloaded);
                default:
                    var failed = await ExecuteAsync(new AccountCommand.FailLogin(Now));
                    return new Attempt(failed is AccountOutcome.Refused refused ? refused.Refusal : wrong);
            }
        }
        finally
        {
            _attempts--;
        }
    }

    private TimeSpan? RetryAfter(Refusal refusal) =>
        refusal.Code == ErrorCodes.AccountLocked && Committed.LockedUntil is { } until && until > Now ? until - Now : null;

    private Task<AccountOutcome> ExecuteAsync(AccountCommand command) =>
        ExecuteAsync(command, Services.Identifiers.NewBatchId(), command.At, this.GetPrimaryKeyString());

    private static AccountReply Reply(AccountOutcome outcome) => outcome switch
    {
        AccountOutcome.Committed c => new AccountReply.Done(AccountCatalog.View(c.State)),
        AccountOutcome.Unchanged u => new AccountReply.Done(AccountCatalog.View(u.State)),
        AccountOutcome.Refused r => new AccountReply.Refused(r.Refusal),
        _ => throw new InvalidOperationException("Every command has a batch id of its own, so none repeats."),
    };

    private sealed record Attempt(Refusal? Refusal, string Hash = "", bool Outdated = false);
}
