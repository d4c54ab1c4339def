using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded;

/// <summary>Makes the states that constructor parameters ask for.</summary>
internal abstract class StateFactory
{
    private static readonly ConcurrentDictionary<Type, StateFactory> Known = new();

    public static StateFactory For(Type stateType) =>
        Known.GetOrAdd(stateType, static t => (StateFactory)Activator.CreateInstance(typeof(Of<>).MakeGenericType(t))!);

    public abstract object Create(Activation activation, PersistentStateAttribute facet);

    private sealed class Of<T> : StateFactory
    {
        public override object Create(Activation activation, PersistentStateAttribute facet) => activation.CreateState<T>(facet.StateName, facet.StorageName);
    }
}

internal static class StorageRegistry
{
    public const string DefaultName = "Default";

    public static IGrainStorage Get(IServiceProvider services, string? name, GrainClass grainClass)
    {
        var storage = string.IsNullOrEmpty(name)
            ? services.GetService<IGrainStorage>() ?? services.GetKeyedService<IGrainStorage>(DefaultName)
            : services.GetKeyedService<IGrainStorage>(name);
        return storage ?? throw new InvalidOperationException(
            $"Grain class {grainClass.Type} asks for {(string.IsNullOrEmpty(name) ? "the default grain storage" : $"grain storage '{name}'")}, which is not registered.");
    }
}
