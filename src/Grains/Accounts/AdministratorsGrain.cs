using Actors.Domain;
using Actors.Domain.Accounts;
using Actors.Grains.Interfaces.Accounts;
using Actors.Grains.Lists;
using Actors.Storage;
using Orleans;
using Orleans.Runtime;

namespace Actors.Grains.Accounts;

/// <remarks>
/// Not reentrant. An account's catalog entry is written with the event that changes it, so when a call to the account has
/// been answered the next count here sees it.
/// </remarks>
[GrainType("administrators")]
internal sealed class AdministratorsGrain(ICatalog catalog) : Grain, IAdministratorsGrain
{
    private static readonly Refusal Missing = new(ErrorCodes.NotFound, "there is no such account");
    private static readonly Refusal HasChanged = new(ErrorCodes.PreconditionFailed, "the account has changed since it was read");
    private static readonly Refusal Last = new(ErrorCodes.LastAdministrator, "the last administrator can be neither demoted nor disabled: make another account administrator first");

    public async Task<AccountReply> Change(AccountAdministration change)
    {
        var account = GrainFactory.GetGrain<IAccountGrain>(change.AccountId);
        if (await account.Get() is not { } view)
            return new AccountReply.Refused(Missing);

        if (change.ExpectedVersion is { } expected && expected != view.Version)
            return new AccountReply.Refused(HasChanged);

        try
        {
            var leaves = view is { Role: InstallationRole.Administrator, IsDisabled: false }
                && (change.Role == InstallationRole.Member || change.Disabled == true);
            if (leaves && !await IsThereAnotherAsync(view.Id))
                return new AccountReply.Refused(Last);
        }
        catch (StorageUnavailableException)
        {
            return new AccountReply.Refused(CatalogLists.Unavailable());
        }

        AccountReply reply = new AccountReply.Done(view);
        if (change.Role is { } role)
            reply = await account.ChangeRole(role, change.ExpectedVersion);

        // What was changed a moment ago is another version than the one that was expected.
        return reply is AccountReply.Done done && change.Disabled is { } disabled
            ? await account.SetDisabled(disabled, change.ExpectedVersion is null ? null : done.Account.Version)
            : reply;
    }

    private async Task<bool> IsThereAnotherAsync(string accountId)
    {
        var page = await catalog.ListAsync(
            new CatalogQuery { Kind = AccountCatalog.Kind, Scope = AccountCatalog.AdministratorScope, Status = AccountCatalog.Active, Limit = 2 },
            CancellationToken.None);
        return page.Items.Any(entry => entry.Id != accountId);
    }
}
