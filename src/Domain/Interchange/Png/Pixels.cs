using System.Runtime.InteropServices;
using Actors.Domain.Interchange.Svg;

namespace Actors.Domain.Interchange.Png;

/// <summary>
/// An image on white, filled by scan lines: each row of pixels is crossed by a few lines, on which the part of a pixel
/// that is inside is exact. What winds around a point is inside, whichever way (the non-zero rule of SVG).
/// </summary>
internal sealed class Pixels
{
    private const int LinesPerRow = 6;

    private readonly byte[] _pixels;
    private readonly float[] _cover;

    public Pixels(int width, int height)
    {
        (Width, Height) = (width, height);
        _pixels = new byte[width * height * 3];
        Array.Fill(_pixels, byte.MaxValue);
        _cover = new float[width];
    }

    public int Width { get; }

    public int Height { get; }

    public byte[] ToPng() => PngFile.Write(Width, Height, _pixels);

    public void Fill(Outline outline, in Paint paint, double scale)
    {
        if (paint.Alpha <= 0 || outline.Edges.Count == 0 || outline.Right <= 0 || outline.Left >= Width)
        {
            return;
        }

        var edges = outline.Edges.OrderBy(edge => edge.Top).ToArray();
        var (first, last) = ((int)Math.Clamp(Math.Floor(outline.Top), 0, Height), (int)Math.Clamp(Math.Ceiling(outline.Bottom), 0, Height));
        var (left, right) = ((int)Math.Clamp(Math.Floor(outline.Left), 0, Width), (int)Math.Clamp(Math.Ceiling(outline.Right) + 1, 0, Width));
        var active = new List<Outline.Edge>();
        var crossings = new List<(double X, int Winding)>();
        var next = 0;
        for (var y = first; y < last; y++)
        {
            _cover.AsSpan(left, right - left).Clear();
            while (next < edges.Length && edges[next].Top < y + 1)
            {
                active.Add(edges[next++]);
            }

            active.RemoveAll(edge => edge.Bottom <= y);
            if (active.Count == 0)
            {
                continue;
            }

            for (var line = 0; line < LinesPerRow; line++)
            {
                Cross(y + ((line + 0.5) / LinesPerRow), active, crossings);
            }

            Blend(y, left, right, paint, scale);
        }
    }

    private void Cross(double y, List<Outline.Edge> active, List<(double X, int Winding)> crossings)
    {
        crossings.Clear();
        foreach (ref readonly var edge in CollectionsMarshal.AsSpan(active))
        {
            if (edge.Top <= y && y < edge.Bottom)
            {
                crossings.Add((edge.X + ((y - edge.Top) * edge.Slope), edge.Winding));
            }
        }

        crossings.Sort(static (one, other) => one.X.CompareTo(other.X));
        var winding = 0;
        for (var i = 0; i + 1 < crossings.Count; i++)
        {
            winding += crossings[i].Winding;
            if (winding != 0)
            {
                Cover(Math.Clamp(crossings[i].X, 0, Width), Math.Clamp(crossings[i + 1].X, 0, Width));
            }
        }
    }

    private void Cover(double from, double to)
    {
        const float Share = 1f / LinesPerRow;
        var (start, end) = ((int)from, (int)to);
        if (start == end)
        {
            if (start < Width)
            {
                _cover[start] += (float)(to - from) * Share;
            }

            return;
        }

        _cover[start] += (float)(start + 1 - from) * Share;
        for (var x = start + 1; x < end; x++)
        {
            _cover[x] += Share;
        }

        if (end < Width)
        {
            _cover[end] += (float)(to - end) * Share;
        }
    }

    private void Blend(int y, int left, int right, in Paint paint, double scale)
    {
        for (var x = left; x < right; x++)
        {
            var cover = Math.Min(1, _cover[x]) * paint.Alpha;
            if (paint.Hatched)
            {
                cover *= Line((x + y) / scale, scale);
            }
            else if (paint.Crossed)
            {
                cover *= Math.Max(Line((x + y) / scale, scale), Line((x - y) / scale, scale));
            }

            if (cover > 0.002f)
            {
                var at = ((y * Width) + x) * 3;
                _pixels[at] = Mix(_pixels[at], paint.Red, cover);
                _pixels[at + 1] = Mix(_pixels[at + 1], paint.Green, cover);
                _pixels[at + 2] = Mix(_pixels[at + 2], paint.Blue, cover);
            }
        }
    }

    /// <summary>How much a slanted line of the hatching covers of a pixel.</summary>
    private static float Line(double along, double scale)
    {
        const double Apart = SvgStyle.HatchGap;
        var at = along / Math.Sqrt(2) % Apart;
        var distance = Math.Abs((at < 0 ? at + Apart : at) - (Apart / 2));
        return (float)Math.Clamp((((SvgStyle.HatchLine / 2) - distance) * scale) + 0.5, 0, 1);
    }

    private static byte Mix(byte below, byte above, float cover) => (byte)(below + ((above - below) * cover) + 0.5f);
}
