using Actors.Frontend.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.Frontend.Audit;

internal static class AuditRegistration
{
    /// <summary>Section <c>Audit</c>, validated at start, and the writers. The silo is registered before, so that it stops after them.</summary>
    public static IServiceCollection AddActorsAudit(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<AuditOptions>(configuration, AuditOptions.Section, options => options.Validate());
        services.AddSingleton<AuditWriter>();
        services.AddSingleton<HubAudit>();

        // Stopped in the reverse order: what the hub gathered reaches the writer before the writer stores its last.
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<AuditWriter>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<HubAudit>());
        return services;
    }
}
