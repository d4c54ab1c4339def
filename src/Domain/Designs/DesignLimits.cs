namespace Actors.Domain.Designs;

/// <summary>Limits of a design; reaching one is a refusal <c>limit_reached</c> with the limit's name and value.</summary>
public sealed record DesignLimits
{
    public const string Section = "Designs:Limits";

    public static DesignLimits Default { get; } = new();

    /// <summary>Operations in one batch.</summary>
    public int OperationsPerBatch { get; init; } = 1_000;

    /// <summary>Nodes in one design.</summary>
    public int Nodes { get; init; } = 50_000;

    /// <summary>Connections in one design.</summary>
    public int Connections { get; init; } = 100_000;

    /// <summary>Bytes of one node's or connection's properties as UTF-8 JSON.</summary>
    public int PropertyBytes { get; init; } = 64 * 1024;

    /// <summary>Nesting of properties and patches.</summary>
    public int PropertyDepth { get; init; } = 32;

    /// <summary>Levels of nodes within nodes.</summary>
    public int HierarchyDepth { get; init; } = 64;

    /// <summary>Characters of an identifier.</summary>
    public int IdentifierLength { get; init; } = 256;

    /// <summary>Characters of a name or label.</summary>
    public int NameLength { get; init; } = 200;

    /// <summary>Characters of a description or label text.</summary>
    public int DescriptionLength { get; init; } = 10_000;

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (var (name, value, maximum) in new[]
        {
            (nameof(OperationsPerBatch), OperationsPerBatch, 100_000),
            (nameof(Nodes), Nodes, 1_000_000),
            (nameof(Connections), Connections, 1_000_000),
            (nameof(PropertyBytes), PropertyBytes, 16 * 1024 * 1024),
            (nameof(PropertyDepth), PropertyDepth, 256),
            (nameof(HierarchyDepth), HierarchyDepth, 1_000),
            (nameof(IdentifierLength), IdentifierLength, 1_000),
            (nameof(NameLength), NameLength, 10_000),
            (nameof(DescriptionLength), DescriptionLength, 1_000_000),
        })
        {
            if (value < 1 || value > maximum)
            {
                yield return $"{Section}:{name} is {value}; it must be from 1 to {maximum}.";
            }
        }
    }
}
