using Actors.Domain.Components;
using Actors.Domain.Designs;

namespace Actors.Domain.Validation;

/// <summary>Tokens come from somewhere to every node, and what a node makes goes somewhere.</summary>
internal sealed class ReachabilityRule : IValidationRule
{
    private const string Error = "error";
    private const string Effects = "effects";

    public IEnumerable<Finding> Check(ValidatedDesign design)
    {
        var sources = design.Nodes.Where(node => design.ComponentOf(node) is { Inputs.IsEmpty: true }).Select(node => node.Id).ToList();
        if (sources.Count == 0 && !design.Nodes.IsEmpty)
        {
            yield return new Finding(
                FindingCodes.NoSource, FindingCodes.NoSource, FindingSeverity.Error, null, null, "Nothing in this process begins: it needs a source, such as an input.", null);
        }

        var reached = Reach(design, sources);
        foreach (var node in design.Nodes)
        {
            if (design.ComponentOf(node) is not { } component)
            {
                continue;
            }

            if (!reached.Contains(node.Id) && sources.Count > 0 && design.Into(node.Id).Any())
            {
                yield return Finding.OfNode(FindingCodes.Unreachable, FindingSeverity.Warning, node.Id, $"No token ever comes to {design.NameOf(node)}: no source leads to it.");
            }

            if (IsDeadEnd(design, node, component))
            {
                yield return Finding.OfNode(FindingCodes.DeadEnd, FindingSeverity.Warning, node.Id, $"What {design.NameOf(node)} makes goes nowhere.");
            }
        }
    }

    private static bool IsDeadEnd(ValidatedDesign design, Node node, ComponentDescriptor component) =>
        component is { Effects: EffectClass.Pure, Category: not Effects }
        && component.Outputs.Any(output => output.Name != Error)
        && !design.OutOf(node.Id).Any(connection => connection.From.Port != Error);

    private static HashSet<string> Reach(ValidatedDesign design, List<string> sources)
    {
        var reached = new HashSet<string>(sources, StringComparer.Ordinal);
        var pending = new Stack<string>(sources);
        while (pending.TryPop(out var id))
        {
            foreach (var connection in design.OutOf(id))
            {
                if (reached.Add(connection.To.Node))
                {
                    pending.Push(connection.To.Node);
                }
            }
        }

        return reached;
    }
}
