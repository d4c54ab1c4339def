using System.Globalization;
using System.Text;

namespace Actors.Domain.Interchange.Svg;

/// <summary>Writes SVG text. Every text and attribute passes the one escape, so nothing in a design can leave its place.</summary>
internal sealed class SvgWriter : SvgCanvas
{
    private readonly StringBuilder _body = new();
    private readonly StringBuilder _definitions = new();
    private readonly Dictionary<(string Color, bool Cross), string> _hatches = [];

    /// <summary>A whole document that shows <paramref name="view"/>.</summary>
    public string ToDocument(Box view, string title)
    {
        var document = new StringBuilder();
        document.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="{N(view.X)} {N(view.Y)} {N(view.Width)} {N(view.Height)}" width="{N(view.Width)}" height="{N(view.Height)}" font-family="{SvgText.Sans}">""");
        document.Append("\n<title>").Append(Escape(title)).Append("</title>\n");
        if (_definitions.Length > 0)
        {
            document.Append("<defs>\n").Append(_definitions).Append("</defs>\n");
        }

        document.Append(CultureInfo.InvariantCulture, $"""<rect x="{N(view.X)}" y="{N(view.Y)}" width="{N(view.Width)}" height="{N(view.Height)}" fill="#ffffff"/>""");
        return document.Append('\n').Append(_body).Append("</svg>\n").ToString();
    }

    /// <summary>Everything until <see cref="End"/> is turned about the centre of <paramref name="box"/> and shows through.</summary>
    public void Begin(string id, string type, Box box, double angle, double opacity)
    {
        _body.Append("<g data-id=\"").Append(Escape(id)).Append("\" data-type=\"").Append(Escape(type)).Append('"');
        if (angle != 0)
        {
            _body.Append(CultureInfo.InvariantCulture, $" transform=\"rotate({N(angle * 180 / Math.PI)} {N(box.CenterX)} {N(box.CenterY)})\"");
        }

        if (opacity < 1)
        {
            _body.Append(CultureInfo.InvariantCulture, $" opacity=\"{N(opacity)}\"");
        }

        _body.Append(">\n");
    }

    public void End() => _body.Append("</g>\n");

    public override void Rectangle(Box box, in SvgPen pen, double radius)
    {
        _body.Append(CultureInfo.InvariantCulture, $"<rect x=\"{N(box.X)}\" y=\"{N(box.Y)}\" width=\"{N(Math.Max(0, box.Width))}\" height=\"{N(Math.Max(0, box.Height))}\"");
        if (radius > 0)
        {
            _body.Append(CultureInfo.InvariantCulture, $" rx=\"{N(Math.Min(radius, Math.Min(box.Width, box.Height) / 2))}\"");
        }

        Close(pen);
    }

    public override void Ellipse(Box box, in SvgPen pen)
    {
        _body.Append(CultureInfo.InvariantCulture, $"<ellipse cx=\"{N(box.CenterX)}\" cy=\"{N(box.CenterY)}\" rx=\"{N(box.Width / 2)}\" ry=\"{N(box.Height / 2)}\"");
        Close(pen);
    }

    public override void Line(double x1, double y1, double x2, double y2, in SvgPen pen)
    {
        _body.Append(CultureInfo.InvariantCulture, $"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\"");
        Close(pen);
    }

    public override void Path(string data, in SvgPen pen, double x, double y)
    {
        _body.Append("<path d=\"").Append(Escape(data)).Append('"');
        if (x != 0 || y != 0)
        {
            _body.Append(CultureInfo.InvariantCulture, $" transform=\"translate({N(x)} {N(y)})\"");
        }

        Close(pen);
    }

    public override void Polygon(ReadOnlySpan<(double X, double Y)> points, in SvgPen pen)
    {
        _body.Append("<polygon points=\"");
        foreach (var (x, y) in points)
        {
            _body.Append(CultureInfo.InvariantCulture, $"{N(x)},{N(y)} ");
        }

        _body.Length--;
        _body.Append('"');
        Close(pen);
    }

    public override void Text(double x, double y, string text, in SvgFont font)
    {
        if (text.Length == 0)
        {
            return;
        }

        _body.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(x)}\" y=\"{N(y)}\" font-size=\"{N(font.Size)}\" fill=\"{Escape(font.Color)}\"");
        Attribute("text-anchor", font.Anchor, "start");
        Attribute("font-weight", font.Weight, "normal");
        Attribute("font-style", font.Slope, "normal");
        Attribute("font-family", font.Family, SvgText.Sans);
        _body.Append(" xml:space=\"preserve\">").Append(Escape(text)).Append("</text>\n");
    }

    public override string Hatch(string color, bool cross)
    {
        if (!_hatches.TryGetValue((color, cross), out var id))
        {
            id = string.Create(CultureInfo.InvariantCulture, $"hatch{_hatches.Count + 1}");
            _hatches.Add((color, cross), id);
            _definitions.Append(CultureInfo.InvariantCulture, $"""<pattern id="{id}" width="{SvgStyle.HatchGap}" height="{SvgStyle.HatchGap}" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><path d="M0 {SvgStyle.HatchGap / 2}H{SvgStyle.HatchGap}{(cross ? $"M{SvgStyle.HatchGap / 2} 0V{SvgStyle.HatchGap}" : "")}" stroke="{Escape(color)}" stroke-width="{SvgStyle.HatchLine}"/></pattern>""");
            _definitions.Append('\n');
        }

        return $"url(#{id})";
    }

    private void Close(in SvgPen pen)
    {
        _body.Append(" fill=\"").Append(Escape(pen.Fill)).Append('"');
        if (pen.Stroke != "none" && pen.Width > 0)
        {
            _body.Append(CultureInfo.InvariantCulture, $" stroke=\"{Escape(pen.Stroke)}\" stroke-width=\"{N(pen.Width)}\" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
            var (dash, gap) = (N(pen.Width * 4), N(pen.Width * 3));
            _body.Append(pen.Dash switch
            {
                "dashed" => $" stroke-dasharray=\"{dash} {gap}\"",
                "dotted" => $" stroke-dasharray=\"0.1 {gap}\"",
                _ => "",
            });
        }

        _body.Append("/>\n");
    }

    private void Attribute(string name, string value, string byDefault)
    {
        if (value != byDefault)
        {
            _body.Append(' ').Append(name).Append("=\"").Append(Escape(value)).Append('"');
        }
    }

    /// <summary>Also leaves out what XML 1.0 cannot say at all: control characters and halves of surrogate pairs.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\t' or '\n' or '\r' => escaped.Append(' '),
                < 0x20 or 0xFFFE or 0xFFFF or 0xFFFD => escaped,
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }
}
