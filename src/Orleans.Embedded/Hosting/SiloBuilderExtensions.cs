using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Embedded;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Hosting
{
    /// <summary>What a silo can be built of.</summary>
    public static class SiloBuilderExtensions
    {
        public static ISiloBuilder Configure<TOptions>(this ISiloBuilder builder, Action<TOptions> configureOptions)
            where TOptions : class
        {
            builder.Services.Configure(configureOptions);
            return builder;
        }

        public static ISiloBuilder Configure<TOptions>(this ISiloBuilder builder, IConfiguration configuration)
            where TOptions : class
        {
            builder.Services.AddOptions<TOptions>().Bind(configuration);
            return builder;
        }

        public static ISiloBuilder ConfigureServices(this ISiloBuilder builder, Action<IServiceCollection> configureDelegate)
        {
            configureDelegate(builder.Services);
            return builder;
        }

        public static ISiloBuilder ConfigureLogging(this ISiloBuilder builder, Action<ILoggingBuilder> configureLogging)
        {
            builder.Services.AddLogging(configureLogging);
            return builder;
        }

        public static ISiloBuilder AddStartupTask(this ISiloBuilder builder, IStartupTask startupTask, int stage = 20_000)
        {
            builder.Services.AddSingleton(new StartupRegistration(_ => startupTask, stage));
            return builder;
        }

        public static ISiloBuilder AddStartupTask<TStartup>(this ISiloBuilder builder, int stage = 20_000)
            where TStartup : class, IStartupTask
        {
            builder.Services.AddSingleton(new StartupRegistration(ActivatorUtilities.GetServiceOrCreateInstance<TStartup>, stage));
            return builder;
        }

        public static ISiloBuilder AddStartupTask(this ISiloBuilder builder, Func<IServiceProvider, CancellationToken, Task> startupTask, int stage = 20_000)
        {
            builder.Services.AddSingleton(new StartupRegistration(services => new DelegateStartupTask(services, startupTask), stage));
            return builder;
        }

        /// <summary>Reminders need no more than an <see cref="IReminderStore"/>; this one forgets them with the process.</summary>
        public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder)
        {
            builder.Services.TryAddSingleton<IReminderStore, MemoryReminderStore>();
            return builder;
        }
    }

    public static class GrainCallFilterSiloBuilderExtensions
    {
        public static ISiloBuilder AddIncomingGrainCallFilter(this ISiloBuilder builder, IIncomingGrainCallFilter filter)
        {
            builder.Services.AddSingleton(filter);
            return builder;
        }

        public static ISiloBuilder AddIncomingGrainCallFilter<TImplementation>(this ISiloBuilder builder)
            where TImplementation : class, IIncomingGrainCallFilter
        {
            builder.Services.AddSingleton<IIncomingGrainCallFilter, TImplementation>();
            return builder;
        }

        public static ISiloBuilder AddIncomingGrainCallFilter(this ISiloBuilder builder, IncomingGrainCallFilterDelegate filter) =>
            builder.AddIncomingGrainCallFilter(new DelegateFilter(incoming: filter, outgoing: null));

        public static ISiloBuilder AddOutgoingGrainCallFilter(this ISiloBuilder builder, IOutgoingGrainCallFilter filter)
        {
            builder.Services.AddSingleton(filter);
            return builder;
        }

        public static ISiloBuilder AddOutgoingGrainCallFilter<TImplementation>(this ISiloBuilder builder)
            where TImplementation : class, IOutgoingGrainCallFilter
        {
            builder.Services.AddSingleton<IOutgoingGrainCallFilter, TImplementation>();
            return builder;
        }

        public static ISiloBuilder AddOutgoingGrainCallFilter(this ISiloBuilder builder, OutgoingGrainCallFilterDelegate filter) =>
            builder.AddOutgoingGrainCallFilter(new DelegateFilter(incoming: null, outgoing: filter));

        public static IClientBuilder AddOutgoingGrainCallFilter(this IClientBuilder builder, IOutgoingGrainCallFilter filter)
        {
            builder.Services.AddSingleton(filter);
            return builder;
        }

        public static IClientBuilder AddOutgoingGrainCallFilter(this IClientBuilder builder, OutgoingGrainCallFilterDelegate filter) =>
            builder.AddOutgoingGrainCallFilter(new DelegateFilter(incoming: null, outgoing: filter));
    }

    public static class MemoryGrainStorageSiloBuilderExtensions
    {
        public static ISiloBuilder AddMemoryGrainStorageAsDefault(this ISiloBuilder builder) => builder.AddMemoryGrainStorage(StorageRegistry.DefaultName);

        /// <summary>Keeps states as long as the host lives.</summary>
        public static ISiloBuilder AddMemoryGrainStorage(this ISiloBuilder builder, string name)
        {
            builder.Services.AddKeyedSingleton<IGrainStorage>(name, (services, _) =>
                new MemoryGrainStorage(name, services.GetRequiredService<IOptions<EmbeddedEngineOptions>>().Value));
            return builder;
        }
    }
}

namespace Orleans.Runtime.Hosting
{
    public static class StorageProviderExtensions
    {
        /// <summary>Registers a storage by name; "Default" is what states without a storage name use.</summary>
        public static IServiceCollection AddGrainStorage<T>(this IServiceCollection collection, string name, Func<IServiceProvider, string, T> implementationFactory)
            where T : IGrainStorage
        {
            collection.AddKeyedSingleton<IGrainStorage>(name, (services, _) => implementationFactory(services, name));
            return collection;
        }
    }
}

namespace Orleans.Embedded
{
    internal sealed record StartupRegistration(Func<IServiceProvider, IStartupTask> Create, int Stage);

    internal sealed class DelegateStartupTask(IServiceProvider services, Func<IServiceProvider, CancellationToken, Task> task) : IStartupTask
    {
        public Task Execute(CancellationToken cancellationToken) => task(services, cancellationToken);
    }

    internal sealed class DelegateFilter(IncomingGrainCallFilterDelegate? incoming, OutgoingGrainCallFilterDelegate? outgoing) : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context) => incoming!(context);

        public Task Invoke(IOutgoingGrainCallContext context) => outgoing!(context);
    }
}
