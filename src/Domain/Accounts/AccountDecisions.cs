using System.Collections.Immutable;
using System.Diagnostics;
using AccountDecision = Actors.Domain.Decision<Actors.Domain.Accounts.AccountState, Actors.Domain.Accounts.AccountEvent>;

namespace Actors.Domain.Accounts;

public sealed partial record AccountState
{
    private static readonly Refusal Missing = new(ErrorCodes.NotFound, "there is no such account");
    private static readonly Refusal WrongCredentials = new(ErrorCodes.InvalidCredentials, "the e-mail address or the password is wrong");
    private static readonly Refusal DisabledAccount = new(ErrorCodes.AccountDisabled, "an administrator has disabled the account");
    private static readonly Refusal BadToken = new(ErrorCodes.RefreshTokenInvalid, "the refresh token is not valid: log in again");

    public AccountDecision Decide(AccountCommand command, AccountRules rules) => command switch
    {
        AccountCommand.Register c => Register(c),
        AccountCommand.FailLogin c => FailLogin(c, rules),
        AccountCommand.StartSession c => StartSession(c, rules),
        AccountCommand.RefreshSession c => RefreshSession(c, rules),
        AccountCommand.EndSession c => EndSession(c),
        AccountCommand.ChangePassword c => ChangePassword(c),
        AccountCommand.RehashPassword c => RehashPassword(c),
        AccountCommand.Rename c => Rename(c),
        AccountCommand.ChangeRole c => ChangeRole(c),
        AccountCommand.Disable c => Disable(c),
        AccountCommand.Enable c => Enable(c),
        AccountCommand.EndSessions c => EndSessions(c),
        AccountCommand.CreateToken c => CreateToken(c, rules),
        AccountCommand.RevokeToken c => RevokeToken(c),
        AccountCommand.NoteTokenUse c => NoteTokenUse(c),
        AccountCommand.PermitReset c => PermitReset(c, rules),
        AccountCommand.ResetPassword c => ResetPassword(c),
        AccountCommand.Unlock c => Unlock(c),
        AccountCommand.NoteGreeting c => Exists() && !Greeted ? Happened(new AccountEvent.Greeted(c.At)) : AccountDecision.Nothing,
        _ => throw new UnreachableException($"unknown account command {command.GetType().Name}"),
    };

    /// <summary>Whether a password may be tried now: a refusal that costs no hashing, or null.</summary>
    public Refusal? RefuseAttempt(DateTimeOffset at) =>
        !Exists() ? WrongCredentials
        : IsLocked(at) ? Locked(at)
        : null;

    private AccountDecision Register(AccountCommand.Register command)
    {
        if (Exists())
            return AccountDecision.Refused(new Refusal(ErrorCodes.EmailTaken, "the account is registered already"));

        var errors = ImmutableDictionary<string, ImmutableArray<string>>.Empty;
        if (!EmailAddress.TryNormalize(command.Email, out var email))
            errors = errors.Add("email", ["must be an e-mail address"]);

        if (!AccountName.TryNormalize(command.Name, out var name))
            errors = errors.Add("name", [AccountName.Rule]);

        return errors.IsEmpty
            ? Happened(new AccountEvent.Registered(command.At, command.Id, email!, name!, command.PasswordHash, command.Role))
            : AccountDecision.Refused(new Refusal(
                ErrorCodes.ValidationFailed,
                string.Join("; ", errors.Select(error => $"{error.Key}: {error.Value[0]}").Order(StringComparer.Ordinal)),
                Errors: errors));
    }

    private AccountDecision FailLogin(AccountCommand.FailLogin command, AccountRules rules)
    {
        // A guess that was on its way when the lock fell neither counts nor prolongs it.
        if (RefuseAttempt(command.At) is { } refusal)
            return AccountDecision.Refused(refusal);

        var locks = Failures + 1 >= rules.FailuresBeforeLockout;
        return Happened(new AccountEvent.LoginFailed(command.At, locks ? command.At + rules.LockoutAfter(Lockouts) : null));
    }

    private AccountDecision StartSession(AccountCommand.StartSession command, AccountRules rules)
    {
        if (RefuseAttempt(command.At) is { } refusal)
            return AccountDecision.Refused(refusal);

        if (command.VerifiedHash != PasswordHash || FindSession(command.SessionId) is not null)
            return AccountDecision.Refused(WrongCredentials);

        // Only who knows the password learns that there is such an account and that it is disabled.
        if (IsDisabled)
            return AccountDecision.Refused(DisabledAccount);

        var device = command.Device is { Length: > Session.MaximumDeviceLength } longer ? longer[..Session.MaximumDeviceLength] : command.Device;
        var session = new Session(
            command.SessionId, command.At, command.At, command.At + rules.SessionLifetime, device, command.FamilyHash, command.TokenHash, 0, command.Address);
        return Happened(new AccountEvent.SessionStarted(command.At, session, RoomFor(1, command.At, rules)));
    }

    /// <summary>A spent token ends the session: the event is then <see cref="AccountEvent.SessionsEnded"/>, and the caller is refused.</summary>
    private AccountDecision RefreshSession(AccountCommand.RefreshSession command, AccountRules rules)
    {
        if (FindSession(command.SessionId) is not { } session
            || !session.IsActive(command.At)
            || session.FamilyHash != command.FamilyHash)
        {
            return AccountDecision.Refused(BadToken);
        }

        return session.TokenHash == command.TokenHash
            ? Happened(new AccountEvent.SessionRefreshed(command.At, session.Id, command.NextTokenHash, command.At + rules.SessionLifetime))
            : Happened(new AccountEvent.SessionsEnded(command.At, [session.Id], SessionEnd.TokenReused));
    }

    private AccountDecision ChangePassword(AccountCommand.ChangePassword command)
    {
        if (RefuseAttempt(command.At) is { } refusal)
            return AccountDecision.Refused(refusal);

        if (IsDisabled)
            return AccountDecision.Refused(DisabledAccount);

        return command.VerifiedHash == PasswordHash
            ? Happened(new AccountEvent.PasswordChanged(command.At, command.PasswordHash, command.KeptSession))
            : AccountDecision.Refused(WrongCredentials);
    }

    private AccountDecision RehashPassword(AccountCommand.RehashPassword command) =>
        Exists() && command.VerifiedHash == PasswordHash && command.PasswordHash != PasswordHash
            ? Happened(new AccountEvent.PasswordRehashed(command.At, command.PasswordHash))
            : AccountDecision.Nothing;

    private AccountDecision Rename(AccountCommand.Rename command)
    {
        if (!Exists())
            return AccountDecision.Refused(Missing);

        if (RefuseEdition(command.Expected) is { } changed)
            return AccountDecision.Refused(changed);

        if (!AccountName.TryNormalize(command.Name, out var name))
            return AccountDecision.Refused(Refusal.Field("name", AccountName.Rule));

        return name == Name ? AccountDecision.Nothing : Happened(new AccountEvent.Renamed(command.At, name));
    }

    private AccountDecision ChangeRole(AccountCommand.ChangeRole command) =>
        !Exists() ? AccountDecision.Refused(Missing)
        : RefuseEdition(command.Expected) is { } changed ? AccountDecision.Refused(changed)
        : Role == command.Role ? AccountDecision.Nothing
        : Happened(new AccountEvent.RoleChanged(command.At, command.Role));

    private AccountDecision Disable(AccountCommand.Disable command) =>
        !Exists() ? AccountDecision.Refused(Missing)
        : RefuseEdition(command.Expected) is { } changed ? AccountDecision.Refused(changed)
        : IsDisabled ? AccountDecision.Nothing
        : Happened(new AccountEvent.Disabled(command.At));

    private AccountDecision Enable(AccountCommand.Enable command) =>
        !Exists() ? AccountDecision.Refused(Missing)
        : RefuseEdition(command.Expected) is { } changed ? AccountDecision.Refused(changed)
        : !IsDisabled ? AccountDecision.Nothing
        : Happened(new AccountEvent.Enabled(command.At));

    private AccountDecision Happened(AccountEvent @event) => AccountDecision.Happened(@event, Apply(@event));

    private Refusal Locked(DateTimeOffset at)
    {
        var seconds = (long)Math.Ceiling((LockedUntil!.Value - at).TotalSeconds);
        return new Refusal(ErrorCodes.AccountLocked, $"too many failed logins: try again in {seconds} s", Retryable: true, RetryAt: LockedUntil);
    }

    private ImmutableArray<string> RoomFor(int more, DateTimeOffset at, AccountRules rules)
    {
        var active = Sessions.Where(session => session.IsActive(at)).OrderByDescending(session => session.LastSeenAt).ThenByDescending(session => session.Id, StringComparer.Ordinal);
        var kept = active.Take(Math.Max(0, rules.MaximumSessions - more)).Select(session => session.Id).ToHashSet();
        return [.. Sessions.Where(session => !kept.Contains(session.Id)).Select(session => session.Id)];
    }
}
