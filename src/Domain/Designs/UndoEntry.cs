using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Actors.Domain.Designs;

/// <summary>What a batch did, so that it can be taken back.</summary>
/// <param name="Revision">The batch's.</param>
/// <param name="Steps">In the order in which they were done.</param>
internal sealed record UndoEntry(long Revision, ImmutableArray<UndoStep> Steps);

/// <summary>
/// One thing that an operation did, with what was there before and its stamps: a value that comes back is again its
/// former writer's.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "did")]
[JsonDerivedType(typeof(NodeAdded), "nodeAdded")]
[JsonDerivedType(typeof(NodeChanged), "nodeChanged")]
[JsonDerivedType(typeof(ConnectionAdded), "connectionAdded")]
[JsonDerivedType(typeof(ConnectionChanged), "connectionChanged")]
[JsonDerivedType(typeof(Removed), "removed")]
[JsonDerivedType(typeof(HeaderChanged), "headerChanged")]
internal abstract record UndoStep
{
    public sealed record NodeAdded(string Id) : UndoStep;

    public sealed record NodeChanged(NodeEntry Before, ImmutableArray<string> Paths) : UndoStep;

    public sealed record ConnectionAdded(string Id) : UndoStep;

    public sealed record ConnectionChanged(ConnectionEntry Before, ImmutableArray<string> Paths) : UndoStep;

    public sealed record Removed(ImmutableArray<NodeEntry> Nodes, ImmutableArray<ConnectionEntry> Connections) : UndoStep;

    public sealed record HeaderChanged(DesignHeader Before, ImmutableArray<Stamp> Stamps, ImmutableArray<string> Paths) : UndoStep;
}
