using Actors.Domain.Designs;

namespace Actors.Domain.Validation;

/// <summary>Connections lead from ports that exist to ports that exist, take what leaves the one into the other, and are not there twice.</summary>
internal sealed class ConnectionRule : IValidationRule
{
    public IEnumerable<Finding> Check(ValidatedDesign design)
    {
        var known = new HashSet<(Endpoint, Endpoint)>();
        foreach (var connection in design.Connections)
        {
            var (from, to) = (design.NodeOf(connection.From.Node), design.NodeOf(connection.To.Node));
            if (!known.Add((connection.From, connection.To)))
            {
                yield return Finding.OfConnection(
                    FindingCodes.ConnectionDuplicate, FindingSeverity.Warning, connection.Id,
                    $"{design.NameOf(from)} and {design.NameOf(to)} are connected twice by the same ports: every token arrives twice.", Fixes.Remove(connection));
            }

            if (design.ComponentOf(from) is null || design.ComponentOf(to) is null)
            {
                continue;
            }

            var (output, input) = (design.OutputOf(connection), design.InputOf(connection));
            if (output is null || input is null)
            {
                var (node, direction, port) = output is null ? (from, "output", connection.From.Port) : (to, "input", connection.To.Port);
                yield return Finding.OfConnection(
                    FindingCodes.PortUnknown, FindingSeverity.Error, connection.Id, $"{design.NameOf(node)} has no {direction} '{port}'.", Fixes.Remove(connection));
            }
            else if (!output.Type.Fits(input.Type))
            {
                yield return Finding.OfConnection(
                    FindingCodes.TypeMismatch, FindingSeverity.Error, connection.Id,
                    $"{output.Type} leaves {design.NameOf(from)}, which {design.NameOf(to)} does not take: it wants {input.Type}.", Fixes.Remove(connection));
            }
        }
    }
}
