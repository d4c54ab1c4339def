using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Actors.Grains.Accounts;

/// <summary>What the account grains need from the silo.</summary>
public static class AccountGrainsRegistration
{
    /// <summary>Options from section <c>Accounts</c>, validated at start, and the password service.</summary>
    public static IServiceCollection AddAccountGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AccountOptions>().Bind(configuration.GetSection(AccountOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccountOptions>, Validator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<AccountOptions>>().Value);
        services.AddSingleton<IPasswordService, PasswordService>();
        return services;
    }

    private sealed class Validator : IValidateOptions<AccountOptions>
    {
        public ValidateOptionsResult Validate(string? name, AccountOptions options)
        {
            var broken = options.Validate().ToList();
            return broken.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(broken);
        }
    }
}
