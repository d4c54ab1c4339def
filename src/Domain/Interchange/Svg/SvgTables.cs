using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Actors.Domain.Interchange.Svg;

/// <summary>Tables and charts: many values in one box.</summary>
internal static class SvgTables
{
    private const int EmptyRows = 20;

    private static readonly string[] Colors = ["#4f46e5", "#818cf8", "#a5b4fc", "#6b7280", "#9ca3af", "#c7d2fe"];
    private static readonly double[] SampleValues = [4, 7, 3, 8, 5];

    public static void Table(SvgCanvas canvas, SvgNode node)
    {
        const double Header = 36;
        var columns = node.List("columns");
        var titles = columns.ConvertAll(column => SvgNode.Caption(column) ?? "");
        if (titles.Count == 0)
        {
            titles = ["Column", "Column", "Column"];
        }

        var rows = node.List("rows", "items");
        var width = node.Box.Width / titles.Count;
        canvas.Rectangle(node.Box, node.Outline, node.Radius(6));
        canvas.Rectangle(node.Box with { Height = Math.Min(Header, node.Box.Height) }, new SvgPen(SvgStyle.Shade, node.Stroke), node.Radius(6));
        for (var i = 0; i < titles.Count; i++)
        {
            canvas.Leading(new Box(node.Box.X + (i * width), node.Box.Y, width, Header).Inset(12, 0), titles[i], new SvgFont(13, node.Color, Weight: "600"));
        }

        var height = rows.Count == 0 ? 32 : Math.Clamp((node.Box.Height - Header) / rows.Count, 26, 44);
        for (var r = 0; node.Box.Y + Header + ((r + 1) * height) <= node.Box.Bottom + 0.5 && r < (rows.Count == 0 ? EmptyRows : rows.Count); r++)
        {
            var y = node.Box.Y + Header + (r * height);
            if (r > 0)
            {
                canvas.Line(node.Box.X, y, node.Box.Right, y, new SvgPen("none", SvgStyle.Shade, 1));
            }

            for (var c = 0; c < titles.Count; c++)
            {
                var cell = new Box(node.Box.X + (c * width), y, width, height).Inset(12, 0);
                if (rows.Count == 0)
                {
                    canvas.Bars(new Box(cell.X, cell.CenterY - 4, cell.Width * 0.7, 8), 1);
                }
                else
                {
                    canvas.Leading(cell, Cell(rows[r], columns, titles, c), new SvgFont(13, SvgStyle.Muted));
                }
            }
        }
    }

    public static void Chart(SvgCanvas canvas, SvgNode node)
    {
        canvas.Rectangle(node.Box, node.Outline, node.Radius(8));
        var plot = node.Box.Inset(20, 18);
        if (node.Text("title", "label") is { } title)
        {
            canvas.Text(plot.X, plot.Y + 10, SvgText.Fit(title, plot.Width, 14), new SvgFont(14, node.Color, Weight: "600"));
            plot = Box.Between(plot.X, plot.Y + 26, plot.Right, plot.Bottom);
        }

        var values = Values(node);
        switch (node.Text("type"))
        {
            case "pie" or "donut" or "doughnut":
                Pie(canvas, plot, values, node.Text("type") != "pie");
                break;
            case "line" or "area":
                Axes(canvas, plot);
                Curve(canvas, plot, values, node.Text("type") == "area");
                break;
            default:
                Axes(canvas, plot);
                BarsOf(canvas, plot, values);
                break;
        }
    }

    public static string Cell(JsonElement row, List<JsonElement> columns, List<string> titles, int column)
    {
        if (row.ValueKind == JsonValueKind.Array)
        {
            return column < row.GetArrayLength() ? SvgNode.Caption(row[column]) ?? "" : "";
        }

        if (row.ValueKind != JsonValueKind.Object)
        {
            return column == 0 ? SvgNode.Caption(row) ?? "" : "";
        }

        var key = column < columns.Count ? columns[column].GetText("key") ?? columns[column].GetText("field") : null;
        var found = (key is null ? null : row.Get(key)) ?? row.Get(titles[column]) ?? row.Get(titles[column].ToLowerInvariant());
        return found is { } value ? SvgNode.Caption(value) ?? "" : "";
    }

    public static List<double> Values(SvgNode node)
    {
        var values = node.List("values", "items", "data").Select(NumberOf).OfType<double>().ToList();
        if (values.Count == 0 && node.List("series") is [var first, ..])
        {
            var list = first.ValueKind == JsonValueKind.Array ? first : first.GetList("values") ?? first.GetList("data");
            values = list is { } some ? [.. some.EnumerateArray().Take(200).Select(NumberOf).OfType<double>()] : values;
        }

        return values.Count == 0 ? [.. SampleValues] : values.ConvertAll(value => Math.Max(0, value));
    }

    private static double? NumberOf(JsonElement value) => value.ValueKind == JsonValueKind.Object ? value.GetNumber("value") ?? value.GetNumber("y") : value.AsNumber();

    private static void Axes(SvgCanvas canvas, Box plot)
    {
        for (var i = 1; i <= 3; i++)
        {
            var y = plot.Bottom - (plot.Height * i / 4);
            canvas.Line(plot.X, y, plot.Right, y, new SvgPen("none", SvgStyle.Shade, 1));
        }

        canvas.Line(plot.X, plot.Y, plot.X, plot.Bottom, new SvgPen("none", SvgStyle.Edge));
        canvas.Line(plot.X, plot.Bottom, plot.Right, plot.Bottom, new SvgPen("none", SvgStyle.Edge));
    }

    private static void BarsOf(SvgCanvas canvas, Box plot, List<double> values)
    {
        var top = Math.Max(values.Max(), 1e-9);
        var width = plot.Width / values.Count;
        for (var i = 0; i < values.Count; i++)
        {
            var height = plot.Height * 0.95 * (values[i] / top);
            canvas.Rectangle(new Box(plot.X + (i * width) + (width * 0.2), plot.Bottom - height, width * 0.6, height), new SvgPen(SvgStyle.Accent), 2);
        }
    }

    private static void Curve(SvgCanvas canvas, Box plot, List<double> values, bool area)
    {
        var top = Math.Max(values.Max(), 1e-9);
        var step = plot.Width / Math.Max(1, values.Count - 1);
        var path = new StringBuilder();
        for (var i = 0; i < values.Count; i++)
        {
            path.Append(i == 0 ? 'M' : 'L').Append(SvgCanvas.N(plot.X + (i * step))).Append(' ').Append(SvgCanvas.N(plot.Bottom - (plot.Height * 0.95 * (values[i] / top))));
        }

        if (area)
        {
            var end = string.Create(CultureInfo.InvariantCulture, $"L{SvgCanvas.N(plot.X + ((values.Count - 1) * step))} {SvgCanvas.N(plot.Bottom)}L{SvgCanvas.N(plot.X)} {SvgCanvas.N(plot.Bottom)}Z");
            canvas.Path(path + end, new SvgPen(SvgStyle.AccentSoft));
        }

        canvas.Path(path.ToString(), new SvgPen("none", SvgStyle.Accent, 2.5));
    }

    private static void Pie(SvgCanvas canvas, Box plot, List<double> values, bool hole)
    {
        var radius = Math.Max(1, Math.Min(plot.Width, plot.Height) / 2);
        var total = Math.Max(values.Sum(), 1e-9);
        var angle = -Math.PI / 2;
        for (var i = 0; i < values.Count; i++)
        {
            var sweep = values[i] / total * 2 * Math.PI;
            var pen = new SvgPen(Colors[i % Colors.Length], SvgStyle.Paper);
            if (sweep > 6.28)
            {
                canvas.Circle(plot.CenterX, plot.CenterY, radius, pen);
            }
            else if (sweep > 0)
            {
                var (x1, y1) = (plot.CenterX + (Math.Cos(angle) * radius), plot.CenterY + (Math.Sin(angle) * radius));
                var (x2, y2) = (plot.CenterX + (Math.Cos(angle + sweep) * radius), plot.CenterY + (Math.Sin(angle + sweep) * radius));
                canvas.Path(
                    $"M{SvgCanvas.N(plot.CenterX)} {SvgCanvas.N(plot.CenterY)}L{SvgCanvas.N(x1)} {SvgCanvas.N(y1)}A{SvgCanvas.N(radius)} {SvgCanvas.N(radius)} 0 {(sweep > Math.PI ? 1 : 0)} 1 {SvgCanvas.N(x2)} {SvgCanvas.N(y2)}Z",
                    pen);
            }

            angle += sweep;
        }

        if (hole)
        {
            canvas.Circle(plot.CenterX, plot.CenterY, radius * 0.55, new SvgPen(SvgStyle.Paper));
        }
    }
}
