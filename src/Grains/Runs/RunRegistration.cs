using Actors.Components;
using Actors.Grains.Runs.Services;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Runs;

/// <summary>Registers what runs need.</summary>
internal static class RunRegistration
{
    public static IServiceCollection AddRunGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<RunOptions>(configuration.GetSection(RunOptions.Section), options => options.Validate());
        services.AddBuiltInComponents();
        services.AddSingleton<ComponentRegistry>();
        services.AddSingleton<RunPlans>();
        services.AddSingleton<RunRecordings>();
        services.AddSingleton<RunReporter>();
        services.AddSingleton<RunInstruments>();
        services.AddSingleton<RunServices>();
        services.AddRunServices();
        services.AddHostedService<RunResumer>();
        services.AddSingleton<RunRemoval>();
        services.AddSingleton<RunSweeper>();
        services.AddHostedService(provider => provider.GetRequiredService<RunSweeper>());
        return services;
    }
}
