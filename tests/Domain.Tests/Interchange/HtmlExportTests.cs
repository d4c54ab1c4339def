using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Interchange;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Domain.Tests.Interchange;

public sealed partial class HtmlExportTests
{
    private static readonly string[] Forbidden = ["script", "iframe", "object", "embed", "base"];

    [Fact]
    public void Any_design_becomes_a_page_without_script_and_always_the_same() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var design = Samples.Generate(seed);
        var page = HtmlExport.Write(design, ComponentCatalog.BuiltIn);
        Assert.Equal(page, HtmlExport.Write(design, ComponentCatalog.BuiltIn));
        Assert.Equal(HtmlExport.WriteZip(design, ComponentCatalog.BuiltIn), HtmlExport.WriteZip(design, ComponentCatalog.BuiltIn));
        foreach (Match tag in Tag().Matches(Body(page)))
        {
            Assert.DoesNotContain(tag.Groups["name"].Value, Forbidden);
            Assert.DoesNotContain(" on", tag.Groups["attributes"].Value.Replace("\" on", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotMatch("(href|src)=\"(javascript|data:text)", tag.Value);
        }

        // Every '<' that is left belongs to a tag of ours: the page has no other.
        Assert.DoesNotContain("<", Tag().Replace(Body(page), ""), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }).Check(Config.QuickThrowOnFailure);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData(" javascript:alert(1)")]
    [InlineData("java\tscript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("vbscript:x")]
    [InlineData("//evil\\example")]
    public void An_address_that_could_do_more_than_lead_elsewhere_is_not_used(string address)
    {
        var props = JsonSerializer.SerializeToElement(new { text = "Go", href = address, link = address, src = address });
        foreach (var type in new[] { "ui.link", "ui.button", "shape.rectangle", "image", "ui.avatar" })
        {
            var page = Body(Write(new Node { Id = "n", Type = type, Props = props }));
            Assert.DoesNotMatch("(href|src)=\"[^#]", page);
        }
    }

    [Theory]
    [InlineData("https://example.com/a?b=c&d")]
    [InlineData("mailto:ada@example.com")]
    [InlineData("/prices")]
    [InlineData("#top")]
    public void A_harmless_address_is_kept(string address)
    {
        var page = Write(new Node { Id = "n", Type = "ui.link", Props = JsonSerializer.SerializeToElement(new { text = "Go", href = address }) });
        Assert.Contains($"href=\"{address.Replace("&", "&amp;", StringComparison.Ordinal)}\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("red;} body{display:none")]
    [InlineData("url(http://evil.example/x)")]
    [InlineData("</style><script>alert(1)</script>")]
    public void A_hostile_style_is_not_used(string value)
    {
        var props = JsonSerializer.SerializeToElement(new { text = "x", stroke = value, fill = value, color = value, fontFamily = value, fontWeight = value });
        foreach (var type in new[] { "ui.button", "shape.rectangle", "text", "ui.card" })
        {
            var page = Write(new Node { Id = "n", Type = type, Props = props });
            Assert.DoesNotContain("evil", page, StringComparison.Ordinal);
            Assert.DoesNotContain("body{", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Parts_become_the_elements_that_say_what_they_are()
    {
        var page = Write(
            new Node { Id = "s", Type = "frame", Width = 800, Height = 600, Label = "Sign in" },
            Part("nav", "ui.navbar", 0, 800, 56, """{"brand":"Kite","items":["Home",{"label":"Docs","href":"/docs"}],"active":0}"""),
            Part("h", "ui.heading", 80, 300, 40, """{"text":"Welcome","level":1}"""),
            Part("i", "ui.input", 140, 300, 60, """{"label":"E-mail","type":"email","required":true}"""),
            Part("t", "ui.table", 220, 500, 200, """{"columns":["Name"],"rows":[["<Ada>"]]}"""),
            Part("b", "ui.button", 440, 120, 40, """{"text":"Save & close"}"""));
        foreach (var expected in new[]
                 {
                     "<main class=\"frame column frame-1\" aria-label=\"Sign in\"", "<nav class=\"navbar", "<a href=\"#\" aria-current=\"page\">Home</a>", "<a href=\"/docs\">Docs</a>",
                     "<h1 class=\"heading", "<span class=\"field-label\">E-mail</span>", " required type=\"email\">", "<th scope=\"col\">Name</th>", "<td>&lt;Ada&gt;</td>", ">Save &amp; close</button>",
                 })
        {
            Assert.Contains(expected, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_aligns_becomes_rows_columns_and_grids()
    {
        Node[] cards = [.. Enumerable.Range(0, 6).Select(i => new Node
        {
            Id = $"c{i}", Type = "ui.card", Parent = "s", X = 20 + (i % 3 * 220), Y = 100 + (i / 3 * 170), Width = 200, Height = 150,
        })];
        var page = Write([new Node { Id = "s", Type = "frame", Width = 680, Height = 440 }, Part("h", "ui.heading", 20, 640, 40, """{"text":"Cards"}"""), .. cards]);
        Assert.Contains("class=\"grid grid-1\"", page, StringComparison.Ordinal);
        Assert.Contains("grid-template-columns: repeat(3, 200px);", page, StringComparison.Ordinal);
        Assert.Contains("gap: 20px;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\n        left:", page[page.IndexOf(".frame-1", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public void What_overlaps_keeps_its_place()
    {
        var page = Write(
            new Node { Id = "s", Type = "frame", X = 50, Y = 50, Width = 400, Height = 400 },
            new Node { Id = "a", Type = "shape.rectangle", Parent = "s", X = 60, Y = 70, Width = 100, Height = 100 },
            new Node { Id = "b", Type = "shape.ellipse", Parent = "s", X = 100, Y = 100, Width = 100, Height = 100 });
        Assert.Contains("class=\"frame free", page, StringComparison.Ordinal);
        Assert.Contains("left: 10px;", page, StringComparison.Ordinal);
        Assert.Contains("top: 20px;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_archive_holds_page_styles_and_the_designs_own_pictures()
    {
        var pixel = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
        var design = Samples.Document(DesignKind.Wireframe, [new Node { Id = "n", Type = "image", Props = JsonSerializer.SerializeToElement(new { src = pixel, alt = "A dot" }) }], []);
        using var zip = new ZipArchive(new MemoryStream(HtmlExport.WriteZip(design, ComponentCatalog.BuiltIn)));
        Assert.Equal(["assets/image-1.png", "index.html", "styles.css"], zip.Entries.Select(entry => entry.FullName));
        using var reader = new StreamReader(zip.GetEntry("index.html")!.Open());
        var page = reader.ReadToEnd();
        Assert.Contains("<img class=\"picture picture-1\" src=\"assets/image-1.png\" alt=\"A dot\"", page, StringComparison.Ordinal);
        Assert.Contains("<link rel=\"stylesheet\" href=\"styles.css\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subtree_is_exported_alone()
    {
        var design = Samples.Document(
            DesignKind.Wireframe,
            [new Node { Id = "a", Type = "frame", Label = "One" }, new Node { Id = "b", Type = "frame", Label = "Two" }, new Node { Id = "t", Type = "text", Parent = "b", Props = JsonElement.Parse("""{"text":"inside"}""") }],
            []);
        var part = Subtree.Of(design, "b")!;
        Assert.Equal(["b", "t"], part.Nodes.Select(node => node.Id));
        Assert.Null(Subtree.Of(design, "missing"));
        Assert.Contains("inside", HtmlExport.Write(part, ComponentCatalog.BuiltIn), StringComparison.Ordinal);
    }

    private static string Write(params Node[] nodes) => HtmlExport.Write(Samples.Document(DesignKind.Wireframe, [.. nodes], []), ComponentCatalog.BuiltIn);

    private static Node Part(string id, string type, double y, double width, double height, string props) =>
        new() { Id = id, Type = type, Parent = "s", X = type == "ui.navbar" ? 0 : 20, Y = y, Width = width, Height = height, Props = JsonElement.Parse(props) };

    private static string Body(string page) => page[page.IndexOf("<body>", StringComparison.Ordinal)..];

    [GeneratedRegex("""<(?<name>/?[a-z0-9]+)(?<attributes>( [a-zA-Z0-9-]+(="[^"]*")?)*) ?/?>""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();
}
