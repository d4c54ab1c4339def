using System.Collections.Immutable;
using Actors.Domain.Designs;

namespace Actors.Domain.Versions;

/// <summary>Which of a design's changes somebody asks for; what is null does not matter.</summary>
/// <param name="AuthorId">Made by this author.</param>
/// <param name="NodeId">With an operation on this node itself.</param>
/// <param name="Operation">With an operation of this name, see <see cref="OperationNames"/>.</param>
/// <param name="Since">Made at this moment or later.</param>
/// <param name="Until">Made before this moment.</param>
public sealed record ChangeFilter(
    string? AuthorId = null, string? NodeId = null, string? Operation = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null)
{
    public static readonly ChangeFilter All = new();

    public bool Finds(DesignEvent @event) =>
        (AuthorId is null || @event.Author.Id == AuthorId)
        && (Since is not { } since || @event.At >= since)
        && (Until is not { } until || @event.At < until)
        && (NodeId is null || Touches(@event, NodeId))
        && (Operation is null || Has(@event, Operation));

    private static bool Touches(DesignEvent @event, string nodeId) => @event switch
    {
        DesignCreated created => created.Nodes.Any(node => node.Id == nodeId),
        BatchCommitted committed => committed.Operations.Any(operation => OperationNames.NodeOf(operation) == nodeId),
        _ => false,
    };

    private static bool Has(DesignEvent @event, string name) => @event switch
    {
        DesignCreated created => (name == "node.add" && created.Nodes.Length > 0) || (name == "connection.add" && created.Connections.Length > 0),
        BatchCommitted committed => committed.Operations.Any(operation => OperationNames.Of(operation) == name),
        _ => false,
    };
}

/// <summary>Operations by the protocol's names.</summary>
public static class OperationNames
{
    public static readonly ImmutableArray<string> All =
        ["node.add", "node.set", "node.remove", "connection.add", "connection.set", "connection.remove", "design.set"];

    public static string Of(Operation operation) => operation switch
    {
        NodeAdd => "node.add",
        NodeSet => "node.set",
        NodeRemove => "node.remove",
        ConnectionAdd => "connection.add",
        ConnectionSet => "connection.set",
        ConnectionRemove => "connection.remove",
        _ => "design.set",
    };

    /// <summary>The node that the operation is on; null when it is on none.</summary>
    public static string? NodeOf(Operation operation) => operation switch
    {
        NodeAdd add => add.Node.Id,
        NodeSet set => set.Id,
        NodeRemove remove => remove.Id,
        _ => null,
    };
}
