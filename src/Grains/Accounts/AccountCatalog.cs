using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Accounts;
using Actors.Grains.Interfaces.Accounts;
using Actors.Storage;

namespace Actors.Grains.Accounts;

/// <summary>What lists know of accounts, and the names that only one account may hold.</summary>
internal static class AccountCatalog
{
    public const string Kind = "account";
    public const string EmailKey = "account.email";
    public const string InstallationKey = "installation";
    public const string Administrator = "administrator";

    public const string Active = "active";

    /// <summary>Entries are in the scope of their role, so that roles can be listed and counted.</summary>
    public const string AdministratorScope = "admin";
    public const string MemberScope = "member";

    public const string Disabled = "disabled";

    public static ImmutableArray<CatalogWrite> Writes(AccountState after, AccountEvent @event) => @event switch
    {
        AccountEvent.Registered { Role: InstallationRole.Administrator } =>
        [
            new CatalogWrite.ClaimKey(InstallationKey, Administrator, after.Id),
            new CatalogWrite.ClaimKey(EmailKey, after.Email, after.Id),
            new CatalogWrite.PutEntry(Entry(after)),
        ],
        AccountEvent.Registered => [new CatalogWrite.ClaimKey(EmailKey, after.Email, after.Id), new CatalogWrite.PutEntry(Entry(after))],
        AccountEvent.Renamed or AccountEvent.RoleChanged or AccountEvent.Disabled or AccountEvent.Enabled => [new CatalogWrite.PutEntry(Entry(after))],
        _ => [],
    };

    public static AccountView View(AccountState state) =>
        new(state.Id, state.Email, state.Name, state.Role, state.IsDisabled, state.CreatedAt, state.UpdatedAt, state.Edition());

    public static AccountView View(CatalogEntry entry) =>
        JsonSerializer.Deserialize(entry.Data.Span, AccountsJsonContext.Default.AccountView)
            ?? throw new InvalidOperationException($"The catalog's entry of account {entry.Id} is empty.");

    private static CatalogEntry Entry(AccountState state) => new()
    {
        Kind = Kind,
        Id = state.Id,
        Scope = state.Role == InstallationRole.Administrator ? AdministratorScope : MemberScope,

        // What is searched and sorted by: the name, then the address.
        Name = $"{state.Name} {state.Email}",
        Status = state.IsDisabled ? Disabled : Active,
        CreatedAt = state.CreatedAt,
        UpdatedAt = state.UpdatedAt,
        Data = JsonSerializer.SerializeToUtf8Bytes(View(state), AccountsJsonContext.Default.AccountView),
    };
}
