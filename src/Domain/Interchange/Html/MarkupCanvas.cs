using System.Globalization;
using System.Text;
using Actors.Domain.Interchange.Svg;

namespace Actors.Domain.Interchange.Html;

/// <summary>Draws into an <c>svg</c> element of a page; coordinates are those of the design, moved to the element's corner.</summary>
internal sealed class MarkupCanvas(Box view) : SvgCanvas
{
    private readonly List<Element> _shapes = [];

    /// <summary>The drawing of a component as one element that is as large as the component.</summary>
    public static Element Draw(SvgNode node, string style, string? title)
    {
        var canvas = new MarkupCanvas(node.Box);
        SvgDrawings.Draw(canvas, node);
        var drawing = Element.Of("svg", style)
            .With("viewBox", $"0 0 {N(Math.Max(node.Box.Width, 1))} {N(Math.Max(node.Box.Height, 1))}")
            .With("width", N(Math.Max(node.Box.Width, 1)))
            .With("height", N(Math.Max(node.Box.Height, 1)));
        _ = title is null ? drawing.With("aria-hidden", "true") : drawing.With("role", "img").With("aria-label", title);
        return drawing.AddAll(canvas._shapes);
    }

    public override void Rectangle(Box box, in SvgPen pen, double radius)
    {
        var shape = Element.Of("rect").With("x", X(box.X)).With("y", Y(box.Y)).With("width", N(Math.Max(0, box.Width))).With("height", N(Math.Max(0, box.Height)));
        Add(radius > 0 ? shape.With("rx", N(Math.Min(radius, Math.Min(box.Width, box.Height) / 2))) : shape, pen);
    }

    public override void Ellipse(Box box, in SvgPen pen) => Add(
        Element.Of("ellipse").With("cx", X(box.CenterX)).With("cy", Y(box.CenterY)).With("rx", N(box.Width / 2)).With("ry", N(box.Height / 2)), pen);

    public override void Line(double x1, double y1, double x2, double y2, in SvgPen pen) =>
        Add(Element.Of("line").With("x1", X(x1)).With("y1", Y(y1)).With("x2", X(x2)).With("y2", Y(y2)), pen);

    public override void Path(string data, in SvgPen pen, double x, double y)
    {
        var (left, top) = (x - view.X, y - view.Y);
        var shape = Element.Of("path").With("d", data.ReplaceLineEndings(" "));
        Add(left == 0 && top == 0 ? shape : shape.With("transform", $"translate({N(left)} {N(top)})"), pen);
    }

    public override void Polygon(ReadOnlySpan<(double X, double Y)> points, in SvgPen pen)
    {
        var corners = new StringBuilder();
        foreach (var (x, y) in points)
        {
            corners.Append(CultureInfo.InvariantCulture, $"{X(x)},{Y(y)} ");
        }

        Add(Element.Of("polygon").With("points", corners.ToString().TrimEnd()), pen);
    }

    public override void Text(double x, double y, string text, in SvgFont font)
    {
        if (text.Length == 0)
        {
            return;
        }

        _shapes.Add(Element.Of("text").With("x", X(x)).With("y", Y(y)).With("font-size", N(font.Size)).With("fill", font.Color)
            .With("text-anchor", font.Anchor == "start" ? null : font.Anchor)
            .With("font-weight", font.Weight == "normal" ? null : font.Weight)
            .With("font-style", font.Slope == "normal" ? null : font.Slope)
            .With("font-family", font.Family == SvgText.Sans ? null : font.Family)
            .Say(text));
    }

    /// <summary>Patterns need names that are unique in a page; a pale fill says the same without one.</summary>
    public override string Hatch(string color, bool cross) => $"color-mix(in srgb, {color} {(cross ? 50 : 35)}%, white)";

    private string X(double x) => N(x - view.X);

    private string Y(double y) => N(y - view.Y);

    private void Add(Element shape, in SvgPen pen)
    {
        shape.With("fill", pen.Fill);
        if (pen.Stroke != "none" && pen.Width > 0)
        {
            shape.With("stroke", pen.Stroke).With("stroke-width", N(pen.Width)).With("stroke-linecap", "round").With("stroke-linejoin", "round").With("stroke-dasharray", pen.Dash switch
            {
                "dashed" => $"{N(pen.Width * 4)} {N(pen.Width * 3)}",
                "dotted" => $"0.1 {N(pen.Width * 3)}",
                _ => null,
            });
        }

        _shapes.Add(shape);
    }
}
