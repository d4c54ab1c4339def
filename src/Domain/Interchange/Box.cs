using System.Runtime.InteropServices;

namespace Actors.Domain.Interchange;

/// <summary>A rectangle in pixels; y grows downwards.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public double CenterX => X + (Width / 2);

    public double CenterY => Y + (Height / 2);

    /// <summary>The smallest box around all; empty at the origin when there is none.</summary>
    public static Box Around(IEnumerable<Box> boxes)
    {
        Box? around = null;
        foreach (var box in boxes)
        {
            around = around is { } so ? so.With(box) : box;
        }

        return around ?? default;
    }

    public static Box Between(double left, double top, double right, double bottom) => new(left, top, right - left, bottom - top);

    public Box With(Box other) =>
        Between(Math.Min(X, other.X), Math.Min(Y, other.Y), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));

    public Box Inset(double by) => Inset(by, by);

    public Box Inset(double across, double down) =>
        new(X + across, Y + down, Math.Max(0, Width - (2 * across)), Math.Max(0, Height - (2 * down)));

    /// <summary>The smallest upright box around this one turned by <paramref name="angle"/> radians about its centre.</summary>
    public Box Turned(double angle)
    {
        if (angle == 0)
        {
            return this;
        }

        var (sin, cos) = (Math.Abs(Math.Sin(angle)), Math.Abs(Math.Cos(angle)));
        var width = (Width * cos) + (Height * sin);
        var height = (Width * sin) + (Height * cos);
        return new Box(CenterX - (width / 2), CenterY - (height / 2), width, height);
    }
}
