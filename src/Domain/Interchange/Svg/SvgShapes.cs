using System.Globalization;
using System.Text;

namespace Actors.Domain.Interchange.Svg;

/// <summary>Frames, text, images and shapes.</summary>
internal static class SvgShapes
{
    private const double ShapeText = 16;

    public static void Frame(SvgCanvas canvas, SvgNode node)
    {
        var title = node.Node.Label ?? node.Text("title", "name") ?? "Frame";
        canvas.Text(node.Box.X + 2, node.Box.Y - 8, SvgText.Fit(title, Math.Max(node.Box.Width, 80), 13), new SvgFont(13, SvgStyle.Muted, Weight: "600"));
        canvas.Rectangle(node.Box, node.Outline, node.Radius(8));
    }

    public static void Text(SvgCanvas canvas, SvgNode node) => Words(canvas, node, node.Box, "left", "top", node.FontSize(16));

    public static void Image(SvgCanvas canvas, SvgNode node) => canvas.Placeholder(node.Box, node.Text("alt", "text", "label") ?? node.Node.Label ?? "Image", node.Radius(0));

    public static void Rectangle(SvgCanvas canvas, SvgNode node)
    {
        canvas.Rectangle(node.Box, Pen(canvas, node), node.Radius(0));
        Words(canvas, node, node.Box.Inset(6), "center", "middle", node.FontSize(ShapeText));
    }

    public static void Ellipse(SvgCanvas canvas, SvgNode node)
    {
        canvas.Ellipse(node.Box, Pen(canvas, node));
        Words(canvas, node, node.Box.Inset(node.Box.Width * 0.14, node.Box.Height * 0.14), "center", "middle", node.FontSize(ShapeText));
    }

    public static void Diamond(SvgCanvas canvas, SvgNode node)
    {
        var box = node.Box;
        canvas.Polygon([(box.CenterX, box.Y), (box.Right, box.CenterY), (box.CenterX, box.Bottom), (box.X, box.CenterY)], Pen(canvas, node));
        Words(canvas, node, box.Inset(box.Width * 0.2, box.Height * 0.2), "center", "middle", node.FontSize(ShapeText));
    }

    public static void Line(SvgCanvas canvas, SvgNode node)
    {
        var pen = Pen(canvas, node);
        if (SvgStyle.PathData(node.Props.GetText("d")) is { } data)
        {
            canvas.Path(data, pen, node.Node.X, node.Node.Y);
            return;
        }

        var points = ExcalidrawProps.Points(node.Props).ConvertAll(point => (X: point.X + node.Node.X, Y: point.Y + node.Node.Y));
        if (points.Count < 2)
        {
            points = [(node.Box.X, node.Box.Y), (node.Box.Right, node.Box.Bottom)];
        }

        var closed = node.Props.GetFlag("closed") || (points.Count > 3 && Distance(points[0], points[^1]) < 1);
        var curved = node.Props.GetFlag("curved") || (node.Node.Type == "shape.path" && points.Count > 2);
        var stroke = pen with { Stroke = SvgStyle.Color(node.Props.GetText("stroke")) ?? SvgStyle.Ink };
        canvas.Path(PathOf(points, curved, closed), closed ? stroke : stroke with { Fill = "none" });
        Arrowhead(canvas, node.Text("startArrowhead"), points[1], points[0], stroke);
        Arrowhead(canvas, node.Text("endArrowhead"), points[^2], points[^1], stroke);
        if (node.Text("text", "label") is { } label)
        {
            var middle = points[points.Count / 2];
            var before = points[(points.Count / 2) - 1];
            Tag(canvas, (middle.X + before.X) / 2, (middle.Y + before.Y) / 2, label);
        }
    }

    /// <summary>A caption that stays readable on top of a line.</summary>
    public static void Tag(SvgCanvas canvas, double x, double y, string text)
    {
        var shown = SvgText.Fit(text, 200, 12);
        var width = SvgText.Width(shown, 12) + 10;
        var box = new Box(x - (width / 2), y - 9, width, 18);
        canvas.Rectangle(box, new SvgPen(SvgStyle.Paper), 4);
        canvas.Centered(box, shown, new SvgFont(12, SvgStyle.Muted));
    }

    public static void Arrowhead(SvgCanvas canvas, string? kind, (double X, double Y) from, (double X, double Y) tip, in SvgPen pen)
    {
        var length = Distance(from, tip);
        if (kind is null or "none" || length < 0.01)
        {
            return;
        }

        var size = Math.Min(8 + (pen.Width * 2), Math.Max(length * 0.6, 4));
        var (dx, dy) = ((tip.X - from.X) / length, (tip.Y - from.Y) / length);
        var (backX, backY) = (tip.X - (dx * size), tip.Y - (dy * size));
        var (sideX, sideY) = (-dy * size * 0.45, dx * size * 0.45);
        var solid = pen with { Fill = pen.Stroke, Dash = "solid" };
        switch (kind)
        {
            case "dot" or "circle":
                canvas.Circle(tip.X, tip.Y, size / 3, solid);
                break;
            case "circle_outline":
                canvas.Circle(tip.X, tip.Y, size / 3, solid with { Fill = SvgStyle.Paper });
                break;
            case "bar":
                canvas.Line(tip.X + sideX, tip.Y + sideY, tip.X - sideX, tip.Y - sideY, solid);
                break;
            case "triangle" or "triangle_outline" or "diamond" or "diamond_outline":
                canvas.Polygon(
                    [tip, (backX + sideX, backY + sideY), (backX - sideX, backY - sideY)],
                    kind.EndsWith("outline", StringComparison.Ordinal) ? solid with { Fill = SvgStyle.Paper } : solid);
                break;
            default:
                var head = string.Create(
                    CultureInfo.InvariantCulture,
                    $"M{SvgCanvas.N(backX + sideX)} {SvgCanvas.N(backY + sideY)}L{SvgCanvas.N(tip.X)} {SvgCanvas.N(tip.Y)}L{SvgCanvas.N(backX - sideX)} {SvgCanvas.N(backY - sideY)}");
                canvas.Path(head, solid with { Fill = "none" });
                break;
        }
    }

    private static SvgPen Pen(SvgCanvas canvas, SvgNode node)
    {
        var fill = SvgStyle.Color(node.Props.GetText("fill")) is { } color and not "transparent" ? color : "none";
        if (fill != "none")
        {
            fill = node.Props.GetText("fillStyle") switch
            {
                "hachure" or "zigzag" => canvas.Hatch(fill, cross: false),
                "cross-hatch" => canvas.Hatch(fill, cross: true),
                _ => fill,
            };
        }

        var stroke = SvgStyle.Color(node.Props.GetText("stroke")) ?? SvgStyle.Ink;
        return new SvgPen(fill, stroke == "transparent" ? "none" : stroke, node.StrokeWidth, node.Props.GetText("strokeStyle") ?? "solid");
    }

    private static void Words(SvgCanvas canvas, SvgNode node, Box box, string across, string down, double size)
    {
        if (node.Text("text") is not { } text)
        {
            return;
        }

        var lines = SvgText.Wrap(text, double.MaxValue, size);
        var wraps = node.Node.Width is not null && node.Text(Components.BuiltIn.Rules.SourceFormat) is null;
        if (wraps && lines.Exists(line => SvgText.Width(line, size) > box.Width * 1.1))
        {
            lines = SvgText.Wrap(text, box.Width, size);
        }

        var align = node.Text("textAlign") ?? across;
        var step = size * (node.Props.GetNumber("lineHeight") ?? 1.25);
        var height = lines.Count * step;
        var top = (node.Text("verticalAlign") ?? down) switch
        {
            "middle" => box.CenterY - (height / 2),
            "bottom" => box.Bottom - height,
            _ => box.Y,
        };
        var (x, anchor) = align switch { "center" => (box.CenterX, "middle"), "right" => (box.Right, "end"), _ => (box.X, "start") };
        var color = SvgStyle.Color(node.Props.GetText("color")) ?? (node.Node.Type == "text" ? SvgStyle.Color(node.Props.GetText("stroke")) : null) ?? SvgStyle.Ink;
        var weight = node.Text("fontWeight") is { } given && (given is "bold" or "normal" || given.All(char.IsAsciiDigit)) ? given : "normal";
        var font = new SvgFont(size, color, anchor, weight, node.Text("fontStyle") == "italic" ? "italic" : "normal", SvgText.Family(node.Props.GetText("fontFamily")));
        for (var i = 0; i < lines.Count; i++)
        {
            canvas.Text(x, top + (i * step) + (step / 2) + (size * 0.35), lines[i], font);
        }
    }

    private static string PathOf(List<(double X, double Y)> points, bool curved, bool closed)
    {
        var path = new StringBuilder();
        path.Append(CultureInfo.InvariantCulture, $"M{SvgCanvas.N(points[0].X)} {SvgCanvas.N(points[0].Y)}");
        for (var i = 1; i < points.Count; i++)
        {
            var to = points[i];
            if (curved && points.Count > 2)
            {
                // Catmull-Rom through the points, written as Bézier curves.
                var from = points[i - 1];
                var before = points[Math.Max(0, i - 2)];
                var after = points[Math.Min(points.Count - 1, i + 1)];
                path.Append(CultureInfo.InvariantCulture, $"C{SvgCanvas.N(from.X + ((to.X - before.X) / 6))} {SvgCanvas.N(from.Y + ((to.Y - before.Y) / 6))} {SvgCanvas.N(to.X - ((after.X - from.X) / 6))} {SvgCanvas.N(to.Y - ((after.Y - from.Y) / 6))} {SvgCanvas.N(to.X)} {SvgCanvas.N(to.Y)}");
            }
            else
            {
                path.Append(CultureInfo.InvariantCulture, $"L{SvgCanvas.N(to.X)} {SvgCanvas.N(to.Y)}");
            }
        }

        return path.Append(closed ? "Z" : "").ToString();
    }

    private static double Distance((double X, double Y) a, (double X, double Y) b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
