using Actors.Domain.Components;
using Actors.Domain.Designs;

namespace Actors.Domain.Validation;

/// <summary>
/// A join takes one token from each of its connections. Where two of them begin at different outputs of one node, such as
/// the cases of a switch, a token comes by the one or by the other, and the join waits for both.
/// </summary>
internal sealed class JoinRule : IValidationRule
{
    public IEnumerable<Finding> Check(ValidatedDesign design)
    {
        var origins = new Dictionary<string, Connection>(StringComparer.Ordinal);
        foreach (var node in design.Nodes)
        {
            var joined = Joined(design, node);
            if (joined.Count < 2)
            {
                continue;
            }

            var byNode = joined.Select(connection => OriginOf(design, connection, origins)).GroupBy(origin => origin.From.Node, StringComparer.Ordinal);
            foreach (var origin in byNode.Where(origin => AreAlternatives(design, [.. origin])))
            {
                yield return Finding.OfNode(
                    FindingCodes.JoinOfAlternatives, FindingSeverity.Warning, node.Id,
                    $"{design.NameOf(node)} waits for a token from each side, but {design.NameOf(design.NodeOf(origin.Key))} sends each token to one of them only.", detail: origin.Key);
            }
        }
    }

    /// <summary>The connections of which a firing of the node takes one token each.</summary>
    private static List<Connection> Joined(ValidatedDesign design, Node node)
    {
        var into = design.Into(node.Id).ToList();
        if (into.Count < 2 || design.ComponentOf(node) is not { Rule: FiringRule.All } component)
        {
            return [];
        }

        // Of several connections that merge into one input any will do, so only single ones and those of a join are waited for.
        var ports = into.GroupBy(connection => connection.To.Port, StringComparer.Ordinal);
        return [.. ports.Where(port => port.Count() == 1 || component.Inputs.Any(input => input.Name == port.Key && input.FanIn == FanIn.Join)).SelectMany(port => port)];
    }

    /// <summary>Back along nodes that have one way in and one way out, to the connection that leaves a node with several.</summary>
    private static Connection OriginOf(ValidatedDesign design, Connection connection, Dictionary<string, Connection> origins)
    {
        var passed = new List<string>();
        var origin = connection;
        while (origins.TryAdd(origin.Id, origin))
        {
            passed.Add(origin.Id);
            if (WayInto(design, origin.From.Node) is not { } before)
            {
                break;
            }

            origin = before;
        }

        var result = origins[origin.Id];
        foreach (var id in passed)
        {
            origins[id] = result;
        }

        return result;
    }

    private static Connection? WayInto(ValidatedDesign design, string nodeId)
    {
        using var into = design.Into(nodeId).GetEnumerator();
        if (!into.MoveNext())
        {
            return null;
        }

        var only = into.Current;
        return into.MoveNext() || design.OutOf(nodeId).Skip(1).Any() ? null : only;
    }

    private static bool AreAlternatives(ValidatedDesign design, List<Connection> origins) =>
        origins.Select(origin => origin.From.Port).Distinct(StringComparer.Ordinal).Count() > 1
        || (origins.DistinctBy(origin => origin.Id, StringComparer.Ordinal).Count() > 1 && design.FanOutOf(origins[0]) == FanOut.Compete);
}
