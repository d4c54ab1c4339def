using System.Buffers.Binary;
using System.IO.Compression;

namespace Actors.EndToEnd.Tests.Exports;

/// <summary>The pixels of a PNG file of eight bits a channel, as browsers and our own export write them.</summary>
internal sealed class Picture
{
    /// <summary>Pixels on the side of a cell: what is smaller than a letter does not count, what is larger does.</summary>
    private const int Cell = 8;

    /// <summary>Levels, of 256, by which the mean of a cell may differ: smoothing of edges, a line that is half a pixel away.</summary>
    private const int Levels = 24;

    private const int Paper = 250;

    private readonly byte[] _pixels;

    private Picture(int width, int height, byte[] pixels)
    {
        Width = width;
        Height = height;
        _pixels = pixels;
    }

    public int Width { get; }

    public int Height { get; }

    public static Picture Read(byte[] file)
    {
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20)));
        Assert.Equal(8, file[24]);
        var channels = file[25] switch
        {
            2 => 3,
            6 => 4,
            _ => throw new InvalidDataException($"PNG of colour type {file[25]}."),
        };
        using var data = new MemoryStream();
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            if (file.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
                data.Write(file, at + 8, length);

            at += length + 12;
        }

        data.Position = 0;
        return new Picture(width, height, Unfilter(data, width, height, channels));
    }

    /// <summary>
    /// The share of cells with something in them, in either picture, whose mean colour differs visibly. This picture's
    /// corner lies at <paramref name="left"/>, <paramref name="top"/> of the other.
    /// </summary>
    public double Difference(Picture other, int left, int top)
    {
        var (inked, off) = (0, 0);
        for (var y = 0; y < Height; y += Cell)
        {
            for (var x = 0; x < Width; x += Cell)
            {
                var (here, there) = (Mean(x, y, Math.Min(x + Cell, Width), Math.Min(y + Cell, Height)), other.Mean(x + left, y + top, Math.Min(x + Cell, Width) + left, Math.Min(y + Cell, Height) + top));
                if (here.Least < Paper || there.Least < Paper)
                {
                    inked++;
                    off += Math.Abs(here.Red - there.Red) > Levels || Math.Abs(here.Green - there.Green) > Levels || Math.Abs(here.Blue - there.Blue) > Levels ? 1 : 0;
                }
            }
        }

        Assert.True(inked > 100, "The pictures are nearly empty.");
        return (double)off / inked;
    }

    private static byte[] Unfilter(Stream data, int width, int height, int channels)
    {
        using var zlib = new ZLibStream(data, CompressionMode.Decompress);
        var stride = width * channels;
        var (pixels, above, row) = (new byte[width * height * 3], new byte[stride], new byte[stride]);
        for (var y = 0; y < height; y++)
        {
            var filter = zlib.ReadByte();
            zlib.ReadExactly(row);
            for (var i = 0; i < stride; i++)
            {
                var (a, b, c) = (i >= channels ? row[i - channels] : 0, above[i], i >= channels ? above[i - channels] : 0);
                row[i] += (byte)(filter switch
                {
                    0 => 0,
                    1 => a,
                    2 => b,
                    3 => (a + b) / 2,
                    4 => Paeth(a, b, c),
                    _ => throw new InvalidDataException($"PNG filter {filter}."),
                });
            }

            for (var x = 0; x < width; x++)
                row.AsSpan(x * channels, 3).CopyTo(pixels.AsSpan(((y * width) + x) * 3));

            (above, row) = (row, above);
        }

        return pixels;
    }

    private static int Paeth(int a, int b, int c)
    {
        var (pa, pb, pc) = (Math.Abs(b - c), Math.Abs(a - c), Math.Abs(a + b - c - c));
        return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }

    /// <summary>The mean colour of a rectangle; what lies outside of the picture is white.</summary>
    private (int Red, int Green, int Blue, int Least) Mean(int left, int top, int right, int bottom)
    {
        var (red, green, blue) = (0, 0, 0);
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                var isInside = x >= 0 && y >= 0 && x < Width && y < Height;
                var at = ((y * Width) + x) * 3;
                red += isInside ? _pixels[at] : byte.MaxValue;
                green += isInside ? _pixels[at + 1] : byte.MaxValue;
                blue += isInside ? _pixels[at + 2] : byte.MaxValue;
            }
        }

        var count = (right - left) * (bottom - top);
        return (red / count, green / count, blue / count, Math.Min(red, Math.Min(green, blue)) / count);
    }
}
