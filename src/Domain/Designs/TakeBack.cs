using System.Collections.Immutable;
using System.Text.Json;

namespace Actors.Domain.Designs;

/// <summary>An entry of a history with the author whose it is.</summary>
internal readonly record struct OwnedEntry(int Owner, UndoEntry Entry);

/// <summary>
/// Takes back what entries of a history did, newest first, and of it only what is still their author's: a property that
/// someone else has set since stays, and a node that someone else has changed, filled or connected stays.
/// </summary>
internal sealed class TakeBack(OperationGate gate)
{
    private readonly List<int> _steps = [];
    private int _step;

    /// <summary>See <see cref="TakenBack.Steps"/>.</summary>
    public ImmutableArray<int> Steps => [.. _steps];

    /// <summary>The steps of entries in the order in which they are taken back; <see cref="TakenBack.Steps"/> counts in it.</summary>
    public static IReadOnlyList<UndoStep> Order(IEnumerable<OwnedEntry> entries) => [.. entries.SelectMany(owned => owned.Entry.Steps.Reverse())];

    /// <summary>The stamps that come back with an operation that takes back a step; default for one that takes something away.</summary>
    public static ImmutableArray<Stamp> StampsOf(UndoStep? step, Operation operation) => (step, operation) switch
    {
        (UndoStep.NodeChanged changed, NodeSet) => changed.Before.Stamps,
        (UndoStep.ConnectionChanged changed, ConnectionSet) => changed.Before.Stamps,
        (UndoStep.HeaderChanged changed, DesignSet) => changed.Stamps,
        (UndoStep.Removed removed, NodeAdd add) => removed.Nodes.FirstOrDefault(entry => entry.Node.Id == add.Node.Id)?.Stamps ?? default,
        (UndoStep.Removed removed, ConnectionAdd add) => removed.Connections.FirstOrDefault(entry => entry.Connection.Id == add.Connection.Id)?.Stamps ?? default,
        _ => default,
    };

    public void Entry(OwnedEntry owned)
    {
        foreach (var step in owned.Entry.Steps.Reverse())
        {
            Step(step, owned.Owner, owned.Entry.Revision);
            _step++;
        }
    }

    private void Step(UndoStep step, int owner, long revision)
    {
        switch (step)
        {
            case UndoStep.NodeAdded(var id) when IsStillTheirs(id, owner, revision):
                Take(step, new NodeRemove(id));
                break;
            case UndoStep.NodeChanged changed when gate.Graph.FindNode(changed.Before.Node.Id) is { } entry
                && Inverse.Of(changed, entry, owner, revision, gate.Graph) is { } patch:
                Take(step, new NodeSet(entry.Node.Id, patch));
                break;
            case UndoStep.ConnectionAdded(var id) when gate.Graph.FindConnection(id) is { } entry && Stamps.IsUntouched(entry.Stamps, owner, revision):
                Take(step, new ConnectionRemove(id));
                break;
            case UndoStep.ConnectionChanged changed when gate.Graph.FindConnection(changed.Before.Connection.Id) is { } entry
                && Inverse.Of(changed, entry, owner, revision) is { } patch:
                Take(step, new ConnectionSet(entry.Connection.Id, patch));
                break;
            case UndoStep.HeaderChanged changed when Inverse.Of(changed, gate.Header, gate.HeaderStamps, owner, revision) is { } patch:
                Take(step, new DesignSet(patch));
                break;
            case UndoStep.Removed removed:
                BringBack(removed);
                break;
        }
    }

    /// <summary>Parents come before children, so that what stood within something that cannot come back is left out too.</summary>
    private void BringBack(UndoStep.Removed removed)
    {
        foreach (var entry in removed.Nodes)
        {
            if (gate.Graph.FindNode(entry.Node.Id) is null && (entry.Node.Parent is null || gate.Graph.FindNode(entry.Node.Parent) is not null))
            {
                Take(removed, new NodeAdd(entry.Node));
            }
        }

        foreach (var entry in removed.Connections)
        {
            if (gate.Graph.FindConnection(entry.Connection.Id) is null)
            {
                Take(removed, new ConnectionAdd(entry.Connection));
            }
        }
    }

    /// <summary>What the gate does not take is left out: its ends, its ports or its component may be gone.</summary>
    private void Take(UndoStep step, Operation operation)
    {
        if (gate.Take(operation, StampsOf(step, operation)).IsTaken)
        {
            _steps.Add(_step);
        }
    }

    /// <summary>Nobody else has touched the node since it was added, and all that stands in it or is connected to it is its author's.</summary>
    private bool IsStillTheirs(string id, int owner, long revision)
    {
        if (gate.Graph.FindNode(id) is not { } node || !Stamps.IsUntouched(node.Stamps, owner, revision))
        {
            return false;
        }

        foreach (var entry in gate.Graph.Subtree(id))
        {
            if (entry.Node.Id != id && !Stamps.IsUntouched(entry.Stamps, owner, 0))
            {
                return false;
            }

            foreach (var link in gate.Graph.LinksOf(entry.Node.Id))
            {
                if (!Stamps.IsUntouched(gate.Graph.Connections[link].Stamps, owner, 0))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
