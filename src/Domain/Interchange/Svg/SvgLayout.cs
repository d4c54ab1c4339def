namespace Actors.Domain.Interchange.Svg;

/// <summary>What gives a page its shape and leads through it.</summary>
internal static class SvgLayout
{
    public static void Card(SvgCanvas canvas, SvgNode node)
    {
        canvas.Rectangle(node.Box, node.Outline, node.Radius(10));
        var inside = node.Box.Inset(16, 14);
        if (node.HasChildren)
        {
            Heading(canvas, node, inside);
            return;
        }

        var actions = node.Captions("actions");
        var y = inside.Y;
        if (node.Props.Get("image") is { ValueKind: not System.Text.Json.JsonValueKind.False } || (node.Text("title", "text", "description") is null && node.Box.Height > 120))
        {
            var picture = node.Box.Height * 0.42;
            canvas.Placeholder(new Box(node.Box.X, node.Box.Y, node.Box.Width, picture), null, node.Radius(10));
            y = node.Box.Y + picture + 12;
        }

        if (node.Text("title", "label") is { } title)
        {
            canvas.Text(inside.X, y + 14, SvgText.Fit(title, inside.Width, 16), new SvgFont(16, node.Color, Weight: "600"));
            y += 26;
        }

        var bottom = inside.Bottom - (actions.Count > 0 ? 38 : 0);
        var rest = Box.Between(inside.X, y, inside.Right, Math.Max(y, bottom));
        if (node.Text("text", "description", "subtitle") is { } text)
        {
            canvas.Paragraph(rest, text, new SvgFont(13, SvgStyle.Muted));
        }
        else
        {
            canvas.Bars(rest with { Y = rest.Y + 6 }, Math.Min(3, (int)(rest.Height / 16)));
        }

        canvas.Buttons(new Box(inside.X, inside.Bottom - 28, inside.Width, 30), actions);
    }

    public static void Section(SvgCanvas canvas, SvgNode node)
    {
        canvas.Rectangle(node.Box, node.Outline with { Stroke = node.Text("stroke") is null ? SvgStyle.Shade : node.Stroke }, node.Radius(6));
        Heading(canvas, node, node.Box.Inset(16, 14));
    }

    public static void Container(SvgCanvas canvas, SvgNode node) =>
        canvas.Rectangle(node.Box, node.Outline with { Dash = "dashed", Width = 1 }, node.Radius(6));

    public static void Modal(SvgCanvas canvas, SvgNode node)
    {
        canvas.Rectangle(node.Box with { X = node.Box.X + 5, Y = node.Box.Y + 6 }, new SvgPen("#d1d5db"), node.Radius(10));
        canvas.Rectangle(node.Box, node.Outline, node.Radius(10));
        canvas.Text(node.Box.X + 20, node.Box.Y + 30, SvgText.Fit(node.Text("title", "label") ?? node.Node.Label ?? "Dialog", node.Box.Width - 64, 16), new SvgFont(16, node.Color, Weight: "600"));
        canvas.Cross(node.Box.Right - 22, node.Box.Y + 25, 5);
        canvas.Line(node.Box.X, node.Box.Y + 48, node.Box.Right, node.Box.Y + 48, new SvgPen("none", SvgStyle.Shade));
        if (node.HasChildren)
        {
            return;
        }

        var actions = node.Captions("actions");
        var body = Box.Between(node.Box.X + 20, node.Box.Y + 62, node.Box.Right - 20, node.Box.Bottom - (actions.Count > 0 ? 58 : 16));
        if (node.Text("text", "description") is { } text)
        {
            canvas.Paragraph(body, text, new SvgFont(14, SvgStyle.Muted));
        }
        else
        {
            canvas.Bars(body, Math.Clamp((int)(body.Height / 16), 0, 4));
        }

        canvas.Buttons(new Box(node.Box.X + 20, node.Box.Bottom - 48, node.Box.Width - 40, 34), actions);
    }

    public static void Hero(SvgCanvas canvas, SvgNode node)
    {
        canvas.Rectangle(node.Box, node.Outline with { Fill = node.Text("fill") is null ? SvgStyle.Soft : node.Fill }, node.Radius(8));
        if (node.HasChildren && node.Text("title", "text") is null)
        {
            return;
        }

        var title = node.Text("title", "text", "label") ?? node.Node.Label ?? "Headline";
        var subtitle = node.Text("subtitle", "description");
        var (cta, second) = (node.Text("cta", "action"), node.Text("secondaryCta"));
        var size = Math.Clamp(node.Box.Height / 9, 16, 40);
        var height = size + (subtitle is null ? 0 : 34) + (cta is null ? 0 : 64);
        var y = node.Box.CenterY - (height / 2);
        var line = node.Box.Inset(24, 0);
        canvas.Text(node.Box.CenterX, y + (size * 0.8), SvgText.Fit(title, line.Width, size), new SvgFont(size, node.Color, "middle", "700"));
        y += size + 10;
        if (subtitle is not null)
        {
            canvas.Text(node.Box.CenterX, y + 16, SvgText.Fit(subtitle, line.Width, 16), new SvgFont(16, SvgStyle.Muted, "middle"));
            y += 34;
        }

        if (cta is not null)
        {
            var width = Math.Max(110, SvgText.Width(cta, 15) + 40);
            var left = node.Box.CenterX - (second is null ? width / 2 : width + 6);
            canvas.Button(new Box(left, y + 12, width, 40), cta, SvgStyle.Accent, filled: true);
            if (second is not null)
            {
                canvas.Button(new Box(left + width + 12, y + 12, width, 40), second, SvgStyle.Accent, filled: false);
            }
        }
    }

    public static void Footer(SvgCanvas canvas, SvgNode node)
    {
        canvas.Rectangle(node.Box, node.Outline with { Fill = node.Text("fill") is null ? SvgStyle.Soft : node.Fill }, node.Radius(0));
        if (node.HasChildren)
        {
            return;
        }

        var links = node.Captions("items", "links", "columns");
        var inside = node.Box.Inset(24, 12);
        var text = node.Text("text", "label", "title");
        var row = text is null || node.Box.Height < 70 ? inside : inside with { Height = inside.Height / 2 };
        Row(canvas, row, links, -1, 13, "start");
        if (text is not null)
        {
            var line = node.Box.Height < 70 ? inside : inside with { Y = inside.CenterY, Height = inside.Height / 2 };
            canvas.Trailing(line, text, new SvgFont(12, SvgStyle.Faint));
        }
    }

    public static void Divider(SvgCanvas canvas, SvgNode node)
    {
        var pen = new SvgPen("none", node.Stroke, node.StrokeWidth, node.Text("strokeStyle") ?? "solid");
        if (node.Text("orientation") == "vertical" || node.Box.Height > node.Box.Width * 2)
        {
            canvas.Line(node.Box.CenterX, node.Box.Y, node.Box.CenterX, node.Box.Bottom, pen);
        }
        else
        {
            canvas.Line(node.Box.X, node.Box.CenterY, node.Box.Right, node.Box.CenterY, pen);
        }
    }

    public static void Accordion(SvgCanvas canvas, SvgNode node)
    {
        canvas.Rectangle(node.Box, node.Outline, node.Radius(8));
        var entries = node.List("items");
        var active = node.Active(node.Captions("items"), 0);
        var y = node.Box.Y;
        for (var i = 0; i < entries.Count && y + 38 <= node.Box.Bottom + 0.5; i++)
        {
            canvas.Leading(new Box(node.Box.X + 16, y, node.Box.Width - 56, 40), SvgNode.Caption(entries[i]) ?? "", new SvgFont(14, node.Color, Weight: "600"));
            canvas.Chevron(node.Box.Right - 22, y + 20, 5);
            y += 40;
            if (i == active && entries.Count > 0)
            {
                var open = Math.Min(48, node.Box.Bottom - y - ((entries.Count - i - 1) * 40));
                if (open > 16)
                {
                    var body = new Box(node.Box.X + 16, y, node.Box.Width - 32, open);
                    if (entries[i].GetText("text") is { } text)
                    {
                        canvas.Paragraph(body, text, new SvgFont(12, SvgStyle.Muted));
                    }
                    else
                    {
                        canvas.Bars(body, 2);
                    }

                    y += open;
                }
            }

            if (y < node.Box.Bottom - 1)
            {
                canvas.Line(node.Box.X, y, node.Box.Right, y, new SvgPen("none", SvgStyle.Shade));
            }
        }
    }

    public static void Tabs(SvgCanvas canvas, SvgNode node)
    {
        var tabs = node.Captions("items", "tabs");
        var active = node.Active(tabs, 0);
        var bar = Math.Min(40, node.Box.Height);
        canvas.Rectangle(node.Box with { Y = node.Box.Y + bar, Height = node.Box.Height - bar }, node.Outline, node.Radius(4));
        var x = node.Box.X;
        for (var i = 0; i < tabs.Count; i++)
        {
            var width = Math.Min(SvgText.Width(tabs[i], 14) + 32, Math.Max(0, node.Box.Right - x));
            if (width < 16)
            {
                break;
            }

            var tab = new Box(x, node.Box.Y, width, bar);
            canvas.Centered(tab.Inset(4, 0), tabs[i], new SvgFont(14, i == active ? SvgStyle.Accent : SvgStyle.Muted, Weight: i == active ? "600" : "normal"));
            if (i == active)
            {
                canvas.Line(tab.X + 4, tab.Bottom, tab.Right - 4, tab.Bottom, new SvgPen("none", SvgStyle.Accent, 3));
            }

            x += width;
        }

        if (!node.HasChildren)
        {
            canvas.Bars(Box.Between(node.Box.X + 16, node.Box.Y + bar + 18, node.Box.Right - 16, node.Box.Bottom - 12), 3);
        }
    }

    public static void Navbar(SvgCanvas canvas, SvgNode node)
    {
        canvas.Rectangle(node.Box, node.Outline, node.Radius(0));
        var inside = node.Box.Inset(20, 0);
        var brand = node.Text("brand", "title", "label", "text") ?? node.Node.Label;
        var taken = 0.0;
        if (brand is not null)
        {
            var size = Math.Clamp(node.Box.Height * 0.32, 10, 18);
            canvas.Leading(inside, brand, new SvgFont(size, node.Color, Weight: "700"));
            taken = SvgText.Width(brand, size) + 32;
        }

        var actions = node.Captions("actions");
        var buttons = actions.Sum(caption => SvgText.Width(caption, 12) + 36);
        canvas.Buttons(new Box(inside.X, node.Box.CenterY - 15, inside.Width, 30), actions);
        var links = node.Captions("items", "links");
        if (!node.HasChildren)
        {
            Row(canvas, Box.Between(inside.X + taken, node.Box.Y, inside.Right - buttons, node.Box.Bottom), links, node.Active(links), 14, "end");
        }
    }

    public static void Sidebar(SvgCanvas canvas, SvgNode node)
    {
        canvas.Rectangle(node.Box, node.Outline with { Fill = node.Text("fill") is null ? SvgStyle.Soft : node.Fill }, node.Radius(0));
        var y = node.Box.Y + 16;
        if (node.Text("brand", "title", "label") is { } brand)
        {
            canvas.Text(node.Box.X + 16, y + 14, SvgText.Fit(brand, node.Box.Width - 32, 16), new SvgFont(16, node.Color, Weight: "700"));
            y += 36;
        }

        if (!node.HasChildren)
        {
            Entries(canvas, node, node.Captions("items", "links"), y);
        }
    }

    public static void Menu(SvgCanvas canvas, SvgNode node)
    {
        canvas.Rectangle(node.Box, node.Outline, node.Radius(8));
        Entries(canvas, node, node.Captions("items"), node.Box.Y + 8);
    }

    public static void Breadcrumb(SvgCanvas canvas, SvgNode node)
    {
        var items = node.Captions("items");
        var x = node.Box.X;
        for (var i = 0; i < items.Count && x < node.Box.Right; i++)
        {
            var last = i == items.Count - 1;
            canvas.Leading(Box.Between(x, node.Box.Y, node.Box.Right, node.Box.Bottom), items[i], new SvgFont(13, last ? node.Color : SvgStyle.Accent, Weight: last ? "600" : "normal"));
            x += SvgText.Width(items[i], 13) + 10;
            if (!last)
            {
                canvas.Text(x, node.Box.CenterY + 4.5, "›", new SvgFont(14, SvgStyle.Faint));
                x += 14;
            }
        }
    }

    public static void Pagination(SvgCanvas canvas, SvgNode node)
    {
        var pages = (int)Math.Clamp(node.Props.GetNumber("pages") ?? 5, 1, 7);
        var page = (int)Math.Clamp(node.Props.GetNumber("page") ?? 1, 1, pages);
        var captions = Enumerable.Range(1, pages).Select(Digits).Prepend("‹").Append("›").ToList();
        var side = Math.Min(node.Box.Height, node.Box.Width / captions.Count);
        for (var i = 0; i < captions.Count; i++)
        {
            var cell = new Box(node.Box.X + (i * side), node.Box.CenterY - (side / 2), side, side).Inset(2);
            canvas.Rectangle(cell, i == page ? new SvgPen(SvgStyle.Accent) : new SvgPen(SvgStyle.Paper, SvgStyle.Edge, 1), 5);
            canvas.Centered(cell, captions[i], new SvgFont(Math.Max(8, side * 0.38), i == page ? SvgStyle.Paper : SvgStyle.Muted));
        }
    }

    public static void Stepper(SvgCanvas canvas, SvgNode node)
    {
        var steps = node.Captions("items", "steps");
        var active = node.Active(steps, 0);
        var width = node.Box.Width / Math.Max(1, steps.Count);
        var y = node.Box.Y + 14;
        for (var i = 0; i < steps.Count; i++)
        {
            var x = node.Box.X + (width * (i + 0.5));
            if (i > 0)
            {
                canvas.Line(x - width + 18, y, x - 18, y, new SvgPen("none", i <= active ? SvgStyle.Accent : SvgStyle.Shade, 2));
            }

            canvas.Circle(x, y, 12, i <= active ? new SvgPen(SvgStyle.Accent) : new SvgPen(SvgStyle.Paper, SvgStyle.Edge));
            canvas.Text(x, y + 4.5, Digits(i + 1), new SvgFont(12, i <= active ? SvgStyle.Paper : SvgStyle.Muted, "middle", "600"));
            canvas.Text(x, y + 30, SvgText.Fit(steps[i], width - 8, 12), new SvgFont(12, i == active ? node.Color : SvgStyle.Muted, "middle"));
        }
    }

    public static void Link(SvgCanvas canvas, SvgNode node)
    {
        var text = SvgText.Fit(node.Text("text", "label", "title") ?? node.Node.Label ?? "Link", node.Box.Width, node.FontSize(14));
        canvas.Leading(node.Box, text, new SvgFont(node.FontSize(14), SvgStyle.Accent));
        canvas.Line(node.Box.X, node.Box.CenterY + 8, node.Box.X + SvgText.Width(text, node.FontSize(14)), node.Box.CenterY + 8, new SvgPen("none", SvgStyle.Accent, 1));
    }

    private static void Heading(SvgCanvas canvas, SvgNode node, Box inside)
    {
        if (node.Text("title", "label") is { } title)
        {
            canvas.Text(inside.X, inside.Y + 14, SvgText.Fit(title, inside.Width, 16), new SvgFont(16, node.Color, Weight: "600"));
        }
    }

    private static void Entries(SvgCanvas canvas, SvgNode node, List<string> captions, double y)
    {
        var active = node.Active(captions);
        for (var i = 0; i < captions.Count && y + 30 <= node.Box.Bottom; i++, y += 36)
        {
            var row = new Box(node.Box.X + 8, y, node.Box.Width - 16, 32);
            if (i == active)
            {
                canvas.Rectangle(row, new SvgPen(SvgStyle.AccentSoft), 6);
            }

            canvas.Leading(row.Inset(10, 0), captions[i], new SvgFont(14, i == active ? SvgStyle.Accent : node.Color, Weight: i == active ? "600" : "normal"));
        }
    }

    /// <summary>Links in a row, from the left, or so that the last one ends at the right.</summary>
    private static void Row(SvgCanvas canvas, Box box, List<string> captions, int active, double size, string side)
    {
        const double Gap = 24;
        var total = captions.Sum(caption => SvgText.Width(caption, size) + Gap) - Gap;
        var x = side == "end" ? Math.Max(box.X, box.Right - total) : box.X;
        for (var i = 0; i < captions.Count && x < box.Right; i++)
        {
            var color = i == active ? SvgStyle.Accent : SvgStyle.Muted;
            canvas.Leading(Box.Between(x, box.Y, box.Right + Gap, box.Bottom), captions[i], new SvgFont(size, color, Weight: i == active ? "600" : "normal"));
            x += SvgText.Width(captions[i], size) + Gap;
        }
    }

    private static string Digits(int number) => SvgCanvas.N(number);
}
