using System.Text.Json;
using System.Xml.Linq;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Interchange;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Domain.Tests.Interchange;

public sealed class SvgExportTests
{
    [Fact]
    public void Any_design_becomes_well_formed_xml_and_always_the_same() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var design = Samples.Generate(seed);
        var svg = SvgExport.Write(design, ComponentCatalog.BuiltIn);
        Assert.Equal(svg, SvgExport.Write(design, ComponentCatalog.BuiltIn));
        var root = XDocument.Parse(svg).Root!;
        Assert.Equal("svg", root.Name.LocalName);
        Assert.All(root.Descendants(), element => Assert.Contains(element.Name.LocalName, Allowed));
        Assert.DoesNotContain(root.DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName is "href" or "style" or "onload");
        Assert.DoesNotContain(root.Descendants().Attributes("fill"), attribute => attribute.Value.Contains("http", StringComparison.Ordinal));
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", svg, StringComparison.Ordinal);
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Every_component_is_drawn()
    {
        foreach (var component in ComponentCatalog.BuiltIn.All.Where(component => component.Id != "ui.spacer"))
        {
            foreach (var props in new[] { component.Example!.Value, JsonElement.Parse("{}") })
            {
                var node = new Node { Id = "n", Type = component.Id, Props = props };
                var svg = SvgExport.Write(Samples.Document(component.Kinds[0], [node], []), ComponentCatalog.BuiltIn);
                var group = XDocument.Parse(svg).Descendants().Single(element => element.Attribute("data-id")?.Value == "n");
                Assert.True(group.Elements().Any() || component.Id is "text" or "ui.breadcrumb" or "ui.stepper", component.Id);
            }
        }
    }

    [Theory]
    [InlineData("url(http://evil.example/x)")]
    [InlineData("\"/><script>alert(1)</script>")]
    [InlineData("red;stroke:url(#x)")]
    public void Hostile_colours_are_not_used(string color)
    {
        var props = JsonSerializer.SerializeToElement(new { stroke = color, fill = color, text = color });
        var svg = SvgExport.Write(Samples.Document(DesignKind.Wireframe, [new Node { Id = "n", Type = "shape.rectangle", Props = props }], []), ComponentCatalog.BuiltIn);
        var rectangle = XDocument.Parse(svg).Descendants().Last(element => element.Name.LocalName == "rect");
        Assert.Equal("none", rectangle.Attribute("fill")!.Value);
        Assert.Equal("#1f2937", rectangle.Attribute("stroke")!.Value);
        Assert.DoesNotContain("<script", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_show_their_looks()
    {
        var props = JsonElement.Parse("""{"stroke":"#ff0000","fill":"#00ff00","strokeWidth":3,"strokeStyle":"dashed","opacity":50,"angle":1.5707963267948966,"roundness":7}""");
        var svg = SvgExport.Write(
            Samples.Document(DesignKind.Wireframe, [new Node { Id = "n", Type = "shape.rectangle", X = 10, Y = 20, Width = 100, Height = 50, Props = props }], []), ComponentCatalog.BuiltIn);
        Assert.Contains("""<g data-id="n" data-type="shape.rectangle" transform="rotate(90 60 45)" opacity="0.5">""", svg, StringComparison.Ordinal);
        Assert.Contains("""<rect x="10" y="20" width="100" height="50" rx="7" fill="#00ff00" stroke="#ff0000" stroke-width="3" stroke-linecap="round" stroke-linejoin="round" stroke-dasharray="12 9"/>""", svg, StringComparison.Ordinal);
        Assert.Contains("""viewBox="-5 -45 130 180""", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Hidden_nodes_are_left_out_with_what_is_in_them()
    {
        var svg = SvgExport.Write(
            Samples.Document(
                DesignKind.Wireframe,
                [
                    new Node { Id = "f", Type = "frame", Props = JsonElement.Parse("""{"hidden":true}""") },
                    new Node { Id = "t", Type = "text", Parent = "f", Props = JsonElement.Parse("""{"text":"secret"}""") },
                ],
                []),
            ComponentCatalog.BuiltIn);
        Assert.DoesNotContain("secret", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_goes_from_port_to_port()
    {
        var svg = SvgExport.Write(
            Samples.Document(
                DesignKind.Process,
                [new Node { Id = "a", Type = "constant", Width = 100, Height = 40 }, new Node { Id = "b", Type = "output", X = 300, Width = 100, Height = 40 }],
                [new Connection { Id = "c", From = new Endpoint("a", "out"), To = new Endpoint("b", "in"), Props = JsonElement.Parse("""{"label":"yes & no"}""") }]),
            ComponentCatalog.BuiltIn);
        Assert.Contains("M100 20C", svg, StringComparison.Ordinal);
        Assert.Contains("yes &amp; no", svg, StringComparison.Ordinal);
    }

    [SharedDataFact]
    public void Real_files_can_be_drawn()
    {
        foreach (var file in SharedDataFactAttribute.Files("*.excalidrawlib"))
        {
            var read = Samples.Ok(ExcalidrawImport.Read(JsonElement.Parse(File.ReadAllText(file)), ComponentCatalog.BuiltIn, DesignLimits.Default));
            var root = XDocument.Parse(SvgExport.Write(Samples.Document(read), ComponentCatalog.BuiltIn)).Root!;
            Assert.Equal(read.Nodes.Length, root.Descendants().Count(element => element.Attribute("data-id") is not null));
        }
    }

    private static readonly string[] Allowed = ["title", "defs", "pattern", "g", "rect", "ellipse", "line", "path", "polygon", "text"];
}
