using System.Collections.Concurrent;

namespace Actors.Frontend.Documentation;

/// <summary>Short names of schemas, without namespaces; of two types of one name the later one gets its area before it.</summary>
internal sealed class SchemaNames
{
    private readonly ConcurrentDictionary<string, Type> _owners = new(StringComparer.Ordinal);

    public string Of(Type type)
    {
        var name = Short(type);
        return _owners.GetOrAdd(name, type) == type ? name : type.Namespace!.Split('.')[^1] + name;
    }

    private static string Short(Type type)
    {
        if (type.IsGenericType)
            return type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)] + string.Concat(type.GetGenericArguments().Select(Short));

        // A member of a family is named with it; a type inside a class of endpoints is not.
        return type.DeclaringType is { IsAbstract: true, IsSealed: false } family ? family.Name + type.Name : type.Name;
    }
}
