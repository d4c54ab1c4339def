using System.Collections.Immutable;
using Actors.Domain.Designs;

namespace Actors.Domain.Versions;

/// <summary>A place in the hierarchy: among the children of a node, or of the top, at a key.</summary>
internal readonly record struct SiblingPlace(string? Parent, string Order);

/// <summary>Who stands where while a design is turned into another state of itself.</summary>
internal sealed class SiblingPlaces
{
    private const string Top = "";

    private readonly Dictionary<string, SiblingPlace> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<SiblingPlace, string> _occupants = [];
    private readonly Dictionary<string, string> _highest = new(StringComparer.Ordinal);

    /// <param name="before">They stand where they say.</param>
    /// <param name="after">Their places are no places to step aside to.</param>
    public SiblingPlaces(ImmutableArray<Node> before, ImmutableArray<Node> after)
    {
        foreach (var node in before)
        {
            Put(node.Id, new SiblingPlace(node.Parent, node.Order));
            Raise(node);
        }

        foreach (var node in after)
        {
            Raise(node);
        }
    }

    public bool Has(string id) => _places.ContainsKey(id);

    public SiblingPlace Of(string id) => _places[id];

    public string? At(SiblingPlace place) => _occupants.GetValueOrDefault(place);

    public void Put(string id, SiblingPlace place)
    {
        Leave(id);
        _places[id] = place;
        _occupants[place] = id;
    }

    public void Remove(string id)
    {
        Leave(id);
        _places.Remove(id);
    }

    /// <summary>A place behind all others of that parent, which nobody has or will have.</summary>
    public SiblingPlace Aside(string? parent)
    {
        var order = OrderKey.Between(_highest.GetValueOrDefault(parent ?? Top), null);
        _highest[parent ?? Top] = order;
        return new SiblingPlace(parent, order);
    }

    /// <summary>Whether a node is another or stands somewhere within it.</summary>
    public bool IsWithin(string? id, string ancestor)
    {
        for (; id is not null; id = _places[id].Parent)
        {
            if (id == ancestor)
            {
                return true;
            }
        }

        return false;
    }

    private void Leave(string id)
    {
        if (_places.TryGetValue(id, out var place) && At(place) == id)
        {
            _occupants.Remove(place);
        }
    }

    private void Raise(Node node)
    {
        var parent = node.Parent ?? Top;
        if (!_highest.TryGetValue(parent, out var highest) || string.CompareOrdinal(node.Order, highest) > 0)
        {
            _highest[parent] = node.Order;
        }
    }
}
