using Actors.Components.Plugins;
using Actors.Domain.Components;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Actors.Components;

/// <summary>Registers the components of a process: the product's own, those in dependency injection and those of plugins.</summary>
public static class ComponentHosting
{
    /// <summary>
    /// Makes the one <see cref="ComponentRegistry"/> and the one <see cref="IComponentCatalog"/> of the process, which agree: every
    /// component that can run can stand in designs.
    /// </summary>
    /// <param name="services">Components in it may be registered before or after.</param>
    /// <param name="configuration">Section <c>Components</c>, and <c>Actors:DataFolder</c> as the root of relative folders.</param>
    public static IServiceCollection AddComponents(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddBuiltInComponents();
        services.AddOptions<ComponentOptions>().Bind(configuration.GetSection(ComponentOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ComponentOptions>, Rules>();
        services.TryAddSingleton<PluginLoader>();
        var dataFolder = configuration["Actors:DataFolder"] ?? ".";
        services.Replace(ServiceDescriptor.Singleton(provider => MakeRegistry(provider, dataFolder)));
        services.Replace(ServiceDescriptor.Singleton<IComponentCatalog>(provider => MakeCatalog(provider.GetRequiredService<ComponentRegistry>())));
        return services;
    }

    private static ComponentRegistry MakeRegistry(IServiceProvider provider, string dataFolder)
    {
        var registered = provider.GetServices<IComponent>().ToArray();
        var taken = registered.Select(component => component.Descriptor.Id)
            .Concat(ComponentCatalog.BuiltIn.All.Select(component => component.Id))
            .ToHashSet(StringComparer.Ordinal);
        var folder = Path.GetFullPath(provider.GetRequiredService<IOptions<ComponentOptions>>().Value.PluginFolder, Path.GetFullPath(dataFolder));
        return new ComponentRegistry(registered.Concat(provider.GetRequiredService<PluginLoader>().Load(folder, taken)));
    }

    private static ComponentCatalog MakeCatalog(ComponentRegistry registry) => ComponentCatalog.BuiltIn.With(
        registry.All.Select(component => component.Descriptor).Where(component => ComponentCatalog.BuiltIn.Find(component.Id) is null));

    private sealed class Rules : IValidateOptions<ComponentOptions>
    {
        public ValidateOptionsResult Validate(string? name, ComponentOptions options)
        {
            var failures = options.Validate().ToArray();
            return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
        }
    }
}
