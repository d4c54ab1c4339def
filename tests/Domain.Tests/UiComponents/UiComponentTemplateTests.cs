using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Interchange;
using Actors.Domain.UiComponents;

namespace Actors.Domain.Tests.UiComponents;

public sealed class UiComponentTemplateTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_drawing_stretches_with_its_node_and_shows_its_properties()
    {
        const string Drawing = """
            [{"shape":"rectangle","x":4,"width":"100%-8","height":"50%","radius":6,"fill":"{{color}}","stroke":"#d97706"},
             {"shape":"text","text":"Only {{price}}","align":"right"},
             {"shape":"line","when":"sale","x1":0,"y1":"50%","x2":"100%","y2":"50%","stroke":"red"},
             {"shape":"ellipse","unless":"sale","width":10,"height":10,"fill":"blue"},
             {"shape":"polygon","points":[[0,0],["100%",0],["50%","100%"]],"fill":"green"},
             {"shape":"text","each":"lines","stepY":12,"text":"{{item.name}}"}]
            """;
        var drawing = Draw(Drawing, """{"price":"€ 7","color":"#123456","sale":true,"lines":[{"name":"one"},{"name":"two"}]}""");

        var box = drawing.Descendants(Svg + "rect").Single(rect => (string?)rect.Attribute("fill") == "#123456");
        Assert.Equal(("4", "92", "20"), ((string)box.Attribute("x")!, (string)box.Attribute("width")!, (string)box.Attribute("height")!));
        Assert.Equal(["Only € 7", "one", "two"], drawing.Descendants(Svg + "text").Select(text => text.Value));
        Assert.Single(drawing.Descendants(Svg + "line"));
        Assert.Empty(drawing.Descendants(Svg + "ellipse"));
        Assert.Single(drawing.Descendants(Svg + "polygon"));
    }

    [Fact]
    public void What_a_node_lacks_is_its_default_and_the_label_is_its_own()
    {
        var drawing = XDocument.Parse(SvgExport.Write(UiComponentSamples.Design("{}", "Sale"), UiComponentSamples.Catalog(UiComponentSamples.Definition("""[{"shape":"text","text":"{{label}}: {{price}}"}]"""))));
        Assert.Equal("Sale: € 0", drawing.Descendants(Svg + "text").Single().Value);
    }

    [Fact]
    public void The_picture_shows_what_the_drawing_shows()
    {
        var components = UiComponentSamples.Catalog(UiComponentSamples.Definition("""[{"shape":"rectangle","fill":"#ff0000"}]"""));
        var (red, _) = PngExport.Write(UiComponentSamples.Design("{}"), components, 1);
        var (other, _) = PngExport.Write(UiComponentSamples.Design("{}"), UiComponentSamples.Catalog(UiComponentSamples.Definition("""[{"shape":"rectangle","fill":"#00ff00"}]""")), 1);
        Assert.NotEqual(red, other);
    }

    [Fact]
    public void Markup_becomes_HTML_and_React()
    {
        const string Markup = """
            {"tag":"div","style":{"display":"flex","background":"{{color}}"},"attributes":{"role":"group","aria-label":"Costs {{price}}"},
             "children":["Only ",{"tag":"strong","children":["{{price}}"]},{"tag":"em","when":"sale","children":["Sale"]},
              {"tag":"button","attributes":{"disabled":"{{sale}}"},"children":["Buy"]},
              {"tag":"input","attributes":{"type":"checkbox","checked":true}},
              {"tag":"ul","children":[{"tag":"li","each":"lines","children":["{{item.name}}"]}]}]}
            """;
        const string Props = """{"price":"€ 7","color":"#123456","lines":[{"name":"one"},{"name":"two"}]}""";
        var html = Html(Markup, Props);
        Assert.Contains("""role="group" aria-label="Costs € 7" data-node="tag">Only <strong>€ 7</strong><button type="button">Buy</button><input type="checkbox" checked><ul><li>one</li><li>two</li></ul></div>""", html, StringComparison.Ordinal);
        Assert.Contains("background: #123456;", html, StringComparison.Ordinal);

        var react = React(Markup, Props);
        Assert.Contains("<strong>€ 7</strong>", react, StringComparison.Ordinal);
        Assert.Contains("""<input type="checkbox" defaultChecked />""", react, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_markup_a_page_shows_the_drawing()
    {
        var html = HtmlExport.Write(UiComponentSamples.Design("""{"price":"€ 7"}"""), UiComponentSamples.Catalog(UiComponentSamples.Definition()));
        Assert.Contains("<svg", html, StringComparison.Ordinal);
        Assert.Contains("€ 7</text>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("{{price}}")]
    [InlineData("'}{alert(1)}{'")]
    [InlineData("red;} body { display: none")]
    [InlineData("url(https://example.com/x.png)")]
    [InlineData("expression(alert(1))")]
    [InlineData("red/*")]
    public void Nothing_that_a_node_says_becomes_markup_style_or_script(string text)
    {
        const string Markup = """
            {"tag":"div","style":{"color":"{{color}}","background":"{{color}}"},"attributes":{"title":"{{price}}"},"children":["{{price}}",{"tag":"span","style":{"color":"{{color}}"},"children":["x"]}]}
            """;
        var schema = UiComponentSamples.Schema.Replace("\"maxLength\":20,", "", StringComparison.Ordinal);
        var definition = UiComponentSamples.Definition("""[{"shape":"rectangle","fill":"{{color}}"},{"shape":"text","text":"{{price}}","color":"{{color}}","fontSize":1}]""", Markup, schema);
        var design = UiComponentSamples.Design(JsonSerializer.Serialize(new { price = text, color = text }));
        var components = UiComponentSamples.Catalog(definition);

        var html = HtmlExport.Write(design, components);
        var style = html[html.IndexOf("<style>", StringComparison.Ordinal)..html.IndexOf("</style>", StringComparison.Ordinal)];
        Assert.DoesNotContain(text, style, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        var svg = XDocument.Parse(SvgExport.Write(design, components));
        Assert.Equal(text, svg.Descendants(Svg + "text").Single().Value);
        Assert.DoesNotContain(svg.Descendants().Attributes(), attribute => attribute.Name == "fill" && attribute.Value == text);
    }

    [Theory]
    [InlineData("""[]""", "drawing: must be a list of 1 to 200 shapes")]
    [InlineData("""{}""", "drawing: must be a list")]
    [InlineData("""[7]""", "drawing[0]")]
    [InlineData("""[{"shape":"image"}]""", "drawing[0].shape: must be one of")]
    [InlineData("""[{"x":1}]""", "drawing[0].shape: must be rectangle")]
    [InlineData("""[{"shape":"rectangle","href":"x"}]""", "drawing[0].href: is not known here")]
    [InlineData("""[{"shape":"rectangle","fill":"url(#x)"}]""", "drawing[0].fill: must be a colour")]
    [InlineData("""[{"shape":"rectangle","fill":"#{{color}}"}]""", "drawing[0].fill: must be a colour")]
    [InlineData("""[{"shape":"rectangle","x":"50"},{"shape":"rectangle","x":"50%12"}]""", "drawing[1].x: must be a number of pixels")]
    [InlineData("""[{"shape":"rectangle","x":"10em"}]""", "drawing[0].x: must be a number of pixels")]
    [InlineData("""[{"shape":"rectangle","radius":-1}]""", "drawing[0].radius: must be a number between")]
    [InlineData("""[{"shape":"text"}]""", "drawing[0].text: must be there")]
    [InlineData("""[{"shape":"text","text":"{{cost}}"}]""", "drawing[0].text: there is no property 'cost'")]
    [InlineData("""[{"shape":"text","text":"{{price"}]""", "drawing[0].text: must be text, in which every {{ is closed")]
    [InlineData("""[{"shape":"text","text":"{{item.name}}"}]""", "only in a part with 'each'")]
    [InlineData("""[{"shape":"text","text":"x","each":"price"}]""", "drawing[0].each: must be the name of a property that is a list")]
    [InlineData("""[{"shape":"text","text":"x","when":"cost"}]""", "drawing[0].when: there is no property 'cost'")]
    [InlineData("""[{"shape":"text","text":"x","wrap":"yes"}]""", "drawing[0].wrap: must be true or false")]
    [InlineData("""[{"shape":"polygon","points":[[0,0],[1,1]]}]""", "drawing[0].points: must be a list of 3 to 100 points")]
    [InlineData("""[{"shape":"polygon","points":[[0,0],[1,1],[1]]}]""", "drawing[0].points[2]: must be a list of two lengths")]
    public void A_drawing_is_made_of_known_shapes(string drawing, string detail) => Refuses(UiComponentSamples.Definition(drawing), detail);

    [Theory]
    [InlineData("""{"tag":"script"}""", "markup.tag: must be one of")]
    [InlineData("""{"tag":"iframe"}""", "markup.tag: must be one of")]
    [InlineData("""{"tag":"li"}""", "markup.tag")]
    [InlineData("""{"tag":"div","children":[{"tag":"style"}]}""", "markup.children[0].tag: must be one of")]
    [InlineData("""{"tag":"div","children":[{"tag":"a","attributes":{"href":"javascript:x"}}]}""", "markup.children[0].tag: must be one of")]
    [InlineData("""{"tag":"div","attributes":{"onclick":"x"}}""", "markup.attributes.onclick: is no attribute")]
    [InlineData("""{"tag":"div","attributes":{"style":"x"}}""", "markup.attributes.style: is no attribute")]
    [InlineData("""{"tag":"div","attributes":{"class":"page"}}""", "markup.attributes.class: is no attribute")]
    [InlineData("""{"tag":"div","attributes":{"role":"{{price}}"}}""", "markup.attributes.role: must be one of")]
    [InlineData("""{"tag":"input","attributes":{"type":"file"}}""", "markup.attributes.type: must be one of")]
    [InlineData("""{"tag":"input","attributes":{"checked":"yes"}}""", "markup.attributes.checked: must be true or one {{property}}")]
    [InlineData("""{"tag":"div","style":{"position":"fixed"}}""", "markup.style.position: is no CSS property")]
    [InlineData("""{"tag":"div","style":{"width":"10px"}}""", "markup.style.width: is the node's own matter")]
    [InlineData("""{"tag":"div","style":{"background":"url(https://example.com)"}}""", "markup.style.background: must be a CSS value")]
    [InlineData("""{"tag":"div","style":{"background":"image-set(x)"}}""", "markup.style.background: must be a CSS value")]
    [InlineData("""{"tag":"div","style":{"color":"red; } body { x"}}""", "markup.style.color: must be a CSS value")]
    [InlineData("""{"tag":"div","style":{"color":"red/* "}}""", "markup.style.color: must be a CSS value")]
    [InlineData("""{"tag":"div","style":{"color":"rgb(1,2"}}""", "markup.style.color: must be a CSS value")]
    [InlineData("""{"tag":"p","children":[{"tag":"div"}]}""", "markup.children[0].tag: must not stand within p")]
    [InlineData("""{"tag":"ul","children":["text"]}""", "markup.children[0]: must be an element")]
    [InlineData("""{"tag":"ul","children":[{"tag":"div"}]}""", "markup.children[0].tag: must be li within a list")]
    [InlineData("""{"tag":"button","children":[{"tag":"span","children":[{"tag":"button"}]}]}""", "must not stand within a button or label")]
    [InlineData("""{"tag":"hr","children":["x"]}""", "markup.children: must not be there")]
    [InlineData("""{"tag":"div","when":"sale"}""", "markup: is always there")]
    [InlineData("""{"tag":"div","children":[{"tag":"p","each":"lines","children":[{"tag":"span","each":"lines"}]}]}""", "must not stand within another repetition")]
    [InlineData("""{"tag":"div","html":"<b>"}""", "markup.html: is not known here")]
    public void Markup_is_made_of_known_elements_attributes_and_styles(string markup, string detail) => Refuses(UiComponentSamples.Definition(markup: markup), detail);

    [Fact]
    public void Markup_has_a_limit_of_elements_and_of_depth()
    {
        var many = string.Join(',', Enumerable.Repeat("""{"tag":"br"}""", 200));
        Refuses(UiComponentSamples.Definition(markup: $$"""{"tag":"div","children":[{{many}}]}"""), "at most 200 elements");
        var deep = string.Concat(Enumerable.Repeat("""{"tag":"div","children":[""", 13)) + string.Concat(Enumerable.Repeat("]}", 13));
        Refuses(UiComponentSamples.Definition(markup: deep), "12 deep");
    }

    [Fact]
    public void A_small_template_does_not_make_a_large_page_of_a_large_property()
    {
        var shapes = string.Join(',', Enumerable.Repeat("""{"shape":"text","each":"lines","text":"{{price}}{{price}}{{price}}"}""", 200));
        var schema = UiComponentSamples.Schema.Replace("\"maxLength\":20", "\"maxLength\":10000", StringComparison.Ordinal);
        var lines = string.Join(',', Enumerable.Repeat("{}", 50));
        var design = UiComponentSamples.Design($$"""{"price":"{{new string('x', 10_000)}}","lines":[{{lines}}]}""");

        Assert.True(SvgExport.Write(design, UiComponentSamples.Catalog(UiComponentSamples.Definition($"[{shapes}]", schema: schema))).Length < 100_000);
    }

    [Fact]
    public void Nodes_of_a_component_keep_to_its_schema_and_unknown_ones_are_named()
    {
        var components = UiComponentSamples.Catalog(UiComponentSamples.Definition());
        var file = DesignJson.Write(UiComponentSamples.Design("""{"price":"€ 7"}"""));
        Assert.IsType<ImportResult.Imported>(DesignJson.Read(file, components, DesignLimits.Default));
        var refused = Assert.IsType<ImportResult.Refused>(DesignJson.Read(file, ComponentCatalog.BuiltIn, DesignLimits.Default));
        Assert.Contains("'custom.price-tag', the type of node 'tag'", refused.Error.Detail, StringComparison.Ordinal);

        var wrong = DesignJson.Write(UiComponentSamples.Design("""{"price":7}"""));
        Assert.Contains("props.price: must be text", Assert.IsType<ImportResult.Refused>(DesignJson.Read(wrong, components, DesignLimits.Default)).Error.Detail, StringComparison.Ordinal);
    }

    private static XDocument Draw(string drawing, string props) =>
        XDocument.Parse(SvgExport.Write(UiComponentSamples.Design(props), UiComponentSamples.Catalog(UiComponentSamples.Definition(drawing))));

    private static string Html(string markup, string props) =>
        HtmlExport.Write(UiComponentSamples.Design(props), UiComponentSamples.Catalog(UiComponentSamples.Definition(markup: markup)));

    private static string React(string markup, string props)
    {
        using var zip = new ZipArchive(new MemoryStream(ReactExport.WriteZip(UiComponentSamples.Design(props), UiComponentSamples.Catalog(UiComponentSamples.Definition(markup: markup)))));
        using var reader = new StreamReader(zip.GetEntry("src/App.tsx")!.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static void Refuses(UiComponentDefinition definition, string detail)
    {
        var refusal = UiComponentsState.None.Decide(new UiComponentsCommand.Create(default, "ada", "custom.tag", definition)).Refusal;
        Assert.NotNull(refusal);
        Assert.Equal(ErrorCodes.ValidationFailed, refusal.Code);
        Assert.Contains(detail, refusal.Detail, StringComparison.Ordinal);
    }
}
