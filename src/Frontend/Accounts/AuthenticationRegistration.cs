using Actors.Frontend.Http;
using Actors.Frontend.Projects;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Accounts;

/// <summary>Who may come in, and what keeps watching whether they still may.</summary>
public static class AuthenticationRegistration
{
    private const string KeyRingStartup = "DataProtectionHostedService";

    /// <summary>The policy of addresses for administrators of the installation.</summary>
    public const string AdministratorPolicy = "Administrator";

    private const string DataFolder = "Actors:DataFolder";
    private const string DefaultDataFolder = "data";

    /// <summary>Section <c>Authentication</c>, validated at start. The key lives in <c>Actors:DataFolder</c> unless it is configured.</summary>
    public static IServiceCollection AddActorsAuthentication(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<TokenOptions>(configuration, TokenOptions.Section, options => options.Validate());
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<TokenOptions>>().Value;
            var folder = provider.GetRequiredService<IConfiguration>()[DataFolder] ?? DefaultDataFolder;
            return new AccessTokens(options, SigningKey.Load(options, folder), provider.GetRequiredService<TimeProvider>());
        });
        services.AddAuthentication(BearerHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.SchemeName, null);

        // Nothing here is kept in protected cookies, so no key ring has to be made and read at every start.
        if (services.FirstOrDefault(service => service.ImplementationType?.Name == KeyRingStartup) is { } keyRing)
        {
            services.Remove(keyRing);
        }

        services.AddSingleton<IAuthorizationHandler, ScopeHandler>();
        services.AddAuthorizationBuilder()
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new ScopeRequirement()).Build())
            .AddPolicy(AdministratorPolicy, policy => policy.RequireAuthenticatedUser().AddRequirements(new ScopeRequirement()).RequireClaim(CallerExtensions.Role, CallerExtensions.AdministratorRole));
        services.AddSingleton<ISessionAccess, SessionAccess>();
        services.AddSingleton<IProjectAccess, ProjectAccess>();
        return services;
    }
}
