using System.Text.Json;

namespace Actors.Domain.Interchange.Svg;

/// <summary>What a user fills in or presses.</summary>
internal static class SvgForms
{
    public static void Button(SvgCanvas canvas, SvgNode node)
    {
        var variant = node.Text("variant");
        var color = node.Props.GetFlag("disabled") ? SvgStyle.Faint : SvgStyle.Color(node.Props.GetText("fill")) ?? SvgStyle.Variant(variant);
        canvas.Button(node.Box, node.Text("text", "label", "title") ?? node.Node.Label ?? "Button", color, variant is not ("secondary" or "outline" or "ghost" or "link"));
    }

    public static void Input(SvgCanvas canvas, SvgNode node)
    {
        var hidden = node.Text("type") == "password" && node.Text("value") is not null;
        canvas.Field(node, hidden ? "••••••••" : node.Text("value"), node.Text("placeholder"));
    }

    public static void TextArea(SvgCanvas canvas, SvgNode node)
    {
        var box = canvas.Field(node, node.Text("value", "text"), node.Text("placeholder"));
        canvas.Line(box.Right - 10, box.Bottom - 3, box.Right - 3, box.Bottom - 10, new SvgPen("none", SvgStyle.Faint, 1));
        canvas.Line(box.Right - 6, box.Bottom - 3, box.Right - 3, box.Bottom - 6, new SvgPen("none", SvgStyle.Faint, 1));
    }

    public static void Select(SvgCanvas canvas, SvgNode node)
    {
        var box = canvas.Field(node, node.Text("value"), node.Text("placeholder") ?? node.Captions("options", "items").FirstOrDefault());
        canvas.Chevron(box.Right - 16, box.CenterY, 5);
    }

    public static void Search(SvgCanvas canvas, SvgNode node)
    {
        var box = node.Box;
        canvas.Rectangle(box, node.Outline, node.Radius(box.Height / 2));
        canvas.Circle(box.X + 18, box.CenterY - 1, 5, new SvgPen("none", SvgStyle.Muted));
        canvas.Line(box.X + 22, box.CenterY + 3, box.X + 26, box.CenterY + 7, new SvgPen("none", SvgStyle.Muted));
        canvas.Leading(box with { X = box.X + 34, Width = Math.Max(0, box.Width - 44) }, node.Text("value", "placeholder", "label") ?? "Search", new SvgFont(13, SvgStyle.Faint));
    }

    public static void DatePicker(SvgCanvas canvas, SvgNode node)
    {
        var box = canvas.Field(node, node.Text("value"), node.Text("placeholder") ?? "yyyy-mm-dd");
        var icon = new Box(box.Right - 26, box.CenterY - 7, 14, 14);
        canvas.Rectangle(icon, new SvgPen("none", SvgStyle.Muted), 2);
        canvas.Line(icon.X, icon.Y + 5, icon.Right, icon.Y + 5, new SvgPen("none", SvgStyle.Muted));
    }

    public static void Checkbox(SvgCanvas canvas, SvgNode node)
    {
        var side = Math.Min(18, node.Box.Height);
        var box = new Box(node.Box.X, node.Box.CenterY - (side / 2), side, side);
        var on = node.Props.GetFlag("checked") || node.Props.GetFlag("value");
        canvas.Rectangle(box, on ? new SvgPen(SvgStyle.Accent, SvgStyle.Accent) : node.Outline, 3);
        if (on)
        {
            canvas.Check(box, SvgStyle.Paper);
        }

        Beside(canvas, node, side, "Checkbox");
    }

    public static void Radio(SvgCanvas canvas, SvgNode node)
    {
        var options = node.Captions("options", "items");
        if (options.Count == 0)
        {
            options = [node.Text("label", "text") ?? node.Node.Label ?? "Option"];
        }

        var chosen = options.Count == 1 && node.Props.GetFlag("checked") ? 0 : options.IndexOf(node.Text("value") ?? "");
        var height = node.Box.Height / options.Count;
        for (var i = 0; i < options.Count; i++)
        {
            var row = node.Box with { Y = node.Box.Y + (i * height), Height = height };
            var radius = Math.Min(8, height / 2);
            canvas.Circle(row.X + radius, row.CenterY, radius, i == chosen ? new SvgPen(SvgStyle.Paper, SvgStyle.Accent) : node.Outline);
            if (i == chosen)
            {
                canvas.Circle(row.X + radius, row.CenterY, radius / 2, new SvgPen(SvgStyle.Accent));
            }

            canvas.Leading(row with { X = row.X + (2 * radius) + 8, Width = Math.Max(0, row.Width - (2 * radius) - 8) }, options[i], new SvgFont(node.FontSize(13), node.Color));
        }
    }

    public static void Switch(SvgCanvas canvas, SvgNode node)
    {
        var on = node.Props.GetFlag("checked") || node.Props.GetFlag("value");
        var track = new Box(node.Box.X, node.Box.CenterY - 10, Math.Min(36, node.Box.Width), 20);
        canvas.Rectangle(track, new SvgPen(on ? SvgStyle.Accent : SvgStyle.Shade, on ? SvgStyle.Accent : SvgStyle.Edge), 10);
        canvas.Circle(on ? track.Right - 10 : track.X + 10, track.CenterY, 7, new SvgPen(SvgStyle.Paper));
        Beside(canvas, node, track.Width, "");
    }

    public static void Slider(SvgCanvas canvas, SvgNode node)
    {
        var (low, high) = (node.Props.GetNumber("min") ?? 0, node.Props.GetNumber("max") ?? 100);
        var share = high > low ? Math.Clamp(((node.Props.GetNumber("value") ?? ((low + high) / 2)) - low) / (high - low), 0, 1) : 0.5;
        var track = new Box(node.Box.X, node.Box.CenterY - 2, node.Box.Width, 4);
        canvas.Rectangle(track, new SvgPen(SvgStyle.Shade), 2);
        canvas.Rectangle(track with { Width = track.Width * share }, new SvgPen(SvgStyle.Accent), 2);
        canvas.Circle(track.X + (track.Width * share), track.CenterY, 8, new SvgPen(SvgStyle.Paper, SvgStyle.Accent, 2));
    }

    public static void Upload(SvgCanvas canvas, SvgNode node)
    {
        canvas.Rectangle(node.Box, node.Outline with { Dash = "dashed" }, node.Radius(8));
        var (x, y) = (node.Box.CenterX, node.Box.CenterY - 14);
        canvas.Line(x, y - 10, x, y + 8, new SvgPen("none", SvgStyle.Muted));
        canvas.Path($"M{SvgCanvas.N(x - 6)} {SvgCanvas.N(y - 4)}L{SvgCanvas.N(x)} {SvgCanvas.N(y - 10)}L{SvgCanvas.N(x + 6)} {SvgCanvas.N(y - 4)}", new SvgPen("none", SvgStyle.Muted));
        canvas.Centered(node.Box with { Y = node.Box.Y + 18 }, node.Text("label", "text", "placeholder") ?? "Upload", new SvgFont(13, SvgStyle.Muted));
    }

    public static void Rating(SvgCanvas canvas, SvgNode node)
    {
        var most = (int)Math.Clamp(node.Props.GetNumber("max") ?? 5, 1, 20);
        var step = Math.Min(node.Box.Height + 4, node.Box.Width / most);
        for (var i = 0; i < most; i++)
        {
            SvgContent.Star(canvas, node.Box.X + (step * (i + 0.5)), node.Box.CenterY, step * 0.42, i < (node.Props.GetNumber("value") ?? 0) ? "#f59e0b" : SvgStyle.Shade);
        }
    }

    public static void Form(SvgCanvas canvas, SvgNode node)
    {
        canvas.Rectangle(node.Box, node.Outline, node.Radius(8));
        var inside = node.Box.Inset(20, 16);
        var y = inside.Y;
        if (node.Text("title", "label", "text") is { } title)
        {
            canvas.Text(inside.X, y + 16, SvgText.Fit(title, inside.Width, 17), new SvgFont(17, node.Color, Weight: "600"));
            y += 34;
        }

        if (node.HasChildren)
        {
            return;
        }

        var fields = node.List("fields", "items");
        var submit = node.Text("submit", "action") ?? "Submit";
        foreach (var field in fields)
        {
            if (y + 58 > inside.Bottom)
            {
                break;
            }

            canvas.Text(inside.X, y + 12, SvgText.Fit(SvgNode.Caption(field) ?? "", inside.Width, 12), new SvgFont(12, SvgStyle.Muted, Weight: "600"));
            var box = new Box(inside.X, y + 18, inside.Width, 34);
            canvas.Rectangle(box, new SvgPen(SvgStyle.Paper, SvgStyle.Edge), 6);
            if (field.ValueKind == JsonValueKind.Object && field.GetText("placeholder") is { } hint)
            {
                canvas.Leading(box.Inset(10, 0), hint, new SvgFont(13, SvgStyle.Faint));
            }

            y += 64;
        }

        if (y + 36 <= inside.Bottom + 8)
        {
            canvas.Button(new Box(inside.X, y + 2, Math.Min(inside.Width, Math.Max(96, SvgText.Width(submit, 14) + 32)), 36), submit, SvgStyle.Accent, filled: true);
        }
    }

    private static void Beside(SvgCanvas canvas, SvgNode node, double taken, string byDefault) =>
        canvas.Leading(
            node.Box with { X = node.Box.X + taken + 8, Width = Math.Max(0, node.Box.Width - taken - 8) },
            node.Text("label", "text") ?? node.Node.Label ?? byDefault,
            new SvgFont(node.FontSize(13), node.Color));
}
