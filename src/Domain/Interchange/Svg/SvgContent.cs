using System.Text.Json;

namespace Actors.Domain.Interchange.Svg;

/// <summary>What a page shows.</summary>
internal static class SvgContent
{
    public static void Heading(SvgCanvas canvas, SvgNode node)
    {
        var size = node.FontSize((node.Props.GetNumber("level") ?? 2) switch { <= 1 => 32, <= 2 => 24, <= 3 => 20, _ => 16 });
        var align = node.Text("textAlign");
        var font = new SvgFont(size, node.Color, align switch { "center" => "middle", "right" => "end", _ => "start" }, "700");
        canvas.Paragraph(node.Box with { Height = Math.Max(node.Box.Height, size * 1.4) }, node.Text("text", "title", "label") ?? node.Node.Label ?? "Heading", font);
    }

    public static void Paragraph(SvgCanvas canvas, SvgNode node)
    {
        if (node.Text("text", "description", "value") is { } text)
        {
            var anchor = node.Text("textAlign") switch { "center" => "middle", "right" => "end", _ => "start" };
            canvas.Paragraph(node.Box, text, new SvgFont(node.FontSize(14), node.Color, anchor));
        }
        else
        {
            canvas.Bars(node.Box, (int)(node.Props.GetNumber("lines") ?? Math.Max(1, node.Box.Height / 18)));
        }
    }

    public static void Skeleton(SvgCanvas canvas, SvgNode node) => canvas.Bars(node.Box, (int)(node.Props.GetNumber("lines") ?? 3), 12, 12);

    public static void Icon(SvgCanvas canvas, SvgNode node)
    {
        if (node.Text("icon", "name") == "star")
        {
            Star(canvas, node.Box.CenterX, node.Box.CenterY, Math.Min(node.Box.Width, node.Box.Height) / 2, SvgStyle.Muted);
            return;
        }

        canvas.Rectangle(node.Box, new SvgPen("none", SvgStyle.Muted), 5);
        canvas.Centered(node.Box, (node.Text("icon", "name", "label") ?? "•").Cut(2), new SvgFont(Math.Max(7, node.Box.Height * 0.42), SvgStyle.Muted));
    }

    public static void Star(SvgCanvas canvas, double x, double y, double radius, string color)
    {
        var points = new (double, double)[10];
        for (var i = 0; i < points.Length; i++)
        {
            var (angle, length) = ((-Math.PI / 2) + (i * Math.PI / 5), i % 2 == 0 ? radius : radius * 0.45);
            points[i] = (x + (Math.Cos(angle) * length), y + (Math.Sin(angle) * length));
        }

        canvas.Polygon(points, new SvgPen(color));
    }

    public static void Picture(SvgCanvas canvas, SvgNode node) => canvas.Placeholder(node.Box, node.Text("alt", "label", "title", "text") ?? node.Node.Label, node.Radius(4));

    public static void Gallery(SvgCanvas canvas, SvgNode node)
    {
        var count = (int)Math.Clamp(node.Props.GetNumber("count") ?? Math.Max(node.List("images", "items").Count, 1), 1, 60);
        var columns = (int)Math.Clamp(node.Props.GetNumber("columns") ?? 3, 1, count);
        var rows = (count + columns - 1) / columns;
        var (width, height) = (node.Box.Width / columns, node.Box.Height / rows);
        for (var i = 0; i < count; i++)
        {
            canvas.Placeholder(new Box(node.Box.X + (i % columns * width), node.Box.Y + (i / columns * height), width, height).Inset(4), null, 4);
        }
    }

    public static void Carousel(SvgCanvas canvas, SvgNode node)
    {
        canvas.Placeholder(node.Box, node.Text("title", "label"), 6);
        var count = (int)Math.Clamp(node.Props.GetNumber("count") ?? Math.Max(node.List("images", "items").Count, 3), 1, 12);
        for (var i = 0; i < count; i++)
        {
            canvas.Circle(node.Box.CenterX + ((i - ((count - 1) / 2.0)) * 14), node.Box.Bottom - 14, 4, new SvgPen(i == (int)(node.Props.GetNumber("active") ?? 0) ? SvgStyle.Accent : SvgStyle.Edge));
        }

        canvas.Leading(node.Box.Inset(12, 0), "‹", new SvgFont(28, SvgStyle.Muted));
        canvas.Trailing(node.Box.Inset(12, 0), "›", new SvgFont(28, SvgStyle.Muted));
    }

    public static void Video(SvgCanvas canvas, SvgNode node)
    {
        canvas.Rectangle(node.Box, new SvgPen("#374151"), node.Radius(6));
        var (x, y, size) = (node.Box.CenterX, node.Box.CenterY, Math.Min(22, node.Box.Height / 4));
        canvas.Circle(x, y, size, new SvgPen(SvgStyle.Paper));
        canvas.Polygon([(x - (size * 0.3), y - (size * 0.45)), (x + (size * 0.5), y), (x - (size * 0.3), y + (size * 0.45))], new SvgPen("#374151"));
    }

    public static void Map(SvgCanvas canvas, SvgNode node)
    {
        var box = node.Box;
        canvas.Rectangle(box, node.Outline with { Fill = SvgStyle.Soft }, node.Radius(6));
        var road = new SvgPen("none", "#d1d5db", 3);
        canvas.Line(box.X, box.Y + (box.Height * 0.3), box.Right, box.Y + (box.Height * 0.55), road);
        canvas.Line(box.X + (box.Width * 0.3), box.Y, box.X + (box.Width * 0.45), box.Bottom, road);
        canvas.Line(box.X + (box.Width * 0.8), box.Y, box.X + (box.Width * 0.65), box.Bottom, road);
        canvas.Polygon([(box.CenterX, box.CenterY), (box.CenterX - 9, box.CenterY - 20), (box.CenterX + 9, box.CenterY - 20)], new SvgPen(SvgStyle.Accent));
        canvas.Circle(box.CenterX, box.CenterY - 22, 9, new SvgPen(SvgStyle.Accent));
        canvas.Text(box.CenterX, box.CenterY + 18, SvgText.Fit(node.Text("label", "title", "text") ?? "", box.Width - 16, 12), new SvgFont(12, SvgStyle.Muted, "middle"));
    }

    public static void Avatar(SvgCanvas canvas, SvgNode node)
    {
        var radius = Math.Min(node.Box.Width, node.Box.Height) / 2;
        var (x, y) = (node.Box.X + radius, node.Box.CenterY);
        canvas.Circle(x, y, radius, new SvgPen(SvgStyle.AccentSoft, node.Stroke));
        var name = node.Text("initials", "name", "label", "text") ?? node.Node.Label;
        if (name is { Length: > 0 })
        {
            var initials = string.Concat(name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2).Select(word => word.EnumerateRunes().First().ToString()));
            canvas.Text(x, y + (radius * 0.28), initials, new SvgFont(radius * 0.78, SvgStyle.Accent, "middle", "600"));
            return;
        }

        canvas.Circle(x, y - (radius * 0.25), radius * 0.35, new SvgPen(SvgStyle.Faint));
        canvas.Path($"M{SvgCanvas.N(x - (radius * 0.6))} {SvgCanvas.N(y + (radius * 0.7))}A{SvgCanvas.N(radius * 0.6)} {SvgCanvas.N(radius * 0.5)} 0 0 1 {SvgCanvas.N(x + (radius * 0.6))} {SvgCanvas.N(y + (radius * 0.7))}Z", new SvgPen(SvgStyle.Faint));
    }

    public static void Badge(SvgCanvas canvas, SvgNode node)
    {
        var color = SvgStyle.Variant(node.Text("variant"));
        canvas.Rectangle(node.Box, new SvgPen(SvgStyle.Color(node.Props.GetText("fill")) ?? SvgStyle.Paper, color), node.Box.Height / 2);
        canvas.Centered(node.Box.Inset(4, 0), node.Text("text", "label", "value") ?? node.Node.Label ?? "Badge", new SvgFont(Math.Max(8, node.Box.Height * 0.5), color, Weight: "600"));
    }

    public static void List(SvgCanvas canvas, SvgNode node)
    {
        canvas.Rectangle(node.Box, node.Outline, node.Radius(6));
        var items = node.Captions("items");
        if (items.Count == 0)
        {
            canvas.Bars(node.Box.Inset(14), 6, 8, 16);
            return;
        }

        var height = Math.Clamp(node.Box.Height / items.Count, 26, 48);
        for (var i = 0; i < items.Count && (i + 1) * height <= node.Box.Height + 0.5; i++)
        {
            var row = new Box(node.Box.X + 14, node.Box.Y + (i * height), node.Box.Width - 28, height);
            if (node.Props.GetFlag("ordered"))
            {
                canvas.Leading(row, $"{SvgCanvas.N(i + 1)}.", new SvgFont(13, SvgStyle.Muted));
            }
            else
            {
                canvas.Circle(row.X + 4, row.CenterY, 3, new SvgPen(SvgStyle.Faint));
            }

            canvas.Leading(row with { X = row.X + 20, Width = row.Width - 20 }, items[i], new SvgFont(14, node.Color));
            if (i > 0)
            {
                canvas.Line(node.Box.X, row.Y, node.Box.Right, row.Y, new SvgPen("none", SvgStyle.Shade, 1));
            }
        }
    }

    public static void Tree(SvgCanvas canvas, SvgNode node)
    {
        canvas.Rectangle(node.Box, node.Outline, node.Radius(6));
        var y = node.Box.Y + 8;
        Branch(node.List("items"), 0);

        void Branch(List<JsonElement> entries, int depth)
        {
            foreach (var entry in entries)
            {
                if (y + 24 > node.Box.Bottom || depth > 20)
                {
                    return;
                }

                var row = new Box(node.Box.X + 12 + (depth * 18), y, Math.Max(0, node.Box.Width - 24 - (depth * 18)), 26);
                var inner = entry.GetList("items") ?? entry.GetList("children");
                canvas.Leading(row, (inner is null ? "·  " : "▾ ") + (SvgNode.Caption(entry) ?? ""), new SvgFont(13, node.Color));
                y += 26;
                if (inner is { } list)
                {
                    Branch([.. list.EnumerateArray()], depth + 1);
                }
            }
        }
    }

    public static void Code(SvgCanvas canvas, SvgNode node)
    {
        canvas.Rectangle(node.Box, new SvgPen("#1f2937"), node.Radius(6));
        var lines = (node.Text("text", "value") ?? "").ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length && (i + 1) * 18 < node.Box.Height - 8; i++)
        {
            canvas.Text(node.Box.X + 12, node.Box.Y + 24 + (i * 18), SvgText.Fit(lines[i], node.Box.Width - 24, 13), new SvgFont(13, "#e5e7eb", Family: SvgText.Mono));
        }
    }

    public static void Stat(SvgCanvas canvas, SvgNode node)
    {
        canvas.Rectangle(node.Box, node.Outline, node.Radius(8));
        var inside = node.Box.Inset(16, 12);
        canvas.Text(inside.X, inside.Y + 12, SvgText.Fit(node.Text("label", "title") ?? "", inside.Width, 13), new SvgFont(13, SvgStyle.Muted));
        canvas.Text(inside.X, inside.Y + 46, SvgText.Fit(node.Text("value", "text") ?? "0", inside.Width, 28), new SvgFont(28, node.Color, Weight: "700"));
        canvas.Text(inside.X, inside.Y + 68, SvgText.Fit(node.Text("change", "description") ?? "", inside.Width, 12), new SvgFont(12, "#16a34a"));
    }

    public static void Calendar(SvgCanvas canvas, SvgNode node)
    {
        canvas.Rectangle(node.Box, node.Outline, node.Radius(8));
        canvas.Centered(node.Box with { Height = 36 }, node.Text("month", "title", "label") ?? "Month", new SvgFont(14, node.Color, Weight: "600"));
        var (width, height) = (node.Box.Width / 7, Math.Max(0, node.Box.Height - 44) / 5);
        for (var day = 0; day < 35; day++)
        {
            var cell = new Box(node.Box.X + (day % 7 * width), node.Box.Y + 40 + (day / 7 * height), width, height);
            canvas.Centered(cell, SvgCanvas.N((day % 31) + 1), new SvgFont(12, day < 31 ? node.Color : SvgStyle.Edge));
        }
    }

    public static void Alert(SvgCanvas canvas, SvgNode node)
    {
        var color = SvgStyle.Variant(node.Text("variant") ?? "info");
        canvas.Rectangle(node.Box, node.Outline with { Stroke = color }, node.Radius(6));
        canvas.Rectangle(node.Box with { Width = 5 }, new SvgPen(color), 2);
        canvas.Circle(node.Box.X + 26, node.Box.CenterY, 9, new SvgPen("none", color));
        canvas.Text(node.Box.X + 26, node.Box.CenterY + 4.5, "!", new SvgFont(13, color, "middle", "700"));
        var text = string.Join("  ", new[] { node.Text("title", "label"), node.Text("text", "description") }.Where(part => part is not null));
        canvas.Leading(Box.Between(node.Box.X + 46, node.Box.Y, node.Box.Right - 30, node.Box.Bottom), text, new SvgFont(14, node.Color));
        canvas.Cross(node.Box.Right - 18, node.Box.CenterY, 4);
    }

    public static void Bubble(SvgCanvas canvas, SvgNode node)
    {
        canvas.Rectangle(node.Box, new SvgPen("#374151"), 6);
        canvas.Centered(node.Box.Inset(8, 0), node.Text("text", "label", "title") ?? node.Node.Label ?? "", new SvgFont(13, SvgStyle.Paper));
        if (node.Node.Type == "ui.tooltip")
        {
            canvas.Polygon([(node.Box.CenterX - 7, node.Box.Bottom), (node.Box.CenterX + 7, node.Box.Bottom), (node.Box.CenterX, node.Box.Bottom + 7)], new SvgPen("#374151"));
        }
    }

    public static void Progress(SvgCanvas canvas, SvgNode node)
    {
        var share = Math.Clamp((node.Props.GetNumber("value") ?? 50) / (node.Props.GetNumber("max") is { } most and > 0 ? most : 100), 0, 1);
        canvas.Rectangle(node.Box, new SvgPen(SvgStyle.Shade), node.Box.Height / 2);
        canvas.Rectangle(node.Box with { Width = node.Box.Width * share }, new SvgPen(SvgStyle.Accent), node.Box.Height / 2);
    }

    public static void Spinner(SvgCanvas canvas, SvgNode node)
    {
        var radius = (Math.Min(node.Box.Width, node.Box.Height) / 2) - 2;
        var (x, y) = (node.Box.CenterX, node.Box.CenterY);
        canvas.Circle(x, y, Math.Max(1, radius), new SvgPen("none", SvgStyle.Shade, 4));
        canvas.Path($"M{SvgCanvas.N(x)} {SvgCanvas.N(y - radius)}A{SvgCanvas.N(radius)} {SvgCanvas.N(radius)} 0 0 1 {SvgCanvas.N(x + radius)} {SvgCanvas.N(y)}", new SvgPen("none", SvgStyle.Accent, 4));
    }

    public static void Chat(SvgCanvas canvas, SvgNode node)
    {
        canvas.Rectangle(node.Box, node.Outline, node.Radius(8));
        var y = node.Box.Y + 14;
        var index = 0;
        foreach (var message in node.Captions("items"))
        {
            var width = Math.Min(node.Box.Width * 0.7, SvgText.Width(message, 13) + 24);
            if (y + 30 > node.Box.Bottom - 48)
            {
                break;
            }

            var mine = index++ % 2 == 1;
            var bubble = new Box(mine ? node.Box.Right - 14 - width : node.Box.X + 14, y, width, 30);
            canvas.Rectangle(bubble, new SvgPen(mine ? SvgStyle.AccentSoft : SvgStyle.Soft), 12);
            canvas.Leading(bubble.Inset(12, 0), message, new SvgFont(13, node.Color));
            y += 38;
        }

        var field = new Box(node.Box.X + 12, node.Box.Bottom - 46, node.Box.Width - 24, 34);
        canvas.Rectangle(field, new SvgPen(SvgStyle.Paper, SvgStyle.Edge), 17);
        canvas.Leading(field.Inset(14, 0), node.Text("placeholder") ?? "Message", new SvgFont(13, SvgStyle.Faint));
    }
}
