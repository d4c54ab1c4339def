using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Embedded;

/// <summary>What the engine knows of one grain class.</summary>
internal sealed class GrainClass
{
    private readonly Lazy<(ObjectFactory Factory, PersistentStateAttribute[] Facets, Type[] States)> _construction;

    public GrainClass(Type type)
    {
        Type = type;
        GrainType = GrainType.Create(type.GetCustomAttribute<GrainTypeAttribute>()?.Name ?? DefaultName(type));
        Interfaces = [.. type.GetInterfaces().Where(i => typeof(IGrain).IsAssignableFrom(i))];
        Reentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        MaxWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>(inherit: true)?.MaxLocalWorkers ?? 0;
        MayInterleave = BindMayInterleave(type);
        CollectionAge = type.IsDefined(typeof(KeepAliveAttribute), inherit: true)
            ? Timeout.InfiniteTimeSpan
            : type.GetCustomAttribute<CollectionAgeLimitAttribute>(inherit: true)?.AgeLimit;
        IsFilter = typeof(IIncomingGrainCallFilter).IsAssignableFrom(type);
        _construction = new(() => BindConstruction(type));
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public Type[] Interfaces { get; }

    public bool Reentrant { get; }

    /// <summary>The activations that one id may have; zero for a usual grain, which has one.</summary>
    public int MaxWorkers { get; }

    public Func<object, IInvokable, bool>? MayInterleave { get; }

    public TimeSpan? CollectionAge { get; }

    /// <summary>The class filters its own incoming calls.</summary>
    public bool IsFilter { get; }

    public bool IsSystem => Type.Assembly == typeof(GrainClass).Assembly;

    public object Construct(Activation activation)
    {
        var (factory, facets, states) = _construction.Value;
        var arguments = new object[facets.Length];
        for (var i = 0; i < facets.Length; i++)
            arguments[i] = StateFactory.For(states[i]).Create(activation, facets[i]);
        return factory(activation.ActivationServices, arguments);
    }

    private static string DefaultName(Type type)
    {
        var name = type.Name;
        if (name.EndsWith("Grain", StringComparison.Ordinal) && name.Length > "Grain".Length)
            name = name[..^"Grain".Length];
        return name.ToLowerInvariant();
    }

    private static Func<object, IInvokable, bool>? BindMayInterleave(Type type)
    {
        if (type.GetCustomAttribute<MayInterleaveAttribute>(inherit: true)?.CallbackMethodName is not { } name)
            return null;
        var method = type.GetMethod(name, BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy, [typeof(IInvokable)])
            ?? throw new NotSupportedException($"{type} has [MayInterleave(\"{name}\")] and no method bool {name}(IInvokable).");
        if (method.IsStatic)
        {
            var predicate = method.CreateDelegate<Func<IInvokable, bool>>();
            return (_, request) => predicate(request);
        }

        return (grain, request) => (bool)method.Invoke(grain, [request])!;
    }

    private static (ObjectFactory Factory, PersistentStateAttribute[] Facets, Type[] States) BindConstruction(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).FirstOrDefault()
            ?? throw new NotSupportedException($"Grain class {type} has no public constructor.");
        var facets = constructor.GetParameters().Where(p => p.IsDefined(typeof(PersistentStateAttribute))).ToArray();
        foreach (var facet in facets)
        {
            if (!facet.ParameterType.IsGenericType || facet.ParameterType.GetGenericTypeDefinition() != typeof(IPersistentState<>))
                throw new NotSupportedException($"Parameter {facet.Name} of {type} has [PersistentState] and is not an IPersistentState<T>.");
        }

        return (
            ActivatorUtilities.CreateFactory(type, [.. facets.Select(f => f.ParameterType)]),
            [.. facets.Select(f => f.GetCustomAttribute<PersistentStateAttribute>()!)],
            [.. facets.Select(f => f.ParameterType.GetGenericArguments()[0])]);
    }
}
