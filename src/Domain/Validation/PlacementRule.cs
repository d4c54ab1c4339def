using Actors.Domain.Designs;

namespace Actors.Domain.Validation;

/// <summary>What is within a node is within its borders, and everything has a size.</summary>
internal sealed class PlacementRule : IValidationRule
{
    private const double Tolerance = 1;

    public IEnumerable<Finding> Check(ValidatedDesign design)
    {
        foreach (var node in design.Nodes)
        {
            if (HasNoSize(node))
            {
                yield return Finding.OfNode(
                    FindingCodes.NoSize, FindingSeverity.Warning, node.Id, $"{design.NameOf(node)} has no size and cannot be seen.",
                    Fixes.Set("Give it its usual size", node, writer =>
                    {
                        writer.WriteNull("width");
                        writer.WriteNull("height");
                    }));
            }

            if (design.Find(node.Parent) is { } parent && design.ComponentOf(parent) is { Container: true } && CheckWithin(design, node, parent) is { } finding)
            {
                yield return finding;
            }
        }
    }

    private static bool HasNoSize(Node node) =>
        (node.Width == 0 || node.Height == 0) && node.Type is not ("shape.line" or "shape.path" or "ui.divider" or "ui.spacer");

    private static Finding? CheckWithin(ValidatedDesign design, Node node, Node parent)
    {
        var (inner, outer) = (Area.Of(design, node), Area.Of(design, parent));
        if (inner.Left >= outer.Left - Tolerance && inner.Top >= outer.Top - Tolerance && inner.Right <= outer.Right + Tolerance && inner.Bottom <= outer.Bottom + Tolerance)
        {
            return null;
        }

        var isOutside = inner.Left >= outer.Right || inner.Right <= outer.Left || inner.Top >= outer.Bottom || inner.Bottom <= outer.Top;
        return Finding.OfNode(
            FindingCodes.OutsideParent,
            isOutside ? FindingSeverity.Warning : FindingSeverity.Info,
            node.Id,
            $"{design.NameOf(node)} {(isOutside ? "stands outside of" : "sticks out of")} {design.NameOf(parent)}, in which it is.",
            MoveInside(node, inner, outer));
    }

    /// <summary>Nothing when it does not fit, or is so far away that a number cannot tell its borders apart.</summary>
    private static FindingFix? MoveInside(Node node, Area inner, Area outer)
    {
        if (inner.Width > outer.Width || inner.Height > outer.Height)
        {
            return null;
        }

        var x = Math.Clamp(inner.Left, outer.Left, Math.Max(outer.Left, outer.Right - inner.Width));
        var y = Math.Clamp(inner.Top, outer.Top, Math.Max(outer.Top, outer.Bottom - inner.Height));
        return double.IsFinite(x) && double.IsFinite(y)
            ? Fixes.Set("Move it inside", node, writer =>
            {
                writer.WriteNumber("x", x);
                writer.WriteNumber("y", y);
            })
            : null;
    }
}
