using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Execution;

namespace Actors.Domain.Validation;

/// <summary>A circle begins by itself only at a node that fires on any input, and turns only where a token can wait.</summary>
internal sealed class CycleRule : IValidationRule
{
    /// <summary>Nodes that a message names.</summary>
    private const int Named = 4;

    public IEnumerable<Finding> Check(ValidatedDesign design)
    {
        foreach (var cycle in Cycles.Find(design, node => design.ComponentOf(node)?.Rule != FiringRule.Any, _ => true))
        {
            yield return Finding.OfNode(
                FindingCodes.CycleWithoutAny, FindingSeverity.Error, cycle[0].Id, $"The circle of {Names(design, cycle)} never begins: put a merge on it.");
        }

        foreach (var cycle in Cycles.Find(design, _ => true, IsRendezvous))
        {
            var on = cycle.Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
            var connection = design.OutOf(cycle[0].Id).First(connection => IsRendezvous(connection) && on.Contains(connection.To.Node));
            yield return Finding.OfNode(
                FindingCodes.CycleWithoutCapacity, FindingSeverity.Error, cycle[0].Id, $"No token can wait on the circle of {Names(design, cycle)}: each waits for the next.", GiveRoom(connection));
        }
    }

    private static bool IsRendezvous(Connection connection) => ChannelSettings.Read(connection.Props).Capacity == 0;

    private static FindingFix GiveRoom(Connection connection) => new("Let tokens wait on it", [new ConnectionSet(connection.Id, JsonObjects.Write(writer =>
    {
        writer.WriteStartObject("props");
        writer.WriteNull("capacity");
        writer.WriteEndObject();
    }))]);

    private static string Names(ValidatedDesign design, IReadOnlyList<Node> cycle) =>
        string.Join(", ", cycle.Take(Named).Select(design.NameOf)) + (cycle.Count > Named ? $" and {cycle.Count - Named} more" : "");
}
