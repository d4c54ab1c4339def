using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Triggers;

internal static class TriggerGrainsRegistration
{
    /// <summary>Options from section <c>Triggers</c>, validated at start, and what wakes triggers when the process starts.</summary>
    public static IServiceCollection AddTriggerGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<TriggerOptions>(configuration.GetSection(TriggerOptions.Section), options => options.Validate());
        services.AddHostedService<TriggerResumer>();
        return services;
    }
}
