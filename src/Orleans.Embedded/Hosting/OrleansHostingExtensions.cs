using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Embedded;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Microsoft.Extensions.Hosting;

/// <summary>Makes a host a silo.</summary>
public static class OrleansHostingExtensions
{
    public static HostApplicationBuilder UseOrleans(this HostApplicationBuilder hostAppBuilder) => hostAppBuilder.UseOrleans(static _ => { });

    public static HostApplicationBuilder UseOrleans(this HostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
    {
        AddSilo(hostAppBuilder.Services, hostAppBuilder.Configuration, configureDelegate);
        return hostAppBuilder;
    }

    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder) => hostAppBuilder.UseOrleans(static _ => { });

    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
    {
        AddSilo(hostAppBuilder.Services, hostAppBuilder.Configuration, configureDelegate);
        return hostAppBuilder;
    }

    public static IHostBuilder UseOrleans(this IHostBuilder hostBuilder, Action<ISiloBuilder> configureDelegate) =>
        hostBuilder.UseOrleans((_, silo) => configureDelegate(silo));

    public static IHostBuilder UseOrleans(this IHostBuilder hostBuilder, Action<HostBuilderContext, ISiloBuilder> configureDelegate) =>
        hostBuilder.ConfigureServices((context, services) => AddSilo(services, context.Configuration, silo => configureDelegate(context, silo)));

    private static void AddSilo(IServiceCollection services, IConfiguration configuration, Action<ISiloBuilder> configure)
    {
        if (services.All(s => s.ServiceType != typeof(EmbeddedEngine)))
            AddEngine(services);
        configure(new SiloBuilder(services, configuration));
    }

    private static void AddEngine(IServiceCollection services)
    {
        services.AddOptions<EmbeddedEngineOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EmbeddedEngineOptions>, EmbeddedEngineOptionsValidator>());
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ILocalSiloDetails>(new LocalSiloDetails("embedded", SiloAddress.New(IPAddress.Loopback, 0, 1)));
        services.AddSingleton<EmbeddedInstruments>();
        services.AddSingleton(provider => GrainCatalog.Discover(provider.GetRequiredService<IOptions<EmbeddedEngineOptions>>().Value.GrainAssemblies));
        services.AddSingleton<EmbeddedEngine>();
        services.AddSingleton<ReminderService>();
        services.AddSingleton<IEngineDiagnostics, EngineDiagnostics>();
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<EmbeddedEngine>().GrainFactory);
        services.AddSingleton<IClusterClient>(provider => new EmbeddedClusterClient(provider.GetRequiredService<EmbeddedEngine>().GrainFactory, provider));
        services.AddSingleton<IGrainContextAccessor, GrainContextAccessor>();
        services.AddScoped<IGrainContext>(_ => Activation.Constructing ?? Activation.Current ?? throw new InvalidOperationException("A grain context can be had in a grain's constructor and turns only."));
        services.AddHostedService<SiloHostedService>();
    }
}
