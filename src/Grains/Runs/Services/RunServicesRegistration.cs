using Actors.Components;
using Actors.Components.Services;
using Actors.Grains.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Actors.Grains.Runs.Services;

internal static class RunServicesRegistration
{
    /// <summary>What components ask of their host. Those that belong to a run are made for the firing that asks.</summary>
    public static IServiceCollection AddRunServices(this IServiceCollection services)
    {
        services.AddSingleton<RunPeople>();
        services.AddSingleton<RunApprovals>();
        services.AddSingleton<IRunMetrics, RunMetrics>();
        services.AddSingleton<Func<IExecutionContext, IRunFiles>>(provider => context => new RunFiles(context, provider.GetRequiredService<IGrainFactory>()));
        services.AddSingleton<Func<IExecutionContext, IRunStarter>>(provider => context => new RunStarter(context, provider.GetRequiredService<IGrainFactory>()));
        services.AddSingleton<Func<IExecutionContext, IRunRoom>>(provider => context => new RunRoom(
            context, provider.GetRequiredService<RunPeople>(), provider.GetRequiredService<INotifier>()));
        services.AddSingleton<Func<IExecutionContext, IRunModels?>>(provider => context =>
            context is RunContext run && provider.GetService<IRunModels>() is { } models ? new MeteredModels(run, models) : null);
        return services;
    }
}
