namespace Actors.Domain.Designs;

/// <summary>Limits of a design; reaching one is a refusal <c>limit_reached</c> with the limit's name and value.</summary>
public sealed record DesignLimits
{
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
}
