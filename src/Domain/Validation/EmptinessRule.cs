using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;

namespace Actors.Domain.Validation;

/// <summary>Frames hold something and texts say something.</summary>
internal sealed class EmptinessRule : IValidationRule
{
    public IEnumerable<Finding> Check(ValidatedDesign design)
    {
        var parents = design.Nodes.Select(node => node.Parent).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var node in design.Nodes)
        {
            if (node.Type == "frame" && !parents.Contains(node.Id))
            {
                yield return Finding.OfNode(FindingCodes.FrameEmpty, FindingSeverity.Info, node.Id, $"{design.NameOf(node)} is empty.", Fixes.Remove(node));
            }
            else if (node.Type == "text" && !HasText(node))
            {
                yield return Finding.OfNode(FindingCodes.TextEmpty, FindingSeverity.Info, node.Id, $"{design.NameOf(node)} says nothing.", Fixes.Remove(node));
            }
        }
    }

    private static bool HasText(Node node) =>
        node.Props.TryGetProperty("text", out var text)
        && text.ValueKind == JsonValueKind.String
        && (!JsonText.IsReadable(text) || !string.IsNullOrWhiteSpace(text.GetString()));
}
