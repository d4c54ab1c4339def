using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Actors.Domain.Interchange.Svg;

namespace Actors.Domain.Interchange.Custom;

/// <summary>
/// How a component is drawn: a few shapes that stretch with the node's box. The same shapes make SVG, PNG and, where there is
/// no markup, the page.
/// </summary>
internal sealed class DrawingTemplate
{
    public const int MaximumShapes = 200;

    private const int MaximumPoints = 100;

    private static readonly string[] Common = ["shape", "when", "unless", "each", "stepX", "stepY"];
    private static readonly string[] Outline = ["fill", "stroke", "strokeWidth", "dash"];

    private readonly ImmutableArray<DrawnShape> _shapes;

    private DrawingTemplate(ImmutableArray<DrawnShape> shapes)
    {
        _shapes = shapes;
    }

    public static DrawingTemplate Read(JsonElement drawing, TemplateReader reader)
    {
        var shapes = ImmutableArray.CreateBuilder<DrawnShape>();
        if (drawing.ValueKind != JsonValueKind.Array || drawing.GetArrayLength() is 0 or > MaximumShapes)
        {
            reader.Fail("drawing", string.Create(CultureInfo.InvariantCulture, $"must be a list of 1 to {MaximumShapes} shapes"));
            return new DrawingTemplate([]);
        }

        foreach (var shape in drawing.EnumerateArray())
            shapes.Add(ReadShape(shape, string.Create(CultureInfo.InvariantCulture, $"drawing[{shapes.Count}]"), reader));

        return new DrawingTemplate(shapes.ToImmutable());
    }

    public void Draw(SvgCanvas canvas, SvgNode node)
    {
        var values = new TemplateValues(node);
        foreach (var shape in _shapes)
            shape.Draw(canvas, node.Box, values);
    }

    private static DrawnShape ReadShape(JsonElement shape, string path, TemplateReader reader)
    {
        var kind = Enum.Parse<ShapeKind>(reader.Choice(shape, "shape", path, "rectangle", "ellipse", "line", "polygon", "text"), ignoreCase: true);
        if (shape.GetText("shape") is null)
            reader.Fail(path + ".shape", "must be rectangle, ellipse, line, polygon or text");

        reader.IsObject(shape, path, [.. Common, .. kind switch
        {
            ShapeKind.Rectangle => [.. Outline, "x", "y", "width", "height", "radius"],
            ShapeKind.Ellipse => [.. Outline, "x", "y", "width", "height"],
            ShapeKind.Line => ["stroke", "strokeWidth", "dash", "x1", "y1", "x2", "y2"],
            ShapeKind.Polygon => [.. Outline, "points"],
            _ => (string[])["x", "y", "width", "height", "text", "color", "fontSize", "weight", "slope", "font", "align", "wrap"],
        }]);

        var each = reader.Each(shape, path);
        reader.IsRepeated = each is not null;
        var (isLine, isText) = (kind == ShapeKind.Line, kind == ShapeKind.Text);
        var read = new DrawnShape
        {
            Kind = kind,
            Each = each,
            When = reader.Property(shape, "when", path),
            Unless = reader.Property(shape, "unless", path),
            StepX = reader.Length(shape, "stepX", path, TemplateLength.Zero),
            StepY = reader.Length(shape, "stepY", path, TemplateLength.Zero),
            X = reader.Length(shape, isLine ? "x1" : "x", path, TemplateLength.Zero),
            Y = reader.Length(shape, isLine ? "y1" : "y", path, TemplateLength.Zero),
            Width = reader.Length(shape, isLine ? "x2" : "width", path, TemplateLength.Whole),
            Height = reader.Length(shape, isLine ? "y2" : "height", path, isLine ? TemplateLength.Zero : TemplateLength.Whole),
            Points = kind == ShapeKind.Polygon ? ReadPoints(shape, path, reader) : [],
            Radius = reader.Number(shape, "radius", path, 0, 10_000, 0),
            Fill = reader.Color(shape, "fill", path),
            Stroke = reader.Color(shape, "stroke", path),
            StrokeWidth = reader.Number(shape, "strokeWidth", path, 0, 100, 1.5),
            Dash = reader.Choice(shape, "dash", path, "solid", "dashed", "dotted"),
            Text = isText ? reader.Text(shape, "text", path) : null,
            Color = reader.Color(shape, "color", path),
            FontSize = reader.Number(shape, "fontSize", path, 1, 1_000, 14),
            Weight = reader.Choice(shape, "weight", path, "normal", "500", "600", "bold"),
            Slope = reader.Choice(shape, "slope", path, "normal", "italic"),
            Family = SvgText.Family(reader.Choice(shape, "font", path, "sans", "serif", "mono", "hand")),
            Align = reader.Choice(shape, "align", path, "left", "center", "right"),
            Wraps = reader.Flag(shape, "wrap", path),
        };
        reader.IsRepeated = false;
        if (isText && read.Text is null)
            reader.Fail(path + ".text", "must be there");

        return read;
    }

    private static ImmutableArray<(TemplateLength X, TemplateLength Y)> ReadPoints(JsonElement shape, string path, TemplateReader reader)
    {
        var points = ImmutableArray.CreateBuilder<(TemplateLength, TemplateLength)>();
        if (shape.GetList("points") is not { } list || list.GetArrayLength() is < 3 or > MaximumPoints)
        {
            reader.Fail(path + ".points", string.Create(CultureInfo.InvariantCulture, $"must be a list of 3 to {MaximumPoints} points"));
            return [];
        }

        foreach (var point in list.EnumerateArray())
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{path}.points[{points.Count}]");
            if (point.ValueKind == JsonValueKind.Array && point.GetArrayLength() == 2)
                points.Add((reader.Length(point[0], at), reader.Length(point[1], at)));
            else
                reader.Fail(at, "must be a list of two lengths");
        }

        return points.ToImmutable();
    }
}
