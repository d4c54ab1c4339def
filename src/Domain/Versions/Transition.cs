using System.Collections.Immutable;
using Actors.Domain.Designs;

namespace Actors.Domain.Versions;

/// <summary>
/// Finds the operations that turn a design into another state of itself, such that a design takes each of them as it
/// stands: parents exist before children, nothing is put into what it contains, and no place among siblings is taken
/// before who had it has left. One operation for each thing that differs and none for what does not; only nodes that
/// have exchanged places in a circle cost one more, because somebody has to step aside.
/// </summary>
internal sealed class Transition
{
    private readonly DesignDocument _from;
    private readonly DesignDocument _to;
    private readonly Dictionary<string, Node> _before;
    private readonly Dictionary<string, Node> _after;
    private readonly HashSet<string> _gone;
    private readonly SiblingPlaces _places;
    private readonly HashSet<string> _settled = new(StringComparer.Ordinal);
    private readonly ImmutableArray<Operation>.Builder _operations = ImmutableArray.CreateBuilder<Operation>();
    private readonly PatchWriter _patches;

    private Transition(DesignDocument from, DesignDocument to, PatchWriter patches)
    {
        _patches = patches;
        _from = from;
        _to = to;
        _before = from.Nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        _after = to.Nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);

        // A node's type cannot be changed, so one of another type is another node.
        _gone = [.. from.Nodes.Where(node => !_after.TryGetValue(node.Id, out var after) || after.Type != node.Type).Select(node => node.Id)];
        _places = new SiblingPlaces(from.Nodes, to.Nodes);
    }

    /// <summary>The operations, empty when the two are equal.</summary>
    public static ImmutableArray<Operation> Between(DesignDocument from, DesignDocument to)
    {
        using var patches = new PatchWriter();
        var transition = new Transition(from, to, patches);
        transition.SetHeader();
        var cut = transition.RemoveConnections();
        transition.RemoveNodes();
        transition.PlaceNodes();
        transition.Connect(cut);
        return transition._operations.DrainToImmutable();
    }

    private void SetHeader()
    {
        var patch = _patches.Patch(writer =>
        {
            writer.Text("name", _from.Name, _to.Name);
            writer.Text("description", _from.Description, _to.Description);
            writer.Object("settings", _from.Settings, _to.Settings);
        });
        if (patch is { } fields)
        {
            _operations.Add(new DesignSet(fields));
        }
    }

    /// <summary>The ids of the connections that go with a node that is removed.</summary>
    private HashSet<string> RemoveConnections()
    {
        var kept = _to.Connections.Select(connection => connection.Id).ToHashSet(StringComparer.Ordinal);
        var cut = new HashSet<string>(StringComparer.Ordinal);
        foreach (var connection in _from.Connections)
        {
            if (_gone.Contains(connection.From.Node) || _gone.Contains(connection.To.Node))
            {
                cut.Add(connection.Id);
            }
            else if (!kept.Contains(connection.Id))
            {
                _operations.Add(new ConnectionRemove(connection.Id));
            }
        }

        return cut;
    }

    /// <summary>What stays leaves what goes first, then what goes is removed from the top.</summary>
    private void RemoveNodes()
    {
        foreach (var node in _from.Nodes)
        {
            if (node.Parent is not null && _gone.Contains(node.Parent) && !_gone.Contains(node.Id))
            {
                if (CanEnter(node.Id))
                {
                    Settle(node.Id);
                }
                else
                {
                    StepAside(node.Id, parent: null);
                }
            }
        }

        foreach (var node in _from.Nodes)
        {
            if (_gone.Contains(node.Id))
            {
                _places.Remove(node.Id);
                if (node.Parent is null || !_gone.Contains(node.Parent))
                {
                    _operations.Add(new NodeRemove(node.Id));
                }
            }
        }
    }

    /// <summary>Parents come first, so whoever is placed finds all that is above it where it will stay: circles cannot come about.</summary>
    private void PlaceNodes()
    {
        foreach (var node in _to.Nodes)
        {
            var place = new SiblingPlace(node.Parent, node.Order);
            if (!_before.ContainsKey(node.Id) || _gone.Contains(node.Id))
            {
                Vacate(place, node.Id);
                _places.Put(node.Id, place);
                _gone.Remove(node.Id);
                _operations.Add(new NodeAdd(node));
            }
            else if (!_settled.Contains(node.Id))
            {
                if (_places.Of(node.Id) != place)
                {
                    Vacate(place, node.Id);
                }

                Settle(node.Id);
            }
        }
    }

    /// <summary>Sends who has the place where they belong, and before them who is there, and so on; the last who cannot go steps aside.</summary>
    private void Vacate(SiblingPlace place, string mover)
    {
        var chain = new Stack<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { mover };
        while (_places.At(place) is { } occupant && seen.Add(occupant))
        {
            chain.Push(occupant);
            place = TargetOf(occupant);
        }

        while (chain.TryPop(out var id))
        {
            if (CanEnter(id))
            {
                Settle(id);
            }
            else
            {
                StepAside(id, _places.Of(id).Parent);
            }
        }
    }

    private void StepAside(string id, string? parent)
    {
        var now = _places.Of(id);
        var aside = _places.Aside(parent);
        _places.Put(id, aside);
        var patch = _patches.Patch(writer =>
        {
            writer.Text("parent", now.Parent, aside.Parent);
            writer.Text("order", now.Order, aside.Order);
        });
        _operations.Add(new NodeSet(id, patch!.Value));
    }

    /// <summary>Whether the node's final place is free and within something that is there and not within the node.</summary>
    private bool CanEnter(string id)
    {
        var place = TargetOf(id);
        return _places.At(place) is null
            && (place.Parent is null || (_places.Has(place.Parent) && !_gone.Contains(place.Parent) && !_places.IsWithin(place.Parent, id)));
    }

    /// <summary>Gives a node that stays its final place and everything else that differs.</summary>
    private void Settle(string id)
    {
        _settled.Add(id);
        var (before, after, now) = (_before[id], _after[id], _places.Of(id));
        if (ReferenceEquals(before, after) && now == new SiblingPlace(after.Parent, after.Order))
        {
            return;
        }

        _places.Put(id, TargetOf(id));
        var patch = _patches.Patch(writer =>
        {
            writer.Text("parent", now.Parent, after.Parent);
            writer.Text("order", now.Order, after.Order);
            writer.Number("x", before.X, after.X);
            writer.Number("y", before.Y, after.Y);
            writer.Number("width", before.Width, after.Width);
            writer.Number("height", before.Height, after.Height);
            writer.Text("label", before.Label, after.Label);
            writer.Object("props", before.Props, after.Props);
            writer.Object("execution", before.Execution, after.Execution);
        });
        if (patch is { } fields)
        {
            _operations.Add(new NodeSet(id, fields));
        }
    }

    private void Connect(HashSet<string> cut)
    {
        var before = _from.Connections.ToDictionary(connection => connection.Id, StringComparer.Ordinal);
        foreach (var after in _to.Connections)
        {
            if (!before.TryGetValue(after.Id, out var old) || cut.Contains(after.Id))
            {
                _operations.Add(new ConnectionAdd(after));
            }
            else if (!ReferenceEquals(old, after) && PatchOf(old, after) is { } patch)
            {
                _operations.Add(new ConnectionSet(after.Id, patch));
            }
        }
    }

    private System.Text.Json.JsonElement? PatchOf(Connection before, Connection after) => _patches.Patch(writer =>
    {
        writer.End("from", before.From, after.From);
        writer.End("to", before.To, after.To);
        writer.Object("props", before.Props, after.Props);
    });

    private SiblingPlace TargetOf(string id) => new(_after[id].Parent, _after[id].Order);
}
