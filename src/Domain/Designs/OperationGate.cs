using System.Collections.Immutable;
using Actors.Domain.Components;

namespace Actors.Domain.Designs;

/// <summary>What became of one operation: taken, ignored because a concurrent edit removed what it is about, or refused.</summary>
internal readonly record struct Verdict(bool Ignored, Refusal? Refusal)
{
    public static Verdict Taken => default;

    public static Verdict Nothing => new(true, null);

    public bool IsTaken => !Ignored && Refusal is null;

    public static implicit operator Verdict(Refusal refusal) => new(false, refusal);
}

/// <summary>
/// Checks operations one after another against the design as the earlier ones left it, puts right what the server puts
/// right (identifiers and order keys that are taken) and has the good ones carried out.
/// </summary>
/// <param name="removed">
/// Node ids removed lately. An operation that needs one of them was overtaken by a concurrent edit and is ignored; one
/// that needs a node nobody ever saw is an error of its sender and refused.
/// </param>
internal sealed class OperationGate(
    DesignTransaction transaction,
    DesignKind kind,
    RecentMap<string, bool> removed,
    IComponentCatalog components,
    DesignLimits limits)
{
    private readonly List<Operation> _effective = [];
    private readonly HashSet<string> _missed = new(StringComparer.Ordinal);
    private readonly Renames _nodeNames = new();
    private readonly Renames _connectionNames = new();

    /// <summary>The operations as they took effect.</summary>
    public ImmutableArray<Operation> Effective => [.. _effective];

    public bool HasEffect => _effective.Count > 0;

    /// <summary>Whether an effective operation is not as it was sent.</summary>
    public bool Rewritten { get; private set; }

    /// <summary>Ids of nodes that were not added because their parent is gone; null when there are none.</summary>
    public ImmutableArray<string>? Missed => _missed.Count == 0 ? null : [.. _missed.Order(StringComparer.Ordinal)];

    public DesignGraph Graph => transaction.Graph;

    public DesignHeader Header => transaction.Header;

    public ImmutableArray<Stamp> HeaderStamps => transaction.HeaderStamps;

    /// <param name="stamps">Those that come back with what the operation brings back; default for an edit.</param>
    public Verdict Take(Operation operation, ImmutableArray<Stamp> stamps = default) => operation switch
    {
        NodeSet set => Take(set, stamps),
        NodeAdd add => Take(add, stamps),
        NodeRemove remove => Take(remove),
        ConnectionAdd add => Take(add, stamps),
        ConnectionSet set => Take(set, stamps),
        ConnectionRemove remove => Take(remove),
        DesignSet set => Take(set, stamps),
        _ => new Refusal(ErrorCodes.OperationUnknown, "The operation is not one of the protocol."),
    };

    private Verdict Take(NodeAdd add, ImmutableArray<Stamp> stamps)
    {
        // What comes back by an undo was there before.
        if (stamps.IsDefault && components.IsDisabled(add.Node.Type))
        {
            return new Refusal(ErrorCodes.ComponentDisabled, $"node.type: the component '{add.Node.Type}' is switched off in this project.");
        }

        var node = add.Node with { Parent = _nodeNames.Current(add.Node.Parent) };
        if (NodeRules.Check(node, kind, components, limits) is { } refusal)
        {
            return refusal;
        }

        if (node.Parent is not null && Graph.FindNode(node.Parent) is null)
        {
            if (!IsGone(node.Parent))
            {
                return ParentUnknown(node.Parent);
            }

            _missed.Add(node.Id);
            return Verdict.Nothing;
        }

        if (Graph.Nodes.Count >= limits.Nodes)
        {
            return Refusals.Limit("nodes", limits.Nodes);
        }

        if (Graph.DepthOf(node.Parent) >= limits.HierarchyDepth)
        {
            return Refusals.Limit("hierarchyDepth", limits.HierarchyDepth);
        }

        var id = _nodeNames.Free(node.Id, limits.IdentifierLength, Graph.Nodes.ContainsKey);
        node = node with
        {
            Id = id,
            Order = Graph.FreeOrder(node.Parent, node.Order, id),
            Props = NodeRules.WithoutNulls(node.Props),
            Execution = node.Execution is { } execution ? NodeRules.WithoutNulls(execution) : null,
        };
        transaction.Add(node, stamps);
        return NodeRules.Same(node, add.Node) ? Done(add, false) : Done(new NodeAdd(node), true);
    }

    private Verdict Take(NodeSet set, ImmutableArray<Stamp> stamps)
    {
        var id = _nodeNames.Current(set.Id);
        if (Graph.FindNode(id) is not { } entry)
        {
            return Verdict.Nothing;
        }

        if (NodePatch.Read(set.Patch, out var patch) is { } refusal)
        {
            return refusal;
        }

        var effective = id == set.Id ? set : set with { Id = id };
        if (patch.Moves && Move(entry.Node, ref patch, ref effective) is { IsTaken: false } verdict)
        {
            return verdict;
        }

        if ((patch.HasProps || patch.HasExecution) && JsonShape.Check(set.Patch, "patch", limits.PropertyDepth + 1) is { } malformed)
        {
            return malformed;
        }

        var after = patch.ApplyTo(entry.Node);
        if (NodeRules.CheckChange(after, patch, components, limits) is { } broken)
        {
            return broken;
        }

        transaction.Replace(entry, after, patch.PathsIn(entry.Node), stamps);
        return Done(effective, !ReferenceEquals(effective, set));
    }

    /// <summary>Finds the node its place in the hierarchy, and writes into patch and operation what had to be put right.</summary>
    private Verdict Move(Node node, ref NodePatch patch, ref NodeSet effective)
    {
        var parent = patch.HasParent ? _nodeNames.Current(patch.Parent) : node.Parent;
        if (parent is not null && parent != node.Parent)
        {
            if (Graph.FindNode(parent) is null)
            {
                return IsGone(parent) ? Verdict.Nothing : ParentUnknown(parent);
            }

            if (Graph.IsWithin(parent, node.Id))
            {
                return new Refusal(ErrorCodes.HierarchyCycle, $"parent: '{parent}' is '{node.Id}' or stands within it");
            }

            if (Graph.DepthOf(parent) + Graph.HeightOf(node.Id) > limits.HierarchyDepth)
            {
                return Refusals.Limit("hierarchyDepth", limits.HierarchyDepth);
            }
        }

        if (patch.HasParent && parent != patch.Parent)
        {
            patch.SetParent(parent);
            effective = effective with { Patch = JsonObjects.With(effective.Patch, "parent", parent!) };
        }

        var wanted = patch.HasOrder ? patch.Order : node.Order;
        var order = Graph.FreeOrder(parent, wanted, node.Id);
        if (order != wanted)
        {
            patch.SetOrder(order);
            effective = effective with { Patch = JsonObjects.With(effective.Patch, "order", order) };
        }

        return Verdict.Taken;
    }

    private Verdict Take(NodeRemove remove)
    {
        var id = _nodeNames.Current(remove.Id);
        if (Graph.FindNode(id) is null)
        {
            return Verdict.Nothing;
        }

        transaction.RemoveNode(id);
        return id == remove.Id ? Done(remove, false) : Done(new NodeRemove(id), true);
    }

    private Verdict Take(ConnectionAdd add, ImmutableArray<Stamp> stamps)
    {
        var connection = Renamed(add.Connection);
        if (Refusals.Identifier("connection.id", connection.Id, limits) is { } refusal)
        {
            return refusal;
        }

        if ((Refusals.Object("props", connection.Props, limits) ?? ConnectionRules.CheckProps(NodeRules.WithoutNulls(connection.Props))) is { } malformed)
        {
            return malformed;
        }

        if (CheckEnds(connection) is { IsTaken: false } verdict)
        {
            return verdict;
        }

        if (Graph.Connections.Count >= limits.Connections)
        {
            return Refusals.Limit("connections", limits.Connections);
        }

        connection = connection with
        {
            Id = _connectionNames.Free(connection.Id, limits.IdentifierLength, Graph.Connections.ContainsKey),
            Props = NodeRules.WithoutNulls(connection.Props),
        };
        transaction.Add(connection, stamps);
        return ConnectionRules.Same(connection, add.Connection) ? Done(add, false) : Done(new ConnectionAdd(connection), true);
    }

    private Verdict Take(ConnectionSet set, ImmutableArray<Stamp> stamps)
    {
        var id = _connectionNames.Current(set.Id);
        if (Graph.FindConnection(id) is not { } entry)
        {
            return Verdict.Nothing;
        }

        if (JsonShape.Check(set.Patch, "patch", limits.PropertyDepth + 1) is { } malformed)
        {
            return malformed;
        }

        if (ConnectionPatch.Read(set.Patch, entry.Connection, out var patch) is { } refusal)
        {
            return refusal;
        }

        var after = patch.Reconnects ? Renamed(patch.After) : patch.After;
        if (patch.Reconnects && CheckEnds(after) is { IsTaken: false } verdict)
        {
            return verdict;
        }

        if ((Refusals.Object("props", after.Props, limits) ?? ConnectionRules.CheckProps(after.Props)) is { } tooLarge)
        {
            return tooLarge;
        }

        var effective = id == set.Id ? set : set with { Id = id };
        if (after.From != patch.After.From || after.To != patch.After.To)
        {
            effective = effective with { Patch = ConnectionRules.WithEnds(set.Patch, after) };
        }

        transaction.Replace(entry, after, patch.Paths, stamps);
        return Done(effective, !ReferenceEquals(effective, set));
    }

    private Verdict Take(ConnectionRemove remove)
    {
        var id = _connectionNames.Current(remove.Id);
        if (Graph.FindConnection(id) is not { } entry)
        {
            return Verdict.Nothing;
        }

        transaction.Remove(entry);
        return id == remove.Id ? Done(remove, false) : Done(new ConnectionRemove(id), true);
    }

    private Verdict Take(DesignSet set, ImmutableArray<Stamp> stamps)
    {
        if (JsonShape.Check(set.Patch, "patch", limits.PropertyDepth + 1) is { } malformed)
        {
            return malformed;
        }

        if (HeaderPatch.Read(set.Patch, Header, out var patch) is { } refusal)
        {
            return refusal;
        }

        if (HeaderRules.Check(patch.After, limits) is { } broken)
        {
            return broken;
        }

        transaction.Replace(patch.After, patch.Paths, stamps);
        return Done(set, false);
    }

    private Verdict Done(Operation effective, bool rewritten)
    {
        _effective.Add(effective);
        Rewritten |= rewritten;
        return Verdict.Taken;
    }

    private Verdict CheckEnds(Connection connection)
    {
        foreach (var end in (ReadOnlySpan<Endpoint>)[connection.From, connection.To])
        {
            if (Graph.FindNode(end.Node) is null)
            {
                return IsGone(end.Node)
                    ? Verdict.Nothing
                    : new Refusal(ErrorCodes.ConnectionDangling, $"connection '{connection.Id}': there is no node '{end.Node}'");
            }
        }

        return ConnectionRules.CheckPorts(connection, Graph, components) is { } refusal ? refusal : Verdict.Taken;
    }

    private Connection Renamed(Connection connection) => _nodeNames.IsEmpty ? connection : connection with
    {
        From = connection.From with { Node = _nodeNames.Current(connection.From.Node) },
        To = connection.To with { Node = _nodeNames.Current(connection.To.Node) },
    };

    private bool IsGone(string id) => removed.TryGet(id, out _) || _missed.Contains(id);

    private static Refusal ParentUnknown(string parent) => new(ErrorCodes.ParentUnknown, $"parent: there is no node '{parent}'");
}
