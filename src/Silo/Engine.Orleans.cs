using Actors.Frontend.Operations.Metrics;
using Actors.Grains.Interfaces;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Serialization;
using StackExchange.Redis;

namespace Actors.Silo;

/// <summary>The Orleans engine: a cluster of silos. One silo without further servers when no Redis is configured.</summary>
internal static class Engine
{
    public const string Name = "orleans";

    public static void UseEngine(this WebApplicationBuilder builder) => builder.UseOrleans(silo =>
    {
        silo.Services.AddSingleton(new EngineMeter("Microsoft.Orleans", "orleans-"));
        silo.Services.AddSerializer(serializer => serializer.AddJsonSerializer(
            isSupported: type => type.Namespace?.StartsWith("Actors.", StringComparison.Ordinal) == true,
            jsonSerializerOptions: GrainMessages.Options));
        silo.Configure<ClusterOptions>(silo.Configuration.GetSection("Cluster"));
        var redis = silo.Configuration["Cluster:Redis"];
        if (string.IsNullOrEmpty(redis))
        {
            silo.UseLocalhostClustering();
            silo.UseInMemoryReminderService();
            return;
        }

        silo.UseRedisClustering(options => options.ConfigurationOptions = ConfigurationOptions.Parse(redis));
        silo.ConfigureEndpoints(
            silo.Configuration.GetValue("Cluster:SiloPort", EndpointOptions.DEFAULT_SILO_PORT),
            silo.Configuration.GetValue("Cluster:GatewayPort", EndpointOptions.DEFAULT_GATEWAY_PORT));
        silo.UseAdoNetReminderService(options =>
        {
            options.Invariant = "Npgsql";
            options.ConnectionString = silo.Configuration["Storage:ConnectionString"];
        });
    });
}
