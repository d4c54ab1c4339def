using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Components.BuiltIn;
using Actors.Domain.Designs;

namespace Actors.Domain.Interchange;

/// <summary>The nodes and connections of one React Flow file while it is read.</summary>
internal sealed class ReactFlowReading(DesignKind kind, IComponentCatalog components, DesignLimits limits)
{
    private readonly UniqueIds _nodeIds = new(limits.IdentifierLength);
    private readonly UniqueIds _edgeIds = new(limits.IdentifierLength);
    private readonly List<(JsonElement Json, string Id, string Type, string? Parent)> _read = [];

    /// <summary>The identifier in the file to the place in the list; the first node of a name wins.</summary>
    private readonly Dictionary<string, int> _byOriginal = new(StringComparer.Ordinal);

    public List<Node> Nodes { get; } = [];

    public List<Connection> Connections { get; } = [];

    public List<(string Order, JsonElement Edge)> Dangling { get; } = [];

    public List<ImportWarning> Warnings { get; } = [];

    public Dictionary<string, string> Pointers { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> EdgePointers { get; } = new(StringComparer.Ordinal);

    public ImportResult.Refused? ReadNodes(JsonElement nodes)
    {
        foreach (var json in nodes.EnumerateArray())
        {
            var pointer = FormattableString.Invariant($"/nodes/{_read.Count}");
            if (json.ValueKind != JsonValueKind.Object)
            {
                return ImportResult.Invalid(pointer, "must be an object");
            }

            if (json.GetText("id") is not { Length: > 0 } original)
            {
                return ImportResult.Invalid(pointer + "/id", "must be a text that is not empty");
            }

            var id = _nodeIds.Take(original);
            if (!_byOriginal.TryAdd(original, _read.Count))
            {
                Warnings.Add(new ImportWarning(pointer + "/id", $"The identifier is taken; the node became '{id}'."));
            }

            Pointers[id] = pointer;
            _read.Add((json, id, TypeOf(json), null));
        }

        ResolveParents();
        var absolute = Absolute();
        for (var i = 0; i < _read.Count; i++)
        {
            Nodes.Add(ReadNode(i, absolute));
        }

        return null;
    }

    public ImportResult.Refused? ReadEdges(JsonElement edges)
    {
        var all = new List<(Connection Connection, JsonElement Edge, int Index, bool Plain)>();
        var index = 0;
        foreach (var edge in edges.EnumerateArray())
        {
            var pointer = FormattableString.Invariant($"/edges/{index}");
            if (edge.ValueKind != JsonValueKind.Object)
            {
                return ImportResult.Invalid(pointer, "must be an object");
            }

            if (Connect(edge, out var from, out var to) is { } problem)
            {
                Warnings.Add(new ImportWarning(pointer, problem + " The edge is kept in the design's settings."));
                Dangling.Add((OrderSequence.Key(index), edge));
            }
            else
            {
                var id = _edgeIds.Take(ReactFlowEdges.DefaultId(edge, index));
                EdgePointers[id] = pointer;
                var plain = new Connection { Id = id, From = from!, To = to!, Props = edge.GetObject("data")?.Clone() ?? Node.EmptyObject };
                all.Add((plain, edge, index, IsPlain(plain, edge)));
            }

            index++;
        }

        // Connections stand in the order of their ids. Where that is not the order of the edges, each remembers its place.
        var inOrder = Dangling.Count == 0 && all.Zip(all.Skip(1)).All(pair => string.CompareOrdinal(pair.First.Connection.Id, pair.Second.Connection.Id) < 0);
        Connections.AddRange(inOrder && all.TrueForAll(read => read.Plain)
            ? all.Select(read => read.Connection)
            : all.Select(read => read.Connection with { Props = ReactFlowEdges.WithOriginal(read.Edge, read.Index) }));
        return null;
    }

    /// <summary>Props that could be mistaken for what an import keeps are not plain.</summary>
    private static bool IsPlain(Connection connection, JsonElement edge) =>
        ReactFlowNodes.Original(connection.Props) is null
        && connection.Props.Get(ReactFlowEdges.Order) is null
        && JsonElement.DeepEquals(ReactFlowEdges.Plain(connection, connection.From.Node, connection.To.Node), edge);

    /// <summary>The type itself when it is a component of such a design and the data fit it, else <c>foreign</c>.</summary>
    private string TypeOf(JsonElement json)
    {
        if (json.GetText("type") is not { } type || components.Find(type) is not { } component || !component.Kinds.Contains(kind))
        {
            return ForeignComponent.Id;
        }

        var fits = json.Get("data") is not { } data
            || (data.ValueKind == JsonValueKind.Object && component.Properties.Check(data) is null && ReactFlowNodes.Original(data) is null);
        return fits ? type : ForeignComponent.Id;
    }

    private void ResolveParents()
    {
        for (var i = 0; i < _read.Count; i++)
        {
            var read = _read[i];
            if (ReactFlowNodes.Parent(read.Json) is not { Length: > 0 } original)
            {
                continue;
            }

            var pointer = $"{Pointers[read.Id]}/{ReactFlowNodes.ParentField(read.Json)}";
            if (!_byOriginal.TryGetValue(original, out var parent))
            {
                Warnings.Add(new ImportWarning(pointer, "There is no such node; the node stands at the top."));
            }
            else if (components.Find(_read[parent].Type) is not { Container: true })
            {
                Warnings.Add(new ImportWarning(pointer, "Nothing can stand inside that node; the node stands at the top."));
            }
            else if (LeadsTo(parent, i))
            {
                Warnings.Add(new ImportWarning(pointer, "The parents form a ring; the node stands at the top."));
            }
            else
            {
                _read[i] = read with { Parent = _read[parent].Id };
            }
        }
    }

    /// <summary>Whether the parents of <paramref name="from"/> that are resolved so far lead to <paramref name="to"/>.</summary>
    private bool LeadsTo(int from, int to)
    {
        var steps = 0;
        for (var at = from; ; at = _byOriginal[ReactFlowNodes.Parent(_read[at].Json)!])
        {
            // Too deep is refused at the end; here it only must not take forever.
            if (at == to || steps++ > limits.HierarchyDepth)
            {
                return at == to;
            }

            if (_read[at].Parent is null)
            {
                return false;
            }
        }
    }

    private (double X, double Y)[] Absolute()
    {
        var absolute = new (double X, double Y)[_read.Count];
        var done = new bool[_read.Count];
        var path = new Stack<int>();
        for (var i = 0; i < _read.Count; i++)
        {
            for (var at = i; !done[at]; at = _byOriginal[ReactFlowNodes.Parent(_read[at].Json)!])
            {
                path.Push(at);
                done[at] = true;
                if (_read[at].Parent is null)
                {
                    break;
                }
            }

            while (path.TryPop(out var at))
            {
                var (x, y) = ReactFlowNodes.Position(_read[at].Json) ?? (0, 0);
                absolute[at] = _read[at].Parent is null ? (x, y) : Add(absolute[_byOriginal[ReactFlowNodes.Parent(_read[at].Json)!]], x, y);
            }
        }

        return absolute;
    }

    private static (double X, double Y) Add((double X, double Y) origin, double x, double y) => (origin.X + x, origin.Y + y);

    private Node ReadNode(int index, (double X, double Y)[] absolute)
    {
        var (json, id, type, parent) = _read[index];
        var (x, y) = absolute[index];
        if (ReactFlowNodes.Position(json) is null || !double.IsFinite(x) || !double.IsFinite(y))
        {
            Warnings.Add(new ImportWarning($"{Pointers[id]}/position", "There is no position that can be read; the node is put at the origin."));
        }

        var data = json.GetObject("data");
        var node = new Node
        {
            Id = id,
            Type = type,
            Parent = parent,
            X = double.IsFinite(x) ? x : 0,
            Y = double.IsFinite(y) ? y : 0,
            Width = ReactFlowNodes.Size(json, "width"),
            Height = ReactFlowNodes.Size(json, "height"),
            Order = OrderSequence.Key(index),
            Label = ReactFlowNodes.Label(json, type, limits),
            Execution = ReactFlowNodes.Execution(json)?.Clone(),
            Props = data?.Clone() ?? Node.EmptyObject,
        };
        if (type != ForeignComponent.Id || json.GetText("type") == ForeignComponent.Id)
        {
            // As the export will compute it: in floating point, taking the parent's place off again may not give the same.
            var origin = parent is null ? (X: 0.0, Y: 0.0) : absolute[_byOriginal[ReactFlowNodes.Parent(json)!]];
            var plain = ReactFlowNodes.Plain(node, id, (node.X - origin.X, node.Y - origin.Y), parent);
            if (ReactFlowNodes.Original(node.Props) is null && JsonElement.DeepEquals(plain, json))
            {
                return node;
            }
        }

        // Data that have a source of their own leave no room for this one.
        var hasRoom = type != ForeignComponent.Id && data?.Get(Rules.Source) is null && data?.Get(Rules.SourceFormat) is null;
        return hasRoom
            ? node with { Props = ReactFlowNodes.WithOriginal(data, json) }
            : node with
            {
                Type = ForeignComponent.Id,
                Label = ReactFlowNodes.Label(json, ForeignComponent.Id, limits),
                Props = ReactFlowNodes.WithOriginal(null, json),
            };
    }

    /// <summary>The ends of an edge, or why it cannot be a connection.</summary>
    private string? Connect(JsonElement edge, out Endpoint? from, out Endpoint? to)
    {
        (from, to) = (null, null);
        if (edge.GetText("source") is not { } source || !_byOriginal.TryGetValue(source, out var start))
        {
            return "The edge's source does not exist.";
        }

        if (edge.GetText("target") is not { } target || !_byOriginal.TryGetValue(target, out var end))
        {
            return "The edge's target does not exist.";
        }

        var output = ReactFlowPorts.Output(components.Find(Nodes[start].Type), edge);
        var input = ReactFlowPorts.Input(components.Find(Nodes[end].Type), edge);
        if (output is null || input is null)
        {
            return "The edge's ends have no ports for it.";
        }

        if (!output.Type.Fits(input.Type))
        {
            return $"The output's type {output.Type} does not fit the input's type {input.Type}.";
        }

        from = new Endpoint(Nodes[start].Id, output.Name);
        to = new Endpoint(Nodes[end].Id, input.Name);
        return null;
    }
}
