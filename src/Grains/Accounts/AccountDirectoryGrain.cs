using System.Collections.Immutable;
using Actors.Domain;
using Actors.Domain.Accounts;
using Actors.Grains.Interfaces.Accounts;
using Actors.Grains.Interfaces.Projects;
using Actors.Grains.Lists;
using Actors.Grains.Projects;
using Actors.Storage;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Accounts;

[StatelessWorker]
[GrainType("accountdirectory")]
internal sealed class AccountDirectoryGrain(ICatalog catalog, IPasswordService passwords, AccountOptions options, InvitationLists invitations) : Grain, IAccountDirectoryGrain
{
    private static readonly Refusal WrongCredentials = new(ErrorCodes.InvalidCredentials, "the e-mail address or the password is wrong");
    private static readonly Refusal Overloaded = new(ErrorCodes.Overloaded, "too many passwords are being checked: try again in a moment", Retryable: true);
    private static readonly Refusal Unavailable = new(ErrorCodes.StorageUnavailable, "the storage does not answer: try again in a moment", Retryable: true);

    private readonly PasswordPolicy _policy = options.ToPolicy();

    public async Task<SignInReply> Register(Registration registration)
    {
        if (Check(registration, out var email, out var name) is { } invalid)
            return new SignInReply.Refused(invalid);

        try
        {
            var isFirst = await catalog.ResolveKeyAsync(AccountCatalog.InstallationKey, AccountCatalog.Administrator, CancellationToken.None) is null;
            if (!isFirst && await RefuseStrangerAsync(email, registration.InvitationHash) is { } closed)
                return new SignInReply.Refused(closed);

            if (await catalog.ResolveKeyAsync(AccountCatalog.EmailKey, email, CancellationToken.None) is not null)
                return new SignInReply.Refused(new Refusal(ErrorCodes.EmailTaken, "the e-mail address has an account already"));

            if (await passwords.HashAsync(registration.Password!) is not { } hash)
                return new SignInReply.Refused(Overloaded);

            var role = isFirst ? InstallationRole.Administrator : InstallationRole.Member;
            return await GrainFactory.GetGrain<IAccountGrain>(registration.AccountId)
                .Register(new AccountRegistration(email, name, hash, role, registration.Session));
        }
        catch (StorageUnavailableException)
        {
            return new SignInReply.Refused(Unavailable);
        }
    }

    public async Task<SignInReply> LogIn(EmailLogin login)
    {
        var password = login.Password ?? "";
        if (password.Length > PasswordPolicy.MaximumLength)
            return new SignInReply.Refused(WrongCredentials);

        try
        {
            if (await Resolve(login.Email ?? "") is { } accountId)
            {
                var reply = await GrainFactory.GetGrain<IAccountGrain>(accountId).LogIn(new PasswordLogin(password, login.Session));
                return reply is SignInReply.Refused refused ? refused with { AccountId = accountId } : reply;
            }
        }
        catch (StorageUnavailableException)
        {
            return new SignInReply.Refused(Unavailable);
        }

        var check = await passwords.VerifyAsync(null, password);
        return new SignInReply.Refused(check == PasswordCheck.Overloaded ? Overloaded : WrongCredentials);
    }

    public async Task<string?> Resolve(string email) =>
        EmailAddress.TryNormalize(email, out var normalized)
            ? await catalog.ResolveKeyAsync(AccountCatalog.EmailKey, normalized, CancellationToken.None)
            : null;

    public async Task<AccountPageReply> List(AccountQuery query)
    {
        var scope = query.Role switch
        {
            null => null,
            InstallationRole.Administrator => AccountCatalog.AdministratorScope,
            _ => AccountCatalog.MemberScope,
        };
        var status = query.Disabled switch
        {
            null => null,
            true => AccountCatalog.Disabled,
            false => AccountCatalog.Active,
        };
        try
        {
            var page = await catalog.ListAsync(query.List.ToQuery(AccountCatalog.Kind, scope, status), CancellationToken.None);
            return new AccountPageReply.Page([.. page.Items.Select(AccountCatalog.View)], page.Next);
        }
        catch (InvalidCatalogCursorException)
        {
            return new AccountPageReply.Refused(CatalogLists.BadCursor());
        }
        catch (StorageUnavailableException)
        {
            return new AccountPageReply.Refused(Unavailable);
        }
    }

    /// <summary>Null when somebody who is not the first may register.</summary>
    private async Task<Refusal?> RefuseStrangerAsync(string email, string? invitationHash)
    {
        switch (options.Registration)
        {
            case RegistrationPolicy.Open:
                return null;
            case RegistrationPolicy.Closed:
                return new Refusal(ErrorCodes.RegistrationClosed, "this installation takes no new accounts");
            default:
                return await IsInvitedAsync(email, invitationHash)
                    ? null
                    : new Refusal(ErrorCodes.InvitationNeeded, "this installation takes new accounts by invitation only");
        }
    }

    private async Task<bool> IsInvitedAsync(string email, string? invitationHash)
    {
        if (invitationHash is null)
            return await invitations.AnyForAddressAsync(email);

        return await catalog.ResolveKeyAsync(InvitationCatalog.TokenKey, invitationHash, CancellationToken.None) is { } projectId
            && await GrainFactory.GetGrain<IProjectGrain>(projectId).ReadInvitation(new InvitationKey("", email, null, invitationHash)) is InvitationOfferReply.Open { Offer: var offer }
            && (offer.Email is null || offer.Email == email);
    }

    /// <summary>All that is wrong at once, so that a form needs one round trip.</summary>
    private Refusal? Check(Registration registration, out string email, out string name)
    {
        var errors = ImmutableDictionary<string, ImmutableArray<string>>.Empty;
        if (!EmailAddress.TryNormalize(registration.Email, out var normalizedEmail))
            errors = errors.Add("email", ["must be an e-mail address"]);

        if (!AccountName.TryNormalize(registration.Name, out var normalizedName))
            errors = errors.Add("name", [AccountName.Rule]);

        email = normalizedEmail ?? "";
        name = normalizedName ?? "";
        var weak = _policy.Check(registration.Password, email, name);
        if (errors.IsEmpty)
            return weak;

        if (weak?.Errors is { } rules)
            errors = errors.AddRange(rules);

        var details = errors.OrderBy(error => error.Key, StringComparer.Ordinal).Select(error => $"{error.Key}: {string.Join("; ", error.Value)}");
        return new Refusal(ErrorCodes.ValidationFailed, string.Join("; ", details), Errors: errors);
    }
}
