using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Interchange.Svg;

namespace Actors.Domain.Interchange;

/// <summary>
/// Draws a design as SVG: a wireframe in low fidelity, a process as boxes and curves. The same design always gives the
/// same text, and the file refers to nothing outside itself.
/// </summary>
public static class SvgExport
{
    // Frame titles, arrowheads and connections reach a little beyond the boxes of their nodes.
    private const double Margin = 40;

    private static readonly Box EmptyView = new(0, 0, 320, 200);

    public static string Write(DesignDocument design, IComponentCatalog components)
    {
        var children = design.Nodes.Where(node => node.Parent is not null).ToLookup(node => node.Parent!, StringComparer.Ordinal);
        var drawn = new Dictionary<string, SvgNode>(StringComparer.Ordinal);
        var canvas = new SvgCanvas();
        foreach (var node in InPaintingOrder(design, children))
        {
            var view = View(node, components.Find(node.Type), children.Contains(node.Id));
            drawn.TryAdd(node.Id, view);
            var opacity = Math.Clamp((node.Props.GetNumber("opacity") ?? 100) / 100, 0, 1);
            canvas.Begin(node.Id, node.Type, view.Box, node.Props.GetNumber("angle") ?? 0, opacity);
            SvgDrawings.Draw(canvas, view);
            canvas.End();
        }

        foreach (var connection in design.Connections)
        {
            if (drawn.TryGetValue(connection.From.Node, out var from) && drawn.TryGetValue(connection.To.Node, out var to))
            {
                SvgProcess.Connection(canvas, connection, from, to);
            }
        }

        var contents = drawn.Count == 0 ? EmptyView : Box.Around(drawn.Values.Select(view => view.Box.Turned(view.Node.Props.GetNumber("angle") ?? 0)));
        return canvas.ToDocument(contents.Inset(-Margin), design.Name);
    }

    /// <summary>A parent, then all that is in it, then its next sibling; what is hidden is left out with all that is in it.</summary>
    private static IEnumerable<Node> InPaintingOrder(DesignDocument design, ILookup<string, Node> children)
    {
        var waiting = new Stack<Node>(design.Nodes.Where(node => node.Parent is null).Reverse());
        while (waiting.TryPop(out var node))
        {
            if (node.Props.GetFlag("hidden"))
            {
                continue;
            }

            yield return node;
            foreach (var child in children[node.Id].Reverse())
            {
                waiting.Push(child);
            }
        }
    }

    /// <summary>The box of a node; kept within what viewers can show, where every sum of coordinates is still exact.</summary>
    private static SvgNode View(Node node, ComponentDescriptor? component, bool hasChildren)
    {
        var box = new Box(node.X, node.Y, node.Width ?? component?.DefaultWidth ?? 0, node.Height ?? component?.DefaultHeight ?? 0);
        if (node.Type is "shape.line" or "shape.path" && ExcalidrawProps.Points(node.Props) is { Count: > 1 } points)
        {
            box = Box.Between(
                node.X + points.Min(point => point.X), node.Y + points.Min(point => point.Y), node.X + points.Max(point => point.X), node.Y + points.Max(point => point.Y));
        }

        var shown = new Box(
            Math.Clamp(box.X, -SvgCanvas.Farthest, SvgCanvas.Farthest),
            Math.Clamp(box.Y, -SvgCanvas.Farthest, SvgCanvas.Farthest),
            Math.Clamp(box.Width, 0, SvgCanvas.Farthest),
            Math.Clamp(box.Height, 0, SvgCanvas.Farthest));
        return new SvgNode(node, component, shown, hasChildren);
    }
}
