using System.Text.Json;
using Actors.Domain.Components.BuiltIn;
using Actors.Domain.Designs;

namespace Actors.Domain.Interchange;

/// <summary>What an Excalidraw element's fields are called here.</summary>
internal static class ExcalidrawProps
{
    /// <summary>The corner radius of adaptive rounding: a quarter of the shorter side, at most 32 pixels.</summary>
    private const double RoundShare = 0.25;
    private const double RoundMaximum = 32;

    /// <summary>Fields whose meaning and form are the same; only those of the right form are taken over.</summary>
    private static readonly (string From, string To, JsonValueKind Kind)[] Fields =
    [
        ("strokeColor", "stroke", JsonValueKind.String),
        ("backgroundColor", "fill", JsonValueKind.String),
        ("fillStyle", "fillStyle", JsonValueKind.String),
        ("strokeWidth", "strokeWidth", JsonValueKind.Number),
        ("strokeStyle", "strokeStyle", JsonValueKind.String),
        ("roughness", "roughness", JsonValueKind.Number),
        ("opacity", "opacity", JsonValueKind.Number),
        ("angle", "angle", JsonValueKind.Number),
        ("groupIds", "groupIds", JsonValueKind.Array),
        ("link", "link", JsonValueKind.String),
    ];

    private static readonly (string From, string To, JsonValueKind Kind)[] TextFields =
    [
        ("text", "text", JsonValueKind.String),
        ("fontSize", "fontSize", JsonValueKind.Number),
        ("textAlign", "textAlign", JsonValueKind.String),
        ("verticalAlign", "verticalAlign", JsonValueKind.String),
        ("lineHeight", "lineHeight", JsonValueKind.Number),
    ];

    /// <param name="element">The element.</param>
    /// <param name="type">The component that it becomes.</param>
    /// <param name="boundTo">The id here of the node to which a text is bound.</param>
    public static JsonElement Of(JsonElement element, string type, string? boundTo) => JsonBuild.Object(writer =>
    {
        var keepsPoints = false;
        if (type != ForeignComponent.Id)
        {
            Copy(writer, element, Fields);
            if (element.GetFlag("locked"))
            {
                writer.WriteBoolean("locked", true);
            }

            keepsPoints = WriteSpecific(writer, element, type);
        }

        if (boundTo is not null)
        {
            writer.WriteString("containerId", boundTo);
        }

        writer.WriteString(Rules.SourceFormat, ExcalidrawImport.FormatName);
        writer.Property(Rules.Source, keepsPoints ? JsonBuild.Without(element, "points") : element);
    });

    /// <summary>Where a node's ink is: a line's points may lie on any side of its position, and anything may be turned.</summary>
    public static Box Bounds(Node node)
    {
        var box = new Box(node.X, node.Y, node.Width ?? 0, node.Height ?? 0);
        if (node.Type is "shape.line" or "shape.path" && Points(node.Props) is { Count: > 0 } points)
        {
            box = Box.Between(
                node.X + points.Min(point => point.X), node.Y + points.Min(point => point.Y), node.X + points.Max(point => point.X), node.Y + points.Max(point => point.Y));
        }

        return box.Turned(node.Props.GetNumber("angle") ?? 0);
    }

    public static List<(double X, double Y)> Points(JsonElement props)
    {
        var points = new List<(double X, double Y)>();
        if (props.GetList("points") is { } list)
        {
            foreach (var point in list.EnumerateArray())
            {
                if (point.ValueKind == JsonValueKind.Array && point.GetArrayLength() >= 2 && point[0].AsNumber() is { } x && point[1].AsNumber() is { } y)
                {
                    points.Add((x, y));
                }
            }
        }

        return points;
    }

    private static bool WriteSpecific(Utf8JsonWriter writer, JsonElement element, string type)
    {
        switch (type)
        {
            case "text":
                Copy(writer, element, TextFields);
                WriteFont(writer, element);
                return false;
            case "frame":
                writer.WriteString("title", element.GetText("name") ?? "Frame");
                return false;
            case "image":
                if (element.Get("fileId") is { } file)
                {
                    writer.Property("fileId", file);
                }

                return false;
            case "shape.line" or "shape.path":
                return WriteLine(writer, element);
            default:
                WriteRoundness(writer, element);
                return false;
        }
    }

    /// <summary>Answers whether the points are written, exactly as they came, and need not be kept a second time.</summary>
    private static bool WriteLine(Utf8JsonWriter writer, JsonElement element)
    {
        foreach (var name in (ReadOnlySpan<string>)["startArrowhead", "endArrowhead", "startBinding", "endBinding"])
        {
            if (element.Get(name) is { ValueKind: not JsonValueKind.Null } value)
            {
                writer.Property(name, value);
            }
        }

        if (IsRound(element))
        {
            writer.WriteBoolean("curved", true);
        }

        if (element.GetList("points") is not { } points || points.GetArrayLength() > WireframeRules.PointsPerLine)
        {
            return false;
        }

        writer.Property("points", points);
        return true;
    }

    private static void WriteRoundness(Utf8JsonWriter writer, JsonElement element)
    {
        if (IsRound(element))
        {
            var side = Math.Min(Math.Abs(element.GetNumber("width") ?? 0), Math.Abs(element.GetNumber("height") ?? 0));
            writer.WriteNumber("roundness", element.GetObject("roundness")?.GetNumber("value") ?? Math.Min(side * RoundShare, RoundMaximum));
        }
    }

    private static bool IsRound(JsonElement element) =>
        element.GetObject("roundness") is not null || (element.Get("roundness") is null && element.GetText("strokeSharpness") == "round");

    private static void WriteFont(Utf8JsonWriter writer, JsonElement element)
    {
        var family = element.GetNumber("fontFamily") switch
        {
            1 or 5 => "hand",
            2 or 6 or 7 => "sans",
            3 or 8 => "mono",
            _ => element.GetText("fontFamily"),
        };
        if (family is not null)
        {
            writer.WriteString("fontFamily", family);
        }
    }

    private static void Copy(Utf8JsonWriter writer, JsonElement element, (string From, string To, JsonValueKind Kind)[] fields)
    {
        foreach (var (from, to, kind) in fields)
        {
            if (element.Get(from) is { } value && value.ValueKind == kind)
            {
                writer.Property(to, value);
            }
        }
    }
}
