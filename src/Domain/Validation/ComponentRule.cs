using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Components.BuiltIn;
using Actors.Domain.Designs;

namespace Actors.Domain.Validation;

/// <summary>Each node is of a component that exists, and has the properties that the component needs.</summary>
internal sealed class ComponentRule : IValidationRule
{
    public IEnumerable<Finding> Check(ValidatedDesign design)
    {
        foreach (var node in design.Nodes)
        {
            if (design.ComponentOf(node) is not { } component)
            {
                yield return Finding.OfNode(
                    FindingCodes.TypeUnknown, FindingSeverity.Error, node.Id, $"There is no component '{node.Type}' (any more).", Fixes.Remove(node));
                continue;
            }

            if (design.IsDisabled(node))
            {
                yield return Finding.OfNode(
                    FindingCodes.ComponentDisabled,
                    design.IsProcess ? FindingSeverity.Error : FindingSeverity.Warning,
                    node.Id,
                    $"{design.NameOf(node)} is of a component that is switched off in this project.",
                    Fixes.Remove(node));
            }

            if (component.Id == ForeignComponent.Id && design.IsProcess)
            {
                yield return Finding.OfNode(
                    FindingCodes.Foreign, FindingSeverity.Error, node.Id, $"{design.NameOf(node)} came from another tool and cannot run: put a component in its place.");
            }

            foreach (var finding in CheckProperties(design, node, component))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<Finding> CheckProperties(ValidatedDesign design, Node node, ComponentDescriptor component)
    {
        if (component.Properties.Check(node.Props) is { } invalid)
        {
            yield return Finding.OfNode(FindingCodes.PropertyInvalid, FindingSeverity.Error, node.Id, $"{design.NameOf(node)}: {invalid.Detail}.");
            yield break;
        }

        foreach (var (name, rule) in component.Properties.Properties)
        {
            if (rule.Required && !node.Props.TryGetProperty(name, out _))
            {
                yield return Finding.OfNode(
                    FindingCodes.PropertyMissing, FindingSeverity.Error, node.Id, $"{design.NameOf(node)} needs '{name}'.", FillIn(node, component, name, rule), name);
            }
        }
    }

    private static FindingFix? FillIn(Node node, ComponentDescriptor component, string name, PropertyRule rule)
    {
        if (rule.Default is { } byDefault)
        {
            return Fixes.SetProperty($"Set '{name}' to its default", node, name, byDefault);
        }

        return component.Example is { ValueKind: JsonValueKind.Object } example && example.TryGetProperty(name, out var value)
            ? Fixes.SetProperty($"Set '{name}' to an example", node, name, value)
            : null;
    }
}
