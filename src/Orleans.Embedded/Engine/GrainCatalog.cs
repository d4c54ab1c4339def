using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>The grain classes of the application, by type name and by interface.</summary>
internal sealed class GrainCatalog
{
    private readonly FrozenDictionary<GrainType, GrainClass> _byType;
    private readonly FrozenDictionary<Type, GrainClass[]> _byInterface;
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainClass> _resolved = new();

    private GrainCatalog(IReadOnlyCollection<GrainClass> classes)
    {
        var duplicate = classes.GroupBy(c => c.GrainType).FirstOrDefault(g => g.Count() > 1);
        if (duplicate is not null)
            throw new NotSupportedException($"Grain type '{duplicate.Key}' is claimed by {string.Join(" and ", duplicate.Select(c => c.Type.FullName))}; give one of them another [GrainType].");
        _byType = classes.ToFrozenDictionary(c => c.GrainType);
        _byInterface = classes.SelectMany(c => c.Interfaces, (c, i) => (c, i)).GroupBy(p => p.i).ToFrozenDictionary(g => g.Key, g => g.Select(p => p.c).ToArray());
        foreach (var interfaceType in _byInterface.Keys)
            InterfaceShape.Of(interfaceType).Validate();
    }

    public int Count => _byType.Count;

    public static GrainCatalog Discover(IEnumerable<Assembly> more) => new(
        [.. AssembliesWithGrains(more).SelectMany(TypesIn).Where(IsGrainClass).Select(t => new GrainClass(t))]);

    /// <exception cref="ArgumentException">No class has the type name.</exception>
    public GrainClass Get(GrainType type) =>
        _byType.GetValueOrDefault(type) ?? throw new ArgumentException($"No grain class has the grain type '{type}'.", nameof(type));

    /// <summary>The class that implements the interface: the only one, the one whose name starts with the prefix, or the one named like the interface.</summary>
    public GrainClass Resolve(Type interfaceType, string? prefix = null) => _resolved.GetOrAdd((interfaceType, prefix), key =>
    {
        if (!_byInterface.TryGetValue(key.Interface, out var candidates))
            throw new ArgumentException($"No grain class implements {key.Interface.FullName}.", nameof(interfaceType));
        if (key.Prefix is not null)
            candidates = [.. candidates.Where(c => c.Type.FullName!.StartsWith(key.Prefix, StringComparison.Ordinal) || c.Type.Name.StartsWith(key.Prefix, StringComparison.Ordinal))];
        if (candidates.Length > 1)
        {
            var named = candidates.Where(c => "I" + c.Type.Name == key.Interface.Name).ToArray();
            candidates = named.Length == 1 ? named : candidates;
        }

        return candidates.Length switch
        {
            1 => candidates[0],
            0 => throw new ArgumentException($"No grain class that implements {key.Interface.FullName} has the prefix '{key.Prefix}'.", nameof(prefix)),
            _ => throw new ArgumentException($"{key.Interface.FullName} is implemented by {string.Join(", ", candidates.Select(c => c.Type.FullName))}; name one by its class name prefix.", nameof(interfaceType)),
        };
    });

    /// <summary>The shortest time that any caller waits.</summary>
    public TimeSpan ShortestTimeout(TimeSpan usual) => _byInterface.Keys
        .SelectMany(i => InterfaceShape.Of(i).Methods)
        .Select(m => m.ResponseTimeout ?? usual)
        .Append(usual)
        .Min();

    private static bool IsGrainClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }
        && typeof(IGrain).IsAssignableFrom(type)
        && !typeof(GrainReference).IsAssignableFrom(type);

    private static Type[] TypesIn(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return [.. exception.Types.OfType<Type>()];
        }
    }

    // Only assemblies that know the engine can hold grains; they are reached from what is loaded by following references.
    private static List<Assembly> AssembliesWithGrains(IEnumerable<Assembly> more)
    {
        var engine = typeof(GrainCatalog).Assembly;
        var engineName = engine.GetName().Name!;
        var found = new List<Assembly> { engine };
        var seen = new HashSet<string> { engineName };
        var queue = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic).Concat(more));
        if (Assembly.GetEntryAssembly() is { } entry)
            queue.Enqueue(entry);
        while (queue.TryDequeue(out var assembly))
        {
            var name = assembly.GetName().Name!;
            if (IsFramework(name) || !seen.Add(name))
                continue;
            foreach (var reference in assembly.GetReferencedAssemblies())
            {
                if (reference.Name == engineName)
                    found.Add(assembly);
                else if (!IsFramework(reference.Name!) && !seen.Contains(reference.Name!) && TryLoad(reference) is { } next)
                    queue.Enqueue(next);
            }
        }

        return found;
    }

    private static bool IsFramework(string name) =>
        name is "mscorlib" or "netstandard" or "System" || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal)
        || name.StartsWith("xunit", StringComparison.Ordinal);

    // A reference that the application does not ship is no place for its grains.
    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (IOException)
        {
            return null;
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }
}
