namespace Actors.Domain.Interchange.Svg;

/// <summary>Parts that several components share.</summary>
internal static class SvgParts
{
    private const int MaximumBars = 50;

    public static void Centered(this SvgCanvas canvas, Box box, string text, in SvgFont font) =>
        canvas.Text(box.CenterX, box.CenterY + (font.Size * 0.35), SvgText.Fit(text, box.Width, font.Size), font with { Anchor = "middle" });

    /// <summary>A line of text at the left of a box, centred in its height.</summary>
    public static void Leading(this SvgCanvas canvas, Box box, string text, in SvgFont font) =>
        canvas.Text(box.X, box.CenterY + (font.Size * 0.35), SvgText.Fit(text, box.Width, font.Size), font with { Anchor = "start" });

    public static void Trailing(this SvgCanvas canvas, Box box, string text, in SvgFont font) =>
        canvas.Text(box.Right, box.CenterY + (font.Size * 0.35), SvgText.Fit(text, box.Width, font.Size), font with { Anchor = "end" });

    public static void Button(this SvgCanvas canvas, Box box, string text, string color, bool filled)
    {
        var size = Math.Clamp(box.Height * 0.38, 8, 16);
        canvas.Rectangle(box, filled ? new SvgPen(color, color) : new SvgPen(SvgStyle.Paper, color), 6);
        canvas.Centered(box.Inset(6, 0), text, new SvgFont(size, filled ? SvgStyle.Paper : color, Weight: "600"));
    }

    /// <summary>A row of buttons that ends at the right of the box; the last one is the main one.</summary>
    public static void Buttons(this SvgCanvas canvas, Box box, List<string> captions)
    {
        var right = box.Right;
        for (var i = captions.Count - 1; i >= 0; i--)
        {
            var width = Math.Min(SvgText.Width(captions[i], 12) + 28, Math.Max(0, right - box.X));
            if (width < 24)
            {
                return;
            }

            canvas.Button(new Box(right - width, box.Y, width, box.Height), captions[i], SvgStyle.Accent, filled: i == captions.Count - 1);
            right -= width + 8;
        }
    }

    /// <summary>The place of a picture.</summary>
    public static void Placeholder(this SvgCanvas canvas, Box box, string? caption, double radius = 0)
    {
        canvas.Rectangle(box, new SvgPen(SvgStyle.Soft, SvgStyle.Edge), radius);
        var pen = new SvgPen("none", "#d1d5db", 1);
        canvas.Line(box.X, box.Y, box.Right, box.Bottom, pen);
        canvas.Line(box.Right, box.Y, box.X, box.Bottom, pen);
        if (caption is { Length: > 0 } && box is { Width: > 40, Height: > 24 })
        {
            var text = SvgText.Fit(caption, box.Width - 24, 12);
            var width = SvgText.Width(text, 12) + 12;
            canvas.Rectangle(new Box(box.CenterX - (width / 2), box.CenterY - 10, width, 20), new SvgPen(SvgStyle.Soft), 4);
            canvas.Centered(box, text, new SvgFont(12, SvgStyle.Muted));
        }
    }

    /// <summary>Grey bars instead of words.</summary>
    public static void Bars(this SvgCanvas canvas, Box box, int count, double height = 8, double gap = 8)
    {
        for (var i = 0; i < Math.Min(count, MaximumBars) && ((i * (height + gap)) + height) <= box.Height + 0.5; i++)
        {
            var width = i == count - 1 && count > 1 ? box.Width * 0.6 : box.Width;
            canvas.Rectangle(new Box(box.X, box.Y + (i * (height + gap)), width, height), new SvgPen(SvgStyle.Shade), height / 2);
        }
    }

    /// <summary>Wrapped text from the top of a box, cut at its bottom; answers the height it took.</summary>
    public static double Paragraph(this SvgCanvas canvas, Box box, string text, in SvgFont font)
    {
        var step = font.Size * 1.4;
        var lines = SvgText.Wrap(text, box.Width, font.Size, Math.Max(1, (int)(box.Height / step)));
        for (var i = 0; i < lines.Count; i++)
        {
            var x = font.Anchor switch { "middle" => box.CenterX, "end" => box.Right, _ => box.X };
            canvas.Text(x, box.Y + (i * step) + font.Size, lines[i], font);
        }

        return lines.Count * step;
    }

    /// <summary>A field with its caption above, when there is one and room for it; answers the field's box.</summary>
    public static Box Field(this SvgCanvas canvas, SvgNode node, string? value, string? placeholder)
    {
        var label = node.Text("label");
        var box = node.Box;
        if (label is not null && box.Height >= 52)
        {
            canvas.Text(box.X, box.Y + 12, SvgText.Fit(label, box.Width, 12), new SvgFont(12, SvgStyle.Muted, Weight: "600"));
            box = box with { Y = box.Y + 18, Height = box.Height - 18 };
            label = null;
        }

        canvas.Rectangle(box, node.Outline with { Fill = node.Props.GetFlag("disabled") ? SvgStyle.Soft : node.Fill }, node.Radius(6));
        if ((value ?? placeholder ?? label) is { } shown)
        {
            var size = node.FontSize(13);
            var top = box.Inset(10, 0) with { Height = Math.Min(box.Height, 40) };
            canvas.Leading(top, shown, new SvgFont(size, value is null ? SvgStyle.Faint : node.Color));
        }

        return box;
    }

    public static void Chevron(this SvgCanvas canvas, double x, double y, double size, string color = SvgStyle.Muted) =>
        canvas.Path($"M{SvgCanvas.N(x - size)} {SvgCanvas.N(y - (size / 2))}L{SvgCanvas.N(x)} {SvgCanvas.N(y + (size / 2))}L{SvgCanvas.N(x + size)} {SvgCanvas.N(y - (size / 2))}", new SvgPen("none", color));

    public static void Check(this SvgCanvas canvas, Box box, string color)
    {
        var (x, y, size) = (box.X, box.Y, box.Width);
        canvas.Path(
            $"M{SvgCanvas.N(x + (size * 0.22))} {SvgCanvas.N(y + (size * 0.52))}L{SvgCanvas.N(x + (size * 0.42))} {SvgCanvas.N(y + (size * 0.72))}L{SvgCanvas.N(x + (size * 0.78))} {SvgCanvas.N(y + (size * 0.28))}",
            new SvgPen("none", color, 2));
    }

    public static void Cross(this SvgCanvas canvas, double x, double y, double size)
    {
        canvas.Line(x - size, y - size, x + size, y + size, new SvgPen("none", SvgStyle.Muted));
        canvas.Line(x + size, y - size, x - size, y + size, new SvgPen("none", SvgStyle.Muted));
    }
}
