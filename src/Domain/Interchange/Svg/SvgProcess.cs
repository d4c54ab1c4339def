using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;

namespace Actors.Domain.Interchange.Svg;

/// <summary>Processes as boxes with ports, and connections as curves between them.</summary>
internal static class SvgProcess
{
    private const double PortRadius = 5;

    /// <summary>Also what stands for a component that has no drawing of its own.</summary>
    public static void Box(SvgCanvas canvas, SvgNode node)
    {
        var color = CategoryColor(node.Component?.Category);
        var box = node.Box;
        canvas.Rectangle(box, new SvgPen(SvgStyle.Paper, SvgStyle.Edge), 8);
        canvas.Rectangle(box with { Width = 6 }, new SvgPen(color), 3);
        var inside = box with { X = box.X + 18, Width = Math.Max(0, box.Width - 30) };
        var kind = Kind(node);
        var title = node.Node.Label ?? node.Text("title", "name") ?? node.Component?.Title ?? node.Node.Type;
        canvas.Text(inside.X, box.Y + 26, SvgText.Fit(title, inside.Width, 14), new SvgFont(14, SvgStyle.Ink, Weight: "600"));
        canvas.Text(inside.X, box.Y + 44, SvgText.Fit(kind, inside.Width, 11), new SvgFont(11, color, Family: SvgText.Mono));
        if (box.Height >= 66 && Summary(node.Props) is { } summary)
        {
            canvas.Text(inside.X, box.Y + 62, SvgText.Fit(summary, inside.Width, 11), new SvgFont(11, SvgStyle.Muted));
        }

        Ports(canvas, node, node.Component?.Inputs ?? [], box.X, color);
        Ports(canvas, node, node.Component?.Outputs ?? [], box.Right, color);
    }

    public static void Connection(SvgCanvas canvas, Connection connection, SvgNode from, SvgNode to)
    {
        var start = PortAt(from, from.Component?.Outputs ?? [], connection.From.Port, from.Box.Right);
        var end = PortAt(to, to.Component?.Inputs ?? [], connection.To.Port, to.Box.X);
        var reach = Math.Clamp(Math.Abs(end.X - start.X) / 2, 30, 160);
        var tip = (X: end.X - PortRadius - 1, end.Y);
        var error = connection.From.Port == "error";
        var pen = new SvgPen("none", error ? "#dc2626" : SvgStyle.Muted, 2, error ? "dashed" : "solid");
        canvas.Path(
            $"M{SvgCanvas.N(start.X)} {SvgCanvas.N(start.Y)}C{SvgCanvas.N(start.X + reach)} {SvgCanvas.N(start.Y)} {SvgCanvas.N(tip.X - reach)} {SvgCanvas.N(tip.Y)} {SvgCanvas.N(tip.X)} {SvgCanvas.N(tip.Y)}",
            pen);
        SvgShapes.Arrowhead(canvas, "triangle", (tip.X - 20, tip.Y), tip, pen with { Width = 1 });
        if (Label(connection) is { } label)
        {
            SvgShapes.Tag(canvas, (start.X + tip.X) / 2, (start.Y + tip.Y) / 2, label);
        }
    }

    public static string? Label(Connection connection)
    {
        var original = ReactFlowNodes.Original(connection.Props);
        var label = connection.Props.GetText("label") ?? original?.GetText("label") ?? original?.GetObject("data")?.GetText("label");
        return label is { Length: > 0 } ? label : connection.From.Port is "out" ? null : connection.From.Port;
    }

    private static string Kind(SvgNode node)
    {
        var original = ReactFlowNodes.Original(node.Props);
        var foreign = original?.GetObject("data")?.GetText("type") ?? original?.GetText("type") ?? node.Props.GetObject("source")?.GetText("type");
        return node.Component is { Id: not "foreign" } || foreign is null ? node.Node.Type : foreign;
    }

    /// <summary>The first property that says something, so that a box tells more than its type.</summary>
    private static string? Summary(JsonElement props)
    {
        foreach (var property in props.EnumerateObject())
        {
            if (property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number && property.Name is not ("name" or "title" or "sourceFormat" or "notes"))
            {
                return $"{property.Name}: {SvgNode.Caption(property.Value)}";
            }
        }

        return null;
    }

    private static void Ports(SvgCanvas canvas, SvgNode node, ImmutableArray<PortDescriptor> ports, double x, string color)
    {
        // A switch has more ports than most designs use; where they would touch, only the connected ones are worth seeing.
        var shown = ports.Length * ((2 * PortRadius) + 2) <= node.Box.Height ? ports : [];
        foreach (var port in shown)
        {
            var (_, y) = PortAt(node, ports, port.Name, x);
            canvas.Circle(x, y, PortRadius, new SvgPen(SvgStyle.Paper, port.Name == "error" ? "#dc2626" : color, 2));
        }
    }

    private static (double X, double Y) PortAt(SvgNode node, ImmutableArray<PortDescriptor> ports, string name, double x)
    {
        var index = 0;
        while (index < ports.Length && ports[index].Name != name)
        {
            index++;
        }

        var share = index < ports.Length ? (index + 1.0) / (ports.Length + 1) : 0.5;
        return (x, node.Box.Y + (node.Box.Height * share));
    }

    private static string CategoryColor(string? category) => category switch
    {
        "sources" => "#16a34a",
        "flow" => "#d97706",
        "data" => "#2563eb",
        "effects" => "#dc2626",
        "ai" => "#7c3aed",
        "sinks" => "#0f766e",
        _ => SvgStyle.Muted,
    };
}
