using Orleans;

namespace Actors.Grains.Interfaces.Accounts;

/// <summary>
/// Changes what could leave an installation without an administrator, one change after the other: its turns do not
/// interleave, so two administrators cannot demote each other at the same time. Its key is 0.
/// </summary>
public interface IAdministratorsGrain : IGrainWithIntegerKey
{
    /// <summary>Refuses <c>not_found</c> or <c>last_administrator</c>. Disabling ends every session and token.</summary>
    Task<AccountReply> Change(AccountAdministration change);
}
