using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Versions;

/// <summary>What versions and history need from the silo.</summary>
internal static class VersionGrainsRegistration
{
    /// <summary>Options from section <c>Designs:Versions</c>, validated at start, and the cache of designs as they were.</summary>
    public static IServiceCollection AddVersionGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<VersionOptions>(configuration.GetSection(VersionOptions.Section), options => options.Validate());
        services.AddSingleton<RevisionCache>();
        services.AddSingleton<RevisionCheckpoints>();
        services.AddSingleton<CheckpointWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<CheckpointWriter>());
        return services;
    }
}
