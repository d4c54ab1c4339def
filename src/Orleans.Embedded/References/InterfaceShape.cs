using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>A grain interface with all methods that it declares and inherits.</summary>
internal sealed class InterfaceShape
{
    private static readonly ConcurrentDictionary<Type, InterfaceShape> Known = new();

    private InterfaceShape(Type type)
    {
        Type = type;
        InterfaceType = new GrainInterfaceType(type.FullName ?? type.Name);
        Methods =
        [
            .. new[] { type }.Concat(type.GetInterfaces())
                .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance), (t, m) => (Type: t, Method: m))
                .Where(pair => pair.Method.IsAbstract)
                .Select(pair => new MethodShape(pair.Type, pair.Method)),
        ];
    }

    public Type Type { get; }

    public GrainInterfaceType InterfaceType { get; }

    public MethodShape[] Methods { get; }

    public static InterfaceShape Of(Type type) => Known.GetOrAdd(type, static t => new InterfaceShape(t));

    /// <exception cref="NotSupportedException">A method has a shape that no reference can carry.</exception>
    public void Validate()
    {
        foreach (var method in Methods)
        {
            if (method.Problem() is { } problem)
                throw new NotSupportedException($"Grain interface {Type.FullName} cannot be used: {method.InterfaceName}.{method.Method.Name}: {problem}.");
        }
    }
}
