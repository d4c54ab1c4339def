using System.Collections.Immutable;
using Actors.Domain.Designs;

namespace Actors.Domain.Validation;

/// <summary>
/// Parts of an interface that stand within the same node do not lie on one another. A sweep from left to right; each node
/// is reported once, with one that it lies on, so that a heap of a thousand gives a thousand findings and not a million.
/// Shapes, texts and pictures are drawn on one another on purpose; dialogs and drawers lie on everything.
/// </summary>
internal sealed class OverlapRule : IValidationRule
{
    private const string Shapes = "shapes";
    private const string Frame = "frame";

    /// <summary>Pixels by which borders may touch.</summary>
    private const double Tolerance = 1;

    private static readonly ImmutableHashSet<string> Layers = ["ui.modal", "ui.drawer", "ui.tooltip", "ui.toast", "ui.badge", "ui.menu"];

    public IEnumerable<Finding> Check(ValidatedDesign design) => design.Nodes
        .Where(node => IsSolid(design, node))
        .GroupBy(node => node.Parent, StringComparer.Ordinal)
        .SelectMany(siblings => Sweep(design, siblings));

    private static bool IsSolid(ValidatedDesign design, Node node) =>
        design.ComponentOf(node) is { } component && (component.Category != Shapes || component.Id == Frame) && !Layers.Contains(component.Id);

    private static IEnumerable<Finding> Sweep(ValidatedDesign design, IEnumerable<Node> siblings)
    {
        var boxes = siblings
            .Select(node => (Node: node, Area: Area.Of(design, node)))
            .Where(box => box.Area.Width > 2 * Tolerance && box.Area.Height > 2 * Tolerance)
            .OrderBy(box => box.Area.Top)
            .ToArray();
        var tree = new IntervalTree([.. boxes.Select(box => box.Area.Top)]);
        var events = Enumerable.Range(0, boxes.Length)
            .SelectMany(place => new[] { (X: boxes[place].Area.Left, Ends: false, Place: place), (X: boxes[place].Area.Right - Tolerance, Ends: true, Place: place) })
            .OrderBy(happens => happens.X)
            .ThenByDescending(happens => happens.Ends)
            .ToArray();
        foreach (var (_, ends, place) in events)
        {
            var (node, area) = boxes[place];
            if (ends)
            {
                tree.Remove(place);
                continue;
            }

            if (tree.Overlapping(area.Top + Tolerance, area.Bottom - Tolerance) is >= 0 and var other)
            {
                yield return Finding.OfNode(
                    FindingCodes.Overlap, FindingSeverity.Warning, node.Id, $"{design.NameOf(node)} and {design.NameOf(boxes[other].Node)} lie on one another.");
            }

            tree.Add(place, area.Bottom);
        }
    }
}
