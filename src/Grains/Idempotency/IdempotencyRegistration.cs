using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Idempotency;

internal static class IdempotencyRegistration
{
    /// <summary>Options from section <c>Idempotency</c>, validated at start, and the sweeper.</summary>
    public static IServiceCollection AddIdempotencyGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<IdempotencyOptions>(configuration.GetSection(IdempotencyOptions.Section), options => options.Validate());
        services.AddHostedService<IdempotencySweeper>();
        return services;
    }
}
