using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Interchange;

namespace Actors.Domain.Tests.Interchange;

public sealed class PngExportTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_picture_shows_shapes_in_their_colours_and_places(int scale)
    {
        var (width, height, pixels) = Draw(scale, Rectangle("""{"fill":"#ff0000","stroke":"transparent"}""") with { X = 10, Y = 20, Width = 100, Height = 50 });
        Assert.Equal((180 * scale, 130 * scale), (width, height));
        Assert.Equal((255, 0, 0), At(90 * scale, 65 * scale));
        Assert.Equal((255, 255, 255), At(20 * scale, 20 * scale));

        (int, int, int) At(int x, int y) => (pixels[((y * width) + x) * 3], pixels[(((y * width) + x) * 3) + 1], pixels[(((y * width) + x) * 3) + 2]);
    }

    [Fact]
    public void Text_leaves_ink_in_every_letter_and_sign()
    {
        const string Signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:;!?'\"-+=/()[]{}<>*#%&@$€£©•…‹›×✓→ÄÖÜäöüßéèçñøåŁłžЖ";
        foreach (var sign in Signs)
        {
            var node = new Node { Id = "n", Type = "text", Width = 60, Height = 40, Props = JsonSerializer.SerializeToElement(new { text = sign.ToString(), fontSize = 30 }) };
            Assert.True(Draw(1, node).Pixels.Any(value => value < 128), $"'{sign}' leaves no ink.");
        }
    }

    [Fact]
    public void Any_design_becomes_a_picture_and_always_the_same()
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var design = Samples.Generate(seed);
            var near = design with { Nodes = [.. design.Nodes.Select(node => node with { X = node.X % 500, Y = node.Y % 500 })] };
            var (file, _) = PngExport.Write(near, ComponentCatalog.BuiltIn, 1);
            Assert.Equal(file, PngExport.Write(near, ComponentCatalog.BuiltIn, 1).File);
        }
    }

    [Fact]
    public void A_picture_that_is_too_large_is_refused()
    {
        var design = Samples.Document(DesignKind.Wireframe, [Rectangle("{}") with { Width = 9_000, Height = 9_000 }], []);
        var (file, refusal) = PngExport.Write(design, ComponentCatalog.BuiltIn, 1);
        Assert.Null(file);
        Assert.Equal(ErrorCodes.LimitReached, refusal!.Code);
        Assert.Contains("24000000", refusal.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("M0 0L10 0 10 10z", "#123")]
    [InlineData("M0,0 a25,25 0 1150,0 t5 5 s1 1 2 2", "rgb(1, 2, 3)")]
    [InlineData("M1e3.5.5-.5-e garbage", "hsl(120deg 50% 50% / 50%)")]
    [InlineData("L5 5", "no-such-colour")]
    [InlineData("M0 0A0 0 0 0 0 5 5A1e300 1 0 1 1 9 9", "TOMATO")]
    public void No_path_and_no_colour_breaks_a_picture(string path, string color)
    {
        var props = JsonSerializer.SerializeToElement(new { d = path, fill = color, stroke = color, strokeStyle = "dotted" });
        Assert.NotEmpty(Draw(1, new Node { Id = "n", Type = "shape.path", Width = 60, Height = 40, Props = props }).Pixels);
    }

    private static Node Rectangle(string props) => new() { Id = "n", Type = "shape.rectangle", Props = JsonElement.Parse(props) };

    private static (int Width, int Height, byte[] Pixels) Draw(int scale, Node node)
    {
        var (file, refusal) = PngExport.Write(Samples.Document(DesignKind.Wireframe, [node], []), ComponentCatalog.BuiltIn, scale);
        Assert.Null(refusal);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], file![..4]);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20)));
        var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(33));
        using var zlib = new ZLibStream(new MemoryStream(file, 41, length), CompressionMode.Decompress);
        var pixels = new byte[width * height * 3];
        var row = new byte[(width * 3) + 1];
        for (var y = 0; y < height; y++)
        {
            zlib.ReadExactly(row);
            Assert.Equal(2, row[0]);
            for (var i = 0; i < width * 3; i++)
            {
                pixels[(y * width * 3) + i] = (byte)(row[i + 1] + (y > 0 ? pixels[((y - 1) * width * 3) + i] : 0));
            }
        }

        return (width, height, pixels);
    }
}
