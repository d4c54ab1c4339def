using System.Globalization;

namespace Actors.Domain.Interchange.Svg;

/// <summary>
/// What the drawings of components draw on: SVG text, elements in a page of HTML, or pixels. All of them show the same
/// picture, because the drawings know only these few shapes.
/// </summary>
internal abstract class SvgCanvas
{
    /// <summary>Pixels from the origin beyond which nothing is drawn.</summary>
    public const double Farthest = 1e6;

    public void Rectangle(Box box, in SvgPen pen) => Rectangle(box, pen, 0);

    public abstract void Rectangle(Box box, in SvgPen pen, double radius);

    public abstract void Ellipse(Box box, in SvgPen pen);

    public void Circle(double x, double y, double radius, in SvgPen pen) => Ellipse(new Box(x - radius, y - radius, 2 * radius, 2 * radius), pen);

    public abstract void Line(double x1, double y1, double x2, double y2, in SvgPen pen);

    public void Path(string data, in SvgPen pen) => Path(data, pen, 0, 0);

    /// <param name="data">Path data made here, or data that <see cref="SvgStyle.PathData"/> let through.</param>
    /// <param name="pen">How it is drawn.</param>
    /// <param name="x">Moves the path.</param>
    /// <param name="y">Moves the path.</param>
    public abstract void Path(string data, in SvgPen pen, double x, double y);

    public abstract void Polygon(ReadOnlySpan<(double X, double Y)> points, in SvgPen pen);

    /// <summary>One line of text whose baseline is at <paramref name="y"/>.</summary>
    public abstract void Text(double x, double y, string text, in SvgFont font);

    /// <summary>The paint of a hand-drawn hatching, to be used as a pen's fill.</summary>
    public abstract string Hatch(string color, bool cross);

    /// <summary>A number as short as a hundredth of a pixel allows, the same in every culture, never beyond what viewers can show.</summary>
    public static string N(double value)
    {
        var shown = double.IsNaN(value) ? 0 : Math.Clamp(value, -Farthest, Farthest);
        return shown is > -0.005 and < 0.005 ? "0" : shown.ToString("0.##", CultureInfo.InvariantCulture);
    }
}
