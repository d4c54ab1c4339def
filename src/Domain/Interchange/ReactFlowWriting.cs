using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Components.BuiltIn;
using Actors.Domain.Designs;

namespace Actors.Domain.Interchange;

/// <summary>One design while it is written: compares each node with its original, and changes only what was edited.</summary>
internal sealed class ReactFlowWriting
{
    private readonly IComponentCatalog _components;
    private readonly DesignLimits _limits;
    private readonly Dictionary<string, Node> _nodes;
    private readonly Dictionary<string, string> _exported = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byExported = new(StringComparer.Ordinal);

    public ReactFlowWriting(DesignDocument design, IComponentCatalog components, DesignLimits limits)
    {
        (_components, _limits) = (components, limits);
        _nodes = design.Nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);

        // Identifiers that stand as they are come first: no original may take one of them away.
        foreach (var node in design.Nodes.OrderBy(node => OriginalId(node) is not null))
        {
            var id = OriginalId(node) is { } original && !_byExported.ContainsKey(original) ? original : node.Id;
            _exported.Add(node.Id, id);
            _byExported.TryAdd(id, node.Id);
        }
    }

    public JsonElement Node(Node node)
    {
        var parent = node.Parent is { } id && _nodes.TryGetValue(id, out var found) ? found : null;
        var position = parent is null ? (node.X, node.Y) : (node.X - parent.X, node.Y - parent.Y);
        var parentId = parent is null ? null : _exported[parent.Id];
        return ReactFlowNodes.Original(node.Props) is { } original
            ? Restore(node, original, parent, position, parentId)
            : ReactFlowNodes.Plain(node, _exported[node.Id], position, parentId);
    }

    public JsonElement Edge(Connection connection)
    {
        var source = _exported.GetValueOrDefault(connection.From.Node, connection.From.Node);
        var target = _exported.GetValueOrDefault(connection.To.Node, connection.To.Node);
        return ReactFlowNodes.Original(connection.Props) is { } original
            ? RestoreEdge(connection, original, source, target)
            : ReactFlowEdges.Plain(connection, source, target);
    }

    /// <summary>The identifier in the file, when the import had to make another of it.</summary>
    private string? OriginalId(Node node) =>
        ReactFlowNodes.Original(node.Props)?.GetText("id") is { Length: > 0 } original
        && original != node.Id
        && UniqueIds.IsMadeFrom(node.Id, original, _limits.IdentifierLength) ? original : null;

    private JsonElement Restore(Node node, JsonElement original, Node? parent, (double X, double Y) position, string? parentId)
    {
        var there = ReactFlowNodes.Position(original) ?? (0, 0);
        var moved = node.X != (parent?.X ?? 0) + there.X || node.Y != (parent?.Y ?? 0) + there.Y;
        var resized = node.Width != ReactFlowNodes.Size(original, "width") || node.Height != ReactFlowNodes.Size(original, "height");
        var adopted = parent?.Id != ImportedParent(original);
        var renamed = node.Label != ReactFlowNodes.Label(original, node.Type, _limits);
        var retimed = !SameJson(node.Execution, ReactFlowNodes.Execution(original));
        var data = JsonBuild.Without(node.Props, Rules.Source, Rules.SourceFormat);
        var hasData = node.Type != ForeignComponent.Id && data.EnumerateObject().Any();
        return JsonBuild.Object(writer =>
        {
            foreach (var field in original.EnumerateObject())
            {
                var stale = field.Name switch
                {
                    "id" => field.Value.ValueKind != JsonValueKind.String || !field.Value.ValueEquals(_exported[node.Id]),
                    "position" or "positionAbsolute" => moved,
                    "width" or "height" => resized,
                    "parentId" or "parentNode" => adopted,
                    "label" => renamed,
                    "execution" => retimed,
                    "data" => hasData,
                    _ => false,
                };
                if (!stale)
                {
                    field.WriteTo(writer);
                }
            }

            if (original.GetText("id") != _exported[node.Id])
            {
                writer.WriteString("id", _exported[node.Id]);
            }

            if (moved)
            {
                ReactFlowNodes.WritePosition(writer, position);
            }

            if (resized)
            {
                WriteNumber(writer, "width", node.Width);
                WriteNumber(writer, "height", node.Height);
            }

            if (adopted && parentId is not null)
            {
                writer.WriteString(ReactFlowNodes.ParentField(original), parentId);
            }

            if (renamed && node.Label is not null)
            {
                writer.WriteString("label", node.Label);
            }

            if (retimed && node.Execution is { } execution)
            {
                writer.Property("execution", execution);
            }

            if (hasData)
            {
                writer.Property("data", data);
            }
        });
    }

    /// <summary>The parent that the import gave to this original, as far as it still exists.</summary>
    private string? ImportedParent(JsonElement original) =>
        ReactFlowNodes.Parent(original) is { } name
        && _byExported.TryGetValue(name, out var id)
        && _components.Find(_nodes[id].Type) is { Container: true } ? id : null;

    private JsonElement RestoreEdge(Connection connection, JsonElement original, string source, string target)
    {
        var output = ReactFlowPorts.Output(ComponentOf(connection.From), original)?.Name;
        var input = ReactFlowPorts.Input(ComponentOf(connection.To), original)?.Name;
        var stale = new List<string>();
        if (original.GetText("source") != source)
        {
            stale.Add("source");
        }

        if (original.GetText("target") != target)
        {
            stale.Add("target");
        }

        if (output != connection.From.Port)
        {
            stale.Add("sourceHandle");
        }

        if (input != connection.To.Port)
        {
            stale.Add("targetHandle");
        }

        if (original.GetText("id") is { Length: > 0 } id && !UniqueIds.IsMadeFrom(connection.Id, id, _limits.IdentifierLength))
        {
            stale.Add("id");
        }

        if (stale.Count == 0)
        {
            return original;
        }

        return JsonBuild.Object(writer =>
        {
            JsonBuild.CopyExcept(writer, original, [.. stale]);
            foreach (var name in stale)
            {
                writer.WriteString(name, name switch
                {
                    "source" => source,
                    "target" => target,
                    "sourceHandle" => connection.From.Port,
                    "targetHandle" => connection.To.Port,
                    _ => connection.Id,
                });
            }
        });
    }

    private ComponentDescriptor? ComponentOf(Endpoint end) => _nodes.TryGetValue(end.Node, out var node) ? _components.Find(node.Type) : null;

    private static void WriteNumber(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static bool SameJson(JsonElement? left, JsonElement? right) =>
        left is { } a && right is { } b ? JsonElement.DeepEquals(a, b) : left is null && right is null;
}
