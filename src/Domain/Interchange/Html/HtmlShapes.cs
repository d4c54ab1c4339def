using Actors.Domain.Interchange.Svg;
using static Actors.Domain.Interchange.Html.Element;

namespace Actors.Domain.Interchange.Html;

/// <summary>Text and shapes: boxes are boxes of the page, everything else is a drawing.</summary>
internal static class HtmlShapes
{
    public static IEnumerable<(string Type, HtmlComponent Component)> All =>
    [
        ("text", new HtmlComponent(".text { display: grid; color: var(--ink); font-size: 16px; font-weight: normal; line-height: 1.25; white-space: pre; }", Text)),
        ("shape.rectangle", new HtmlComponent(ShapeCss, node => Shape(node))),
        ("shape.ellipse", new HtmlComponent(ShapeCss, node => Shape(node).Style("ellipse"))),
        ("shape.diamond", new HtmlComponent("", ["drawing"], Drawing)),
        ("shape.line", new HtmlComponent("", ["drawing"], Drawing)),
        ("shape.path", new HtmlComponent("", ["drawing"], Drawing)),
    ];

    /// <summary>What stands for a component that has no markup of its own.</summary>
    public static HtmlComponent Other { get; } = new("", ["drawing"], Drawing);

    private const string ShapeCss = """
        .shape { display: grid; place-content: center; border: 1px solid var(--ink); color: var(--ink); font-size: 16px; line-height: 1.25; text-align: center; white-space: pre; }
        .shape.ellipse { border-radius: 50%; }
        """;

    private static Element Drawing(SvgNode node)
    {
        var drawing = MarkupCanvas.Draw(node, "drawing", node.Text("text", "label") ?? node.Node.Label);
        drawing.Looks = new Element("span");
        return drawing;
    }

    private static Element Text(SvgNode node)
    {
        var size = node.FontSize(16);
        var text = node.Text("text") ?? "";
        var isHeading = text.Length is > 0 and < 80 && !text.Contains('\n', StringComparison.Ordinal);
        var tag = !isHeading ? "p" : size switch { >= 32 => "h1", >= 24 => "h2", >= 20 => "h3", _ => "p" };
        var element = Of(tag, "text").Css("font-size", size == 16 ? null : HtmlStyle.Pixels(size)).Say(text.ReplaceLineEndings("\n"));
        Words(node, element, "left", "top", text, size);
        element.Css("color", SvgStyle.Color(node.Props.GetText("color")) ?? SvgStyle.Color(node.Props.GetText("stroke")));
        element.Looks = new Element("span");
        return element;
    }

    private static Element Shape(SvgNode node)
    {
        var shape = Of("div", "shape");
        var text = node.Text("text");
        if (text is not null)
        {
            shape.Say(text.ReplaceLineEndings("\n"));
            Words(node, shape, "center", "middle", text, node.FontSize(16));
        }

        shape.Css("border-color", Known(node.Props.GetText("stroke")));
        if (node.Props.GetNumber("strokeWidth") is { } width)
        {
            shape.Css("border-width", HtmlStyle.Pixels(HtmlStyle.Border(width)));
        }

        shape.Css("border-style", node.Text("strokeStyle") is "dashed" or "dotted" ? node.Text("strokeStyle") : null)
            .Css("border-radius", node.Node.Type == "shape.rectangle" && node.Props.GetNumber("roundness") is { } radius and > 0 ? HtmlStyle.Pixels(radius) : null)
            .Css("background", Fill(node))
            .Css("color", Known(node.Props.GetText("color")))
            .Css("font-size", node.Props.GetNumber("fontSize") is { } size ? HtmlStyle.Pixels(size) : null);
        shape.Looks = new Element("span");
        return shape;
    }

    /// <summary>Where the words stand in their box, and whether they wrap: as in the drawing, text of a drawing tool never does.</summary>
    private static void Words(SvgNode node, Element element, string across, string down, string text, double size)
    {
        var wraps = node.Node.Width is not null
            && node.Text(Components.BuiltIn.Rules.SourceFormat) is null
            && text.ReplaceLineEndings("\n").Split('\n').Any(line => SvgText.Width(line, size) > node.Box.Width * 1.1);
        var align = node.Text("textAlign") ?? across;
        var vertical = (node.Text("verticalAlign") ?? down) switch { "middle" => "center", "bottom" => "end", _ => "start" };
        element.Css("white-space", wraps ? "pre-line" : null)
            .Css("align-content", vertical == (element.Tag == "div" ? "center" : "start") ? null : vertical)
            .Css("justify-content", wraps ? "stretch" : align is "center" or "right" ? (align == "right" ? "end" : "center") : element.Tag == "div" ? "start" : null)
            .Css("text-align", align == "left" ? (element.Tag == "div" ? "left" : null) : align)
            .Css("line-height", node.Props.GetNumber("lineHeight") is { } height ? SvgCanvas.N(height) : null)
            .Css("font-weight", HtmlStyle.Weight(node))
            .Css("font-style", node.Text("fontStyle") == "italic" ? "italic" : null)
            .Css("font-family", node.Props.GetText("fontFamily") is { } family ? HtmlStyle.Family(family) : null);
    }

    private static string? Known(string? color) => SvgStyle.Color(color);

    private static string? Fill(SvgNode node)
    {
        if (SvgStyle.Color(node.Props.GetText("fill")) is not { } fill || fill == "transparent")
        {
            return null;
        }

        var lines = $"{fill} 0 {HtmlStyle.Pixels(SvgStyle.HatchLine)}, transparent {HtmlStyle.Pixels(SvgStyle.HatchLine)} {HtmlStyle.Pixels(SvgStyle.HatchGap)}";
        var hatch = $"repeating-linear-gradient(-45deg, {lines})";
        return node.Props.GetText("fillStyle") switch
        {
            "hachure" or "zigzag" => hatch,
            "cross-hatch" => $"{hatch}, repeating-linear-gradient(45deg, {lines})",
            _ => fill,
        };
    }
}
