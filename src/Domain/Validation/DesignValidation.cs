using System.Collections.Immutable;
using Actors.Domain.Components;
using Actors.Domain.Designs;

namespace Actors.Domain.Validation;

/// <summary>Finds what is wrong with a design, or could be better.</summary>
public static class DesignValidation
{
    private static readonly ImmutableArray<IValidationRule> ForProcesses =
    [
        new ComponentRule(),
        new AgentRule(),
        new InputRule(),
        new ConnectionRule(),
        new NameRule(),
        new ReachabilityRule(),
        new CycleRule(),
        new JoinRule(),
        new ErrorPortRule(),
    ];

    private static readonly ImmutableArray<IValidationRule> ForWireframes =
    [
        new ComponentRule(),
        new OverlapRule(),
        new PlacementRule(),
        new LabelRule(),
        new EmptinessRule(),
    ];

    /// <summary>The findings: errors first, then warnings, then information; within these in the order of their ids.</summary>
    public static ImmutableArray<Finding> Validate(DesignDocument document, IComponentCatalog components)
    {
        var design = new ValidatedDesign(document, components);
        return
        [
            .. (design.IsProcess ? ForProcesses : ForWireframes)
                .SelectMany(rule => rule.Check(design))
                .DistinctBy(finding => finding.Id, StringComparer.Ordinal)
                .OrderBy(finding => finding.Severity)
                .ThenBy(finding => finding.Id, StringComparer.Ordinal),
        ];
    }
}
