using System.Collections.Immutable;
using Actors.Domain.Interchange.Svg;

namespace Actors.Domain.Interchange.Custom;

/// <summary>One shape of a component's drawing. Lengths are within the node's box.</summary>
internal sealed record DrawnShape
{
    public required ShapeKind Kind { get; init; }

    /// <summary>Shown only where this property has something; always when null.</summary>
    public string? When { get; init; }

    /// <summary>Shown only where this property has nothing.</summary>
    public string? Unless { get; init; }

    /// <summary>The list for each of whose entries the shape is drawn, a step further each time.</summary>
    public string? Each { get; init; }

    public TemplateLength StepX { get; init; }

    public TemplateLength StepY { get; init; }

    public TemplateLength X { get; init; }

    public TemplateLength Y { get; init; }

    /// <summary>For a line: the x of its end.</summary>
    public TemplateLength Width { get; init; }

    /// <summary>For a line: the y of its end.</summary>
    public TemplateLength Height { get; init; }

    public ImmutableArray<(TemplateLength X, TemplateLength Y)> Points { get; init; } = [];

    public double Radius { get; init; }

    public TemplateText? Fill { get; init; }

    public TemplateText? Stroke { get; init; }

    public double StrokeWidth { get; init; }

    public string Dash { get; init; } = "solid";

    public TemplateText? Text { get; init; }

    public TemplateText? Color { get; init; }

    public double FontSize { get; init; }

    public string Weight { get; init; } = "normal";

    public string Slope { get; init; } = "normal";

    public string Family { get; init; } = SvgText.Sans;

    public string Align { get; init; } = "left";

    public bool Wraps { get; init; }

    public void Draw(SvgCanvas canvas, Box box, TemplateValues values)
    {
        if (Each is null)
            DrawOne(canvas, box, values);
        else
            values.ForEach(Each, index => DrawOne(canvas, box with { X = box.X + (index * StepX.In(box.Width)), Y = box.Y + (index * StepY.In(box.Height)) }, values));
    }

    private void DrawOne(SvgCanvas canvas, Box box, TemplateValues values)
    {
        var isShown = (When is null || values.Has(When)) && (Unless is null || !values.Has(Unless));
        if (!isShown || !values.Take())
            return;

        var pen = new SvgPen(Paint(Fill, values), Paint(Stroke, values), StrokeWidth, Dash);
        var place = new Box(box.X + X.In(box.Width), box.Y + Y.In(box.Height), Math.Max(0, Width.In(box.Width)), Math.Max(0, Height.In(box.Height)));
        switch (Kind)
        {
            case ShapeKind.Rectangle:
                canvas.Rectangle(place, pen, Radius);
                break;
            case ShapeKind.Ellipse:
                canvas.Ellipse(place, pen);
                break;
            case ShapeKind.Line:
                canvas.Line(place.X, place.Y, box.X + Width.In(box.Width), box.Y + Height.In(box.Height), pen);
                break;
            case ShapeKind.Polygon:
                canvas.Polygon([.. Points.Select(point => (box.X + point.X.In(box.Width), box.Y + point.Y.In(box.Height)))], pen);
                break;
            default:
                Write(canvas, place, values);
                break;
        }
    }

    private void Write(SvgCanvas canvas, Box place, TemplateValues values)
    {
        var anchor = Align switch { "center" => "middle", "right" => "end", _ => "start" };
        var color = Color is null ? SvgStyle.Ink : SvgStyle.Color(Color.Fill(values)) ?? SvgStyle.Ink;
        var font = new SvgFont(FontSize, color, anchor, Weight, Slope, Family);
        var text = Text!.Fill(values);
        if (text.Length == 0)
            return;

        if (Wraps)
        {
            canvas.Paragraph(place, text, font);
            return;
        }

        var x = Align switch { "center" => place.CenterX, "right" => place.Right, _ => place.X };
        canvas.Text(x, place.CenterY + (FontSize * 0.35), SvgText.Fit(text, place.Width, FontSize), font);
    }

    private static string Paint(TemplateText? color, TemplateValues values) => color is null ? "none" : SvgStyle.Color(color.Fill(values)) ?? "none";
}

internal enum ShapeKind
{
    Rectangle,
    Ellipse,
    Line,
    Polygon,
    Text,
}
