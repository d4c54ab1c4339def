using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Designs;

namespace Actors.Domain.Versions;

/// <summary>Compares two states of one design.</summary>
public static class Comparing
{
    /// <summary>What differs, and the operations that turn the one into the other. Linear in the size of the two.</summary>
    public static DesignComparison Compare(DesignDocument from, DesignDocument to)
    {
        var nodes = Compare(from.Nodes, to.Nodes, node => node.Id, Changes, (node, changes) => new ElementChange(node.Id, node.Type, node.Label, changes));
        var connections = Compare(
            from.Connections, to.Connections, connection => connection.Id, Changes, (connection, changes) => new ElementChange(connection.Id, null, null, changes));
        var design = Changes(from, to);
        var operations = Transition.Between(from, to);
        var summary = new ComparisonSummary(
            nodes.Added.Length,
            nodes.Removed.Length,
            nodes.Changed.Length,
            connections.Added.Length,
            connections.Removed.Length,
            connections.Changed.Length,
            design.Length,
            operations.Length);
        return new DesignComparison(from.Revision, to.Revision, summary, nodes, connections, design, operations);
    }

    private static ElementDifferences<T> Compare<T>(
        ImmutableArray<T> from,
        ImmutableArray<T> to,
        Func<T, string> idOf,
        Func<T, T, ImmutableArray<PropertyChange>> changesOf,
        Func<T, ImmutableArray<PropertyChange>, ElementChange> changed)
        where T : class
    {
        var before = from.ToDictionary(idOf, StringComparer.Ordinal);
        var added = ImmutableArray.CreateBuilder<T>();
        var differing = ImmutableArray.CreateBuilder<ElementChange>();
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in to)
        {
            if (!before.TryGetValue(idOf(item), out var old))
            {
                added.Add(item);
                continue;
            }

            kept.Add(idOf(item));
            if (!ReferenceEquals(old, item) && changesOf(old, item) is { IsEmpty: false } changes)
            {
                differing.Add(changed(item, changes));
            }
        }

        return new(added.DrainToImmutable(), [.. from.Where(item => !kept.Contains(idOf(item)))], differing.DrainToImmutable());
    }

    private static ImmutableArray<PropertyChange> Changes(Node before, Node after)
    {
        var changes = new List<PropertyChange>();
        AddText(changes, "type", before.Type, after.Type);
        AddText(changes, "parent", before.Parent, after.Parent);
        AddNumber(changes, "x", before.X, after.X);
        AddNumber(changes, "y", before.Y, after.Y);
        AddNumber(changes, "width", before.Width, after.Width);
        AddNumber(changes, "height", before.Height, after.Height);
        AddText(changes, "order", before.Order, after.Order);
        AddText(changes, "label", before.Label, after.Label);
        JsonDifference.AddChanges(changes, "props", before.Props, after.Props);
        JsonDifference.AddChanges(changes, "execution", before.Execution, after.Execution);
        return [.. changes];
    }

    private static ImmutableArray<PropertyChange> Changes(Connection before, Connection after)
    {
        var changes = new List<PropertyChange>();
        AddText(changes, "from/node", before.From.Node, after.From.Node);
        AddText(changes, "from/port", before.From.Port, after.From.Port);
        AddText(changes, "to/node", before.To.Node, after.To.Node);
        AddText(changes, "to/port", before.To.Port, after.To.Port);
        JsonDifference.AddChanges(changes, "props", before.Props, after.Props);
        return [.. changes];
    }

    private static ImmutableArray<PropertyChange> Changes(DesignDocument before, DesignDocument after)
    {
        var changes = new List<PropertyChange>();
        AddText(changes, "name", before.Name, after.Name);
        AddText(changes, "description", before.Description, after.Description);
        JsonDifference.AddChanges(changes, "settings", before.Settings, after.Settings);
        return [.. changes];
    }

    private static void AddText(List<PropertyChange> changes, string path, string? before, string? after)
    {
        if (before != after)
        {
            changes.Add(new PropertyChange(path, Json(before), Json(after)));
        }
    }

    private static void AddNumber(List<PropertyChange> changes, string path, double? before, double? after)
    {
        if (before != after)
        {
            changes.Add(new PropertyChange(path, Json(before), Json(after)));
        }
    }

    private static JsonElement? Json(string? value) => value is null ? null : JsonValues.Of(value);

    private static JsonElement? Json(double? value) => value is { } number ? JsonValues.Of(number) : null;
}
