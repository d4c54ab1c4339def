using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Accounts;

/// <summary>What the account grains need from the silo.</summary>
public static class AccountGrainsRegistration
{
    /// <summary>Options from section <c>Accounts</c>, validated at start, and the password service.</summary>
    public static IServiceCollection AddAccountGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<AccountOptions>(configuration.GetSection(AccountOptions.Section), options => options.Validate());
        services.AddSingleton<IPasswordService, PasswordService>();
        return services;
    }
}
