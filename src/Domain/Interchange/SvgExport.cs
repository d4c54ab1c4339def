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
    internal const double Margin = 40;

    private static readonly Box EmptyView = new(0, 0, 320, 200);

    public static string Write(DesignDocument design, IComponentCatalog components)
    {
        var scene = new Scene(design, components);
        var canvas = new SvgWriter();
        foreach (var view in scene.Painted)
        {
            var opacity = Math.Clamp((view.Props.GetNumber("opacity") ?? 100) / 100, 0, 1);
            canvas.Begin(view.Node.Id, view.Node.Type, view.Box, view.Props.GetNumber("angle") ?? 0, opacity);
            SvgDrawings.Draw(canvas, view);
            canvas.End();
        }

        Connections(design, scene, canvas);
        return canvas.ToDocument(View(scene), design.Name);
    }

    /// <summary>What a picture of the scene shows.</summary>
    internal static Box View(Scene scene) => (scene.Painted.IsEmpty ? EmptyView : scene.Bounds).Inset(-Margin);

    internal static void Connections(DesignDocument design, Scene scene, SvgCanvas canvas)
    {
        foreach (var connection in design.Connections)
        {
            if (scene.Find(connection.From.Node) is { } from && scene.Find(connection.To.Node) is { } to)
            {
                SvgProcess.Connection(canvas, connection, from, to);
            }
        }
    }
}
