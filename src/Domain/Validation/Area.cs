using Actors.Domain.Designs;

namespace Actors.Domain.Validation;

/// <summary>Where a node stands on the canvas.</summary>
internal readonly record struct Area(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    public static Area Of(ValidatedDesign design, Node node)
    {
        var component = design.ComponentOf(node);
        return new Area(node.X, node.Y, node.X + (node.Width ?? component?.DefaultWidth ?? 0), node.Y + (node.Height ?? component?.DefaultHeight ?? 0));
    }
}
