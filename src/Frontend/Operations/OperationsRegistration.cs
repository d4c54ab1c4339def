using Actors.Frontend.Http;
using Actors.Frontend.Operations.Health;
using Actors.Frontend.Operations.Metrics;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Frontend.Operations;

/// <summary>What operators ask for: health and metrics.</summary>
internal static class OperationsRegistration
{
    /// <summary>Sections <c>Health</c> and <c>Metrics</c>, validated at start. Needs an <see cref="IStorageProbe"/> of the host.</summary>
    public static IServiceCollection AddActorsOperations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<HealthOptions>(configuration, HealthOptions.Section, options => options.Validate());
        services.AddValidated<MetricsOptions>(configuration, MetricsOptions.Section, options => options.Validate());
        services.AddSingleton<ProcessFacts>();
        services.AddSingleton<ProcessInstruments>();
        services.AddSingleton<MetricsExporter>();
        services.AddHostedService<MetricsStart>();
        services.AddSingleton<StorageMonitor>();
        services.AddSingleton<HealthReporter>();
        return services;
    }

    public static void MapOperations(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealth();
        endpoints.MapMetrics();
    }
}
