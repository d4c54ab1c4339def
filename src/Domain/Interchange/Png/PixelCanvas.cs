using Actors.Domain.Interchange.Svg;

namespace Actors.Domain.Interchange.Png;

/// <summary>Draws on pixels what the other canvases draw as elements.</summary>
internal sealed class PixelCanvas(Pixels pixels, Box view, double scale) : SvgCanvas
{
    private const double Light = 0.085;
    private const double Bold = 0.135;

    /// <summary>Pixels of a line that stands for a curve.</summary>
    private const double Step = 2;

    private const string HatchMark = "hatch:";
    private const string CrossMark = "cross:";

    private double _sin;
    private double _cos = 1;
    private (double X, double Y) _center;
    private float _opacity = 1;

    /// <summary>Everything until the next call is turned about the centre of <paramref name="box"/> and shows through.</summary>
    public void Begin(Box box, double angle, double opacity)
    {
        (_sin, _cos) = Math.SinCos(angle);
        _center = (box.CenterX, box.CenterY);
        _opacity = (float)opacity;
    }

    public override void Rectangle(Box box, in SvgPen pen, double radius)
    {
        var r = Math.Min(radius, Math.Min(box.Width, box.Height) / 2);
        if (r <= 0)
        {
            Draw([([(box.X, box.Y), (box.Right, box.Y), (box.Right, box.Bottom), (box.X, box.Bottom)], true)], pen);
            return;
        }

        var line = new List<(double X, double Y)>();
        foreach (var (x, y, from) in ((double, double, double)[])[(box.Right - r, box.Y + r, -0.5), (box.Right - r, box.Bottom - r, 0), (box.X + r, box.Bottom - r, 0.5), (box.X + r, box.Y + r, 1)])
        {
            Bow(line, x, y, r, r, from * Math.PI, Math.PI / 2);
        }

        Draw([(line, true)], pen);
    }

    public override void Ellipse(Box box, in SvgPen pen)
    {
        var line = new List<(double X, double Y)>();
        Bow(line, box.CenterX, box.CenterY, box.Width / 2, box.Height / 2, 0, 2 * Math.PI);
        Draw([(line, true)], pen);
    }

    public override void Line(double x1, double y1, double x2, double y2, in SvgPen pen) => Draw([([(x1, y1), (x2, y2)], false)], pen);

    public override void Path(string data, in SvgPen pen, double x, double y)
    {
        var lines = PathReader.Read(data, Step / scale);
        lines.ForEach(line =>
        {
            for (var i = 0; i < line.Points.Count; i++)
            {
                line.Points[i] = (line.Points[i].X + x, line.Points[i].Y + y);
            }
        });
        Draw(lines, pen);
    }

    public override void Polygon(ReadOnlySpan<(double X, double Y)> points, in SvgPen pen) => Draw([([.. points], true)], pen);

    public override void Text(double x, double y, string text, in SvgFont font)
    {
        var glyphs = text.EnumerateRunes().Select(rune => StrokeFont.Of(rune.Value)).ToList();
        var unit = font.Size / StrokeFont.UnitsPerEm;
        var isBold = font.Weight is "bold" or "600" or "700" or "800" or "900";

        // Heavier strokes take more room between letters.
        var wider = isBold ? (Bold - Light) * StrokeFont.UnitsPerEm : 0;
        var width = glyphs.Sum(glyph => glyph.Advance + wider) * unit;

        // The drawing was laid out by estimated widths; letters that need more room stand closer.
        var estimate = SvgText.Width(text, font.Size) * 1.04;
        var squeeze = width > estimate && estimate > 0 ? estimate / width : 1;
        var at = x - (font.Anchor switch { "middle" => width * squeeze / 2, "end" => width * squeeze, _ => 0 });
        var outline = new Outline();
        var slant = font.Slope == "italic" ? 0.2 : 0;
        at += (StrokeFont.Bearing + wider) / 2 * unit * squeeze;
        foreach (var glyph in glyphs)
        {
            foreach (var line in glyph.Lines)
            {
                outline.Stroke(
                    [.. line.Select(point => Place(at + ((point.X + (slant * (StrokeFont.Baseline - point.Y))) * unit * squeeze), y + ((point.Y - StrokeFont.Baseline) * unit)))],
                    font.Size * (isBold ? Bold : Light) * scale);
            }

            at += (glyph.Advance + wider) * unit * squeeze;
        }

        Fill(outline, Paint.Of(font.Color));
    }

    public override string Hatch(string color, bool cross) => (cross ? CrossMark : HatchMark) + color;

    private void Draw(List<(List<(double X, double Y)> Points, bool Closed)> lines, in SvgPen pen)
    {
        var placed = lines.ConvertAll(line => (Points: line.Points.ConvertAll(point => Place(point.X, point.Y)), line.Closed));
        if (pen.Fill != "none")
        {
            var inside = new Outline();
            placed.ForEach(line => inside.Add([.. line.Points]));
            Fill(inside, PaintOf(pen.Fill));
        }

        if (pen.Stroke != "none" && pen.Width > 0)
        {
            var width = pen.Width * scale;
            var (dash, gap) = pen.Dash switch { "dashed" => (width * 4, width * 3), "dotted" => (0.1, width * 3), _ => (0, 0) };
            var edge = new Outline();
            foreach (var (points, closed) in placed)
            {
                if (closed)
                {
                    points.Add(points[0]);
                }

                foreach (var part in dash > 0 ? Dashes.Of(points, dash, gap) : [points])
                {
                    edge.Stroke(part, width);
                }
            }

            Fill(edge, PaintOf(pen.Stroke));
        }
    }

    private void Bow(List<(double X, double Y)> line, double x, double y, double rx, double ry, double from, double turn)
    {
        var steps = (int)Math.Clamp(Math.Ceiling(Math.Abs(turn) * Math.Max(rx, ry) * scale / Step), 4, 200);
        for (var i = 0; i <= steps; i++)
        {
            var (sin, cos) = Math.SinCos(from + (turn * i / steps));
            line.Add((x + (rx * cos), y + (ry * sin)));
        }
    }

    private (double X, double Y) Place(double x, double y)
    {
        var (dx, dy) = (x - _center.X, y - _center.Y);
        return ((_center.X + (dx * _cos) - (dy * _sin) - view.X) * scale, (_center.Y + (dx * _sin) + (dy * _cos) - view.Y) * scale);
    }

    private static Paint PaintOf(string paint) =>
        paint.StartsWith(HatchMark, StringComparison.Ordinal) ? Paint.Of(paint[HatchMark.Length..]) with { Hatched = true }
        : paint.StartsWith(CrossMark, StringComparison.Ordinal) ? Paint.Of(paint[CrossMark.Length..]) with { Crossed = true }
        : Paint.Of(paint);

    private void Fill(Outline outline, in Paint paint) => pixels.Fill(outline, paint with { Alpha = paint.Alpha * _opacity }, scale);
}
