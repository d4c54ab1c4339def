using Actors.Components.Services;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Grains.Outbound;

internal static class OutboundRegistration
{
    /// <summary>Requests to other servers, with options from section <c>Outbound</c>, validated at start.</summary>
    public static IServiceCollection AddOutbound(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<OutboundOptions>(configuration.GetSection(OutboundOptions.Section), options => options.Validate());
        services.TryAddSingleton<IHostResolver, SystemHostResolver>();
        services.AddSingleton<IOutboundHttp, OutboundHttp>();
        return services;
    }
}
