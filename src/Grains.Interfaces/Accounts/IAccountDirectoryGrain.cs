using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Interfaces.Accounts;

/// <summary>Finds and creates accounts; its key is 0. It holds nothing itself: names belong to the catalog.</summary>
public interface IAccountDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Creates an account. The first one of an installation is its administrator. Refuses <c>validation_failed</c>,
    /// <c>password_too_weak</c>, <c>email_taken</c>, <c>registration_closed</c>, <c>invitation_needed</c> or <c>overloaded</c>.
    /// </summary>
    Task<SignInReply> Register(Registration registration);

    /// <summary>As <see cref="IAccountGrain.LogIn"/>; an unknown address takes the same time as a wrong password.</summary>
    Task<SignInReply> LogIn(EmailLogin login);

    /// <summary>The id of the account with this address, or null.</summary>
    [ReadOnly]
    Task<string?> Resolve(string email);

    /// <summary>All accounts, for administrators. Refuses a cursor that it did not make.</summary>
    [ReadOnly]
    Task<AccountPageReply> List(AccountQuery query);
}
