using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain.Designs;

namespace Actors.Domain.Versions;

/// <summary>How a design at one revision differs from itself at another.</summary>
/// <param name="From">The revision from which is told.</param>
/// <param name="To">The revision to which.</param>
/// <param name="Design">What differs of the design's own name, description and settings.</param>
/// <param name="Operations">Applied as one batch to the design as it was at <paramref name="From"/>, they give exactly <paramref name="To"/>.</param>
public sealed record DesignComparison(
    long From,
    long To,
    ComparisonSummary Summary,
    ElementDifferences<Node> Nodes,
    ElementDifferences<Connection> Connections,
    ImmutableArray<PropertyChange> Design,
    ImmutableArray<Operation> Operations);

/// <summary>How much differs.</summary>
/// <param name="Operations">How many operations turn the one into the other; 0 when nothing differs.</param>
public sealed record ComparisonSummary(
    int NodesAdded,
    int NodesRemoved,
    int NodesChanged,
    int ConnectionsAdded,
    int ConnectionsRemoved,
    int ConnectionsChanged,
    int DesignFieldsChanged,
    int Operations);

/// <summary>Differences of nodes or of connections.</summary>
/// <param name="Added">As they are; parents before children.</param>
/// <param name="Removed">As they were.</param>
/// <param name="Changed">Those that are in both and differ.</param>
public sealed record ElementDifferences<T>(ImmutableArray<T> Added, ImmutableArray<T> Removed, ImmutableArray<ElementChange> Changed);

/// <summary>A node or connection that differs.</summary>
/// <param name="Type">A node's type as it is; null for a connection.</param>
/// <param name="Label">A node's label as it is.</param>
public sealed record ElementChange(
    string Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Label,
    ImmutableArray<PropertyChange> Properties);

/// <summary>One value that differs.</summary>
/// <param name="Path">Such as <c>x</c> or <c>props/style/color</c>; in a name <c>~</c> is written <c>~0</c> and <c>/</c> is written <c>~1</c>.</param>
/// <param name="Before">Absent when there was none.</param>
/// <param name="After">Absent when there is none.</param>
public sealed record PropertyChange(
    string Path,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Before,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? After);
