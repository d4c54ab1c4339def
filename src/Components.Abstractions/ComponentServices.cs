using System.Collections.Frozen;
using Actors.Domain.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Components;

/// <summary>Registers components.</summary>
public static class ComponentServices
{
    /// <summary>Registers a component; doing it twice is doing it once.</summary>
    public static IServiceCollection AddComponent<T>(this IServiceCollection services)
        where T : class, IComponent
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IComponent, T>());
        return services;
    }
}

/// <summary>The implementations that this process has, by component id.</summary>
public sealed class ComponentRegistry
{
    private readonly FrozenDictionary<string, IComponent> _byId;

    /// <exception cref="ArgumentException">Two components have the same id.</exception>
    public ComponentRegistry(IEnumerable<IComponent> components)
    {
        All = [.. components];
        _byId = All.ToFrozenDictionary(component => component.Descriptor.Id, StringComparer.Ordinal);
    }

    public IReadOnlyList<IComponent> All { get; }

    public IComponent? Find(string id) => _byId.GetValueOrDefault(id);
}
