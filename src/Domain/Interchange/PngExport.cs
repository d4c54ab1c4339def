using System.Globalization;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Interchange.Png;
using Actors.Domain.Interchange.Svg;

namespace Actors.Domain.Interchange;

/// <summary>
/// Draws a design as a PNG: the same picture as <see cref="SvgExport"/>, with letters of our own, so that it does not
/// depend on the machine. The same design always gives the same bytes.
/// </summary>
public static class PngExport
{
    /// <summary>The largest <c>scale</c>: pixels of the picture for one of the design.</summary>
    public const int MaximumScale = 4;

    /// <summary>Pixels on the longer side.</summary>
    public const int MaximumSide = 16_384;

    /// <summary>Pixels of a whole picture.</summary>
    public const int MaximumPixels = 24_000_000;

    /// <param name="design">The design.</param>
    /// <param name="components">What the types of its nodes mean.</param>
    /// <param name="scale">Pixels of the picture for one of the design, from 1 to <see cref="MaximumScale"/>.</param>
    /// <returns>The file; or the refusal <see cref="ErrorCodes.LimitReached"/>.</returns>
    public static (byte[]? File, Refusal? Refusal) Write(DesignDocument design, IComponentCatalog components, int scale)
    {
        var scene = new Scene(design, components);
        var view = SvgExport.View(scene);
        var (width, height) = (Math.Ceiling(view.Width * scale), Math.Ceiling(view.Height * scale));
        if (width > MaximumSide || height > MaximumSide || width * height > MaximumPixels)
        {
            return (null, new Refusal(ErrorCodes.LimitReached, string.Create(
                CultureInfo.InvariantCulture,
                $"The picture would have {width} x {height} pixels; at most {MaximumSide} on a side and {MaximumPixels} in all are drawn. Use a smaller scale, or export a frame alone.")));
        }

        var pixels = new Pixels((int)width, (int)height);
        var canvas = new PixelCanvas(pixels, view, scale);
        foreach (var node in scene.Painted)
        {
            canvas.Begin(node.Box, node.Props.GetNumber("angle") ?? 0, Math.Clamp((node.Props.GetNumber("opacity") ?? 100) / 100, 0, 1));
            SvgDrawings.Draw(canvas, node);
        }

        canvas.Begin(default, 0, 1);
        SvgExport.Connections(design, scene, canvas);
        return (pixels.ToPng(), null);
    }
}
