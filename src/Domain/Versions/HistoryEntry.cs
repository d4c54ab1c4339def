using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.Domain.Designs;

namespace Actors.Domain.Versions;

/// <summary>What one author did to a design within one minute.</summary>
/// <param name="FromRevision">The first of their changes; others' may lie between.</param>
/// <param name="ToRevision">The last.</param>
/// <param name="At">When the first was made.</param>
/// <param name="Until">When the last was made.</param>
/// <param name="Changes">How many changes.</param>
/// <param name="Operations">How many operations of each kind, by the protocol's names.</param>
/// <param name="Nodes">The ids of nodes that were touched, those touched last first, at most <see cref="MaximumNodes"/>.</param>
/// <param name="NodesTouched">How many nodes were touched in all.</param>
/// <param name="Restored">The revision that the last restoration among the changes brought back; null when there is none.</param>
public sealed record HistoryEntry(
    Author Author,
    long FromRevision,
    long ToRevision,
    DateTimeOffset At,
    DateTimeOffset Until,
    int Changes,
    ImmutableSortedDictionary<string, int> Operations,
    ImmutableArray<string> Nodes,
    int NodesTouched,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Restored)
{
    public const int MaximumNodes = 20;
}
