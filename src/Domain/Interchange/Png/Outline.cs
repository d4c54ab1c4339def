using System.Runtime.InteropServices;

namespace Actors.Domain.Interchange.Png;

/// <summary>Polygons made of pixels' coordinates: what is filled, or the two sides of a stroke.</summary>
internal sealed class Outline
{
    private readonly List<Edge> _edges = [];

    public IReadOnlyList<Edge> Edges => _edges;

    public double Top { get; private set; } = double.PositiveInfinity;

    public double Bottom { get; private set; } = double.NegativeInfinity;

    public double Left { get; private set; } = double.PositiveInfinity;

    public double Right { get; private set; } = double.NegativeInfinity;

    /// <summary>A side of a polygon, from its upper to its lower end.</summary>
    /// <param name="Winding">1 when it was drawn downwards, else -1.</param>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Edge(double Top, double Bottom, double X, double Slope, int Winding);

    /// <summary>Adds a polygon; its last point is joined to its first.</summary>
    public void Add(ReadOnlySpan<(double X, double Y)> points)
    {
        for (var i = 0; i < points.Length; i++)
        {
            var (from, to) = (points[i], points[(i + 1) % points.Length]);
            (Left, Right) = (Math.Min(Left, from.X), Math.Max(Right, from.X));
            (Top, Bottom) = (Math.Min(Top, from.Y), Math.Max(Bottom, from.Y));
            if (from.Y != to.Y)
            {
                var slope = (to.X - from.X) / (to.Y - from.Y);
                _edges.Add(from.Y < to.Y ? new Edge(from.Y, to.Y, from.X, slope, 1) : new Edge(to.Y, from.Y, to.X, slope, -1));
            }
        }
    }

    /// <summary>Adds a stroke with round ends and corners; all of its parts wind the same way, so that together they cover once.</summary>
    public void Stroke(IReadOnlyList<(double X, double Y)> line, double width)
    {
        var half = Math.Max(width, 0.2) / 2;
        for (var i = 0; i < line.Count; i++)
        {
            Dot(line[i], half);
            if (i == 0)
            {
                continue;
            }

            var (from, to) = (line[i - 1], line[i]);
            var length = Math.Sqrt(((to.X - from.X) * (to.X - from.X)) + ((to.Y - from.Y) * (to.Y - from.Y)));
            if (length > 1e-9)
            {
                var (x, y) = ((to.Y - from.Y) / length * half, (from.X - to.X) / length * half);
                Add([(from.X + x, from.Y + y), (to.X + x, to.Y + y), (to.X - x, to.Y - y), (from.X - x, from.Y - y)]);
            }
        }
    }

    private void Dot((double X, double Y) center, double radius)
    {
        var corners = radius < 0.6 ? 8 : radius < 3 ? 12 : 24;
        Span<(double X, double Y)> circle = stackalloc (double X, double Y)[corners];
        for (var i = 0; i < corners; i++)
        {
            var angle = 2 * Math.PI * i / corners;
            circle[i] = (center.X + (Math.Cos(angle) * radius), center.Y + (Math.Sin(angle) * radius));
        }

        Add(circle);
    }
}
