using Actors.Domain.Interchange.Svg;

namespace Actors.Domain.Interchange.Html;

/// <summary>What a node's properties say about its looks, as CSS.</summary>
internal static class HtmlStyle
{
    public static string Pixels(double value) => SvgCanvas.N(value) is var number and not "0" ? number + "px" : "0";

    /// <summary>A border's width as browsers show it: whole pixels, and never less than one of what is there at all.</summary>
    public static double Border(double width) => width <= 0 ? 0 : Math.Max(1, Math.Floor(width));

    public static string? Align(SvgNode node) => node.Text("textAlign") is "center" or "right" or "justify" ? node.Text("textAlign") : null;

    public static string? Weight(SvgNode node) =>
        node.Text("fontWeight") is { Length: <= 4 } weight && (weight == "bold" || weight.All(char.IsAsciiDigit)) ? weight : null;

    /// <summary>A list of font names, each quoted unless it is one of CSS's own words.</summary>
    public static string Family(string name) => string.Join(", ", SvgText.Family(name)
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(font => font is "sans-serif" or "serif" or "monospace" or "cursive" ? font : $"\"{font}\""));

    /// <summary>
    /// The outline, fill and type of a node, for the part of it that bears them. What holds others has an outline that
    /// takes no room, so that its content may reach to its edge.
    /// </summary>
    public static void Look(SvgNode node, Element part)
    {
        var line = node.Component is { Container: true } ? "outline" : "border";
        part.Css(line + "-color", SvgStyle.Color(node.Props.GetText("stroke")))
            .Css(line + "-width", node.Props.GetNumber("strokeWidth") is { } width ? Pixels(Border(width)) : null)
            .Css(line + "-style", node.Text("strokeStyle") is "dashed" or "dotted" ? node.Text("strokeStyle") : null)
            .Css("border-radius", node.Props.GetNumber("roundness") is { } radius ? Pixels(radius) : null)
            .Css("background-color", SvgStyle.Color(node.Props.GetText("fill")) is { } fill and not "transparent" ? fill : null)
            .Css("color", SvgStyle.Color(node.Props.GetText("color")))
            .Css("font-size", node.Props.GetNumber("fontSize") is { } size && part.Declarations.TrueForAll(declaration => declaration.Name != "font-size") ? Pixels(size) : null)
            .Css("font-weight", Weight(node))
            .Css("font-family", node.Props.GetText("fontFamily") is { } family ? Family(family) : null);
    }

    /// <summary>What applies to the whole of a node, with all that is in its element.</summary>
    public static void Whole(SvgNode node, Element element)
    {
        element.Css("opacity", node.Props.GetNumber("opacity") is { } opacity and < 100 ? SvgCanvas.N(Math.Max(0, opacity) / 100) : null)
            .Css("transform", node.Props.GetNumber("angle") is { } angle and not 0 ? $"rotate({SvgCanvas.N(angle * 180 / Math.PI)}deg)" : null)
            .Css("box-shadow", node.Props.GetFlag("shadow") ? "0 4px 12px rgb(0 0 0 / 15%)" : null);
    }
}
