using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;

namespace Actors.Domain.Validation;

/// <summary>Who cannot see the screen is told what each field, button and picture is.</summary>
internal sealed class LabelRule : IValidationRule
{
    private const string Forms = "forms";

    private static readonly ImmutableArray<string> Captions = ["label", "text", "title", "name", "placeholder"];

    private static readonly ImmutableHashSet<string> Pictures = ["image", "ui.image"];

    public IEnumerable<Finding> Check(ValidatedDesign design)
    {
        foreach (var node in design.Nodes)
        {
            if (design.ComponentOf(node) is not { } component)
            {
                continue;
            }

            if ((component.Category == Forms || component.Id == "ui.link") && !HasText(node.Label) && !Captions.Any(name => HasText(node, name)))
            {
                yield return Finding.OfNode(
                    FindingCodes.LabelMissing, FindingSeverity.Warning, node.Id, $"{design.NameOf(node)} has no label: nobody who cannot see it knows what it is for.",
                    Label(node, component.Title));
            }
            else if (Pictures.Contains(component.Id) && !HasText(node, "alt"))
            {
                yield return Finding.OfNode(
                    FindingCodes.AlternativeTextMissing, FindingSeverity.Warning, node.Id, $"{design.NameOf(node)} says nowhere what it shows.", Describe(node));
            }
        }
    }

    private static FindingFix Label(Node node, string title) =>
        Fixes.Set($"Label it '{title}'", node, writer => writer.WriteString("label", title));

    private static FindingFix? Describe(Node node) =>
        HasText(node.Label) ? Fixes.SetProperty("Say what its label says", node, "alt", JsonSerializer.SerializeToElement(node.Label!)) : null;

    private static bool HasText(string? text) => !string.IsNullOrWhiteSpace(text);

    private static bool HasText(Node node, string name) =>
        node.Props.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && JsonText.IsReadable(value) && HasText(value.GetString());
}
