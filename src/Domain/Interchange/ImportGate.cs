using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;

namespace Actors.Domain.Interchange;

/// <summary>
/// What every import passes: before it is read, so that reading cannot fail, and after, so that whatever comes out of an
/// import is a design that the core takes.
/// </summary>
internal static class ImportGate
{
    /// <summary>Levels that a file has above the properties in it.</summary>
    private const int Envelope = 8;

    public static ImportResult.Refused? Open(JsonElement root, DesignLimits limits)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return ImportResult.Invalid("", "must be an object");
        }

        if (!JsonText.IsReadable(root))
        {
            return ImportResult.Invalid("", "must be well-formed Unicode text");
        }

        return JsonText.Depth(root) > limits.PropertyDepth + Envelope
            ? ImportResult.Invalid("", string.Create(CultureInfo.InvariantCulture, $"must be nested at most {limits.PropertyDepth + Envelope} deep"))
            : null;
    }

    public static ImportResult.Refused? TooMany(string pointer, int count, int limit, string what) =>
        count > limit ? ImportResult.Invalid(pointer, string.Create(CultureInfo.InvariantCulture, $"must have at most {limit} {what}, has {count}")) : null;

    /// <param name="imported">What was read.</param>
    /// <param name="components">The registry.</param>
    /// <param name="limits">Limits of a design.</param>
    /// <param name="pointers">Node or connection id to where it stands in the file.</param>
    public static ImportResult Close(
        ImportResult.Imported imported, IComponentCatalog components, DesignLimits limits, Func<string, string> pointers)
    {
        if (imported.Settings is { } settings && CheckSize(settings, limits) is { } tooLarge)
        {
            return ImportResult.Invalid("/settings", tooLarge);
        }

        var nodes = new Dictionary<string, (ComponentDescriptor Component, int Depth)>(StringComparer.Ordinal);
        foreach (var node in imported.Nodes)
        {
            if (CheckNode(node, imported.Kind, nodes, components, limits) is { } problem)
            {
                return ImportResult.Invalid(pointers(node.Id) + problem.Path, problem.Rule);
            }
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var connection in imported.Connections)
        {
            if (CheckConnection(connection, nodes, ids, limits) is { } problem)
            {
                return ImportResult.Invalid(pointers(connection.Id) + problem.Path, problem.Rule);
            }
        }

        return imported;
    }

    /// <summary>Nodes with parents before children, otherwise in the order given. A node whose parents form a ring is left out.</summary>
    public static ImmutableArray<Node> ParentsFirst(IReadOnlyCollection<Node> nodes)
    {
        var children = nodes.Where(node => node.Parent is not null).ToLookup(node => node.Parent!, StringComparer.Ordinal);
        var ordered = ImmutableArray.CreateBuilder<Node>(nodes.Count);
        ordered.AddRange(nodes.Where(node => node.Parent is null));
        for (var i = 0; i < ordered.Count; i++)
        {
            ordered.AddRange(children[ordered[i].Id]);
        }

        return ordered.ToImmutable();
    }

    private static (string Path, string Rule)? CheckNode(
        Node node, DesignKind kind, Dictionary<string, (ComponentDescriptor Component, int Depth)> seen, IComponentCatalog components, DesignLimits limits)
    {
        if (components.Find(node.Type) is not { } component || !component.Kinds.Contains(kind))
        {
            return ("/type", $"'{node.Type}', the type of node '{node.Id}', is not a component of such a design");
        }

        var depth = 1;
        if (node.Parent is not null)
        {
            if (!seen.TryGetValue(node.Parent, out var parent) || !parent.Component.Container)
            {
                return ("/parent", $"'{node.Parent}' is not a container of this design");
            }

            depth = parent.Depth + 1;
        }

        if (depth > limits.HierarchyDepth)
        {
            return ("/parent", Invariant($"must be at most {limits.HierarchyDepth} levels deep"));
        }

        if (node.Id.Length == 0 || node.Id.Length > limits.IdentifierLength || !seen.TryAdd(node.Id, (component, depth)))
        {
            return ("/id", Invariant($"must be unique and have 1 to {limits.IdentifierLength} characters"));
        }

        if (node.Label?.Length > limits.NameLength)
        {
            return ("/label", Invariant($"must have at most {limits.NameLength} characters"));
        }

        if (component.Properties.Check(node.Props) is { } refusal)
        {
            return ("", refusal.Detail);
        }

        return CheckSize(node.Props, limits) is { } large ? ("", large) : null;
    }

    private static (string Path, string Rule)? CheckConnection(
        Connection connection, Dictionary<string, (ComponentDescriptor Component, int Depth)> nodes, HashSet<string> ids, DesignLimits limits)
    {
        if (connection.Id.Length == 0 || connection.Id.Length > limits.IdentifierLength || !ids.Add(connection.Id))
        {
            return ("/id", Invariant($"must be unique and have 1 to {limits.IdentifierLength} characters"));
        }

        if (FindPort(nodes, connection.From, component => component.Outputs) is not { } from)
        {
            return ("/from", "must name a node and one of its outputs");
        }

        if (FindPort(nodes, connection.To, component => component.Inputs) is not { } to)
        {
            return ("/to", "must name a node and one of its inputs");
        }

        if (!from.Type.Fits(to.Type))
        {
            return ("", $"{from.Type} does not fit {to.Type}");
        }

        return CheckSize(connection.Props, limits) is { } large ? ("", large) : null;
    }

    private static PortDescriptor? FindPort(
        Dictionary<string, (ComponentDescriptor Component, int Depth)> nodes, Endpoint end, Func<ComponentDescriptor, ImmutableArray<PortDescriptor>> ports) =>
        nodes.TryGetValue(end.Node, out var node) ? ports(node.Component).FirstOrDefault(port => port.Name == end.Port) : null;

    private static string? CheckSize(JsonElement value, DesignLimits limits)
    {
        if (JsonText.Bytes(value) > limits.PropertyBytes)
        {
            return Invariant($"must have at most {limits.PropertyBytes} bytes of properties, has {JsonText.Bytes(value)}");
        }

        return JsonText.Depth(value) > limits.PropertyDepth ? Invariant($"must have properties nested at most {limits.PropertyDepth} deep") : null;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
