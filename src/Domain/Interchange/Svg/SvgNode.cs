using System.Globalization;
using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;

namespace Actors.Domain.Interchange.Svg;

/// <summary>A node as it is drawn: its box, and its properties with what applies when they are absent.</summary>
internal sealed record SvgNode(Node Node, ComponentDescriptor? Component, Box Box, bool HasChildren)
{
    private const int Entries = 200;

    public JsonElement Props => Node.Props;

    public string Stroke => SvgStyle.Color(Props.GetText("stroke")) ?? SvgStyle.Edge;

    public string Fill => SvgStyle.Color(Props.GetText("fill")) is { } fill and not "transparent" ? fill : SvgStyle.Paper;

    public string Color => SvgStyle.Color(Props.GetText("color")) ?? SvgStyle.Ink;

    public double StrokeWidth => Props.GetNumber("strokeWidth") ?? 1.5;

    public SvgPen Outline => new(Fill, Stroke, StrokeWidth, Props.GetText("strokeStyle") ?? "solid");

    public double Radius(double byDefault) => Props.GetNumber("roundness") ?? byDefault;

    public double FontSize(double byDefault) => Props.GetNumber("fontSize") ?? byDefault;

    /// <summary>The first of these properties that has text; numbers count as text.</summary>
    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Props.Get(name) is { } value && Caption(value) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>The captions of the first of these lists that is there.</summary>
    public List<string> Captions(params ReadOnlySpan<string> names) => [.. List(names).Select(entry => Caption(entry) ?? "")];

    public List<JsonElement> List(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Props.GetList(name) is { } list && list.GetArrayLength() > 0)
            {
                return [.. list.EnumerateArray().Take(Entries)];
            }
        }

        return [];
    }

    /// <summary>The place of the active entry, given by number or by caption; -1 when none is named.</summary>
    public int Active(List<string> captions, int byDefault = -1) =>
        Props.GetNumber("active") is { } number ? (int)Math.Clamp(number, -1, Entries) : Props.GetText("active") is { } caption ? captions.IndexOf(caption) : byDefault;

    public static string? Caption(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetDouble(out var number) ? number.ToString(CultureInfo.InvariantCulture) : null,
        JsonValueKind.True => "✓",
        JsonValueKind.Object => value.GetText("label") ?? value.GetText("title") ?? value.GetText("text") ?? value.GetText("name") ?? value.GetText("value"),
        _ => null,
    };
}
