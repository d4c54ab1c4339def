using System.Collections.Concurrent;
using System.Linq.Expressions;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Makes references of one interface. The proxy type is emitted at the first one.</summary>
internal sealed class ReferenceFactory
{
    private static readonly ConcurrentDictionary<Type, Lazy<ReferenceFactory>> Known = new();

    private readonly Func<ReferenceRuntime, GrainId, InterfaceShape, object> _construct;
    private readonly InterfaceShape _shape;

    private ReferenceFactory(Type interfaceType)
    {
        if (!interfaceType.IsInterface || !typeof(IAddressable).IsAssignableFrom(interfaceType))
            throw new ArgumentException($"{interfaceType} is not a grain interface.", nameof(interfaceType));
        _shape = InterfaceShape.Of(interfaceType);
        _shape.Validate();
        var constructor = ProxyBuilder.Build(_shape).GetConstructors()[0];
        var runtime = Expression.Parameter(typeof(ReferenceRuntime));
        var grainId = Expression.Parameter(typeof(GrainId));
        var shape = Expression.Parameter(typeof(InterfaceShape));
        _construct = Expression.Lambda<Func<ReferenceRuntime, GrainId, InterfaceShape, object>>(
            Expression.New(constructor, runtime, grainId, shape), runtime, grainId, shape).Compile();
    }

    public static ReferenceFactory For(Type interfaceType) =>
        Known.GetOrAdd(interfaceType, static t => new Lazy<ReferenceFactory>(() => new ReferenceFactory(t))).Value;

    public object Create(ReferenceRuntime runtime, GrainId grainId) => _construct(runtime, grainId, _shape);
}
