using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Interchange;

namespace Actors.Domain.Tests.Interchange;

public sealed class ExcalidrawImportTests
{
    private const string Scene = """
        {"type":"excalidraw","version":2,"source":"x","appState":{"name":"Sketch","viewBackgroundColor":"#fff"},"elements":[
          {"id":"r","type":"rectangle","x":1.5,"y":-2,"width":100,"height":50,"angle":0.5,"strokeColor":"#123456","backgroundColor":"#eee","opacity":40,"roughness":2,"strokeWidth":2,"strokeStyle":"dashed","groupIds":["g"],"roundness":{"type":3},"frameId":"f","custom":{"kept":[1]}},
          {"id":"t","type":"text","x":5,"y":5,"width":20,"height":20,"text":"Hi\nthere","fontSize":20,"fontFamily":1,"textAlign":"center","containerId":"r"},
          {"id":"a","type":"arrow","x":0,"y":0,"width":10,"height":10,"points":[[0,0],[10,1e1]],"endArrowhead":"arrow","startArrowhead":null},
          {"id":"d","type":"freedraw","x":0,"y":0,"points":[[0,0],[3,4,0.5]],"pressures":[0.1]},
          {"id":"gone","type":"ellipse","isDeleted":true,"x":0,"y":0},
          {"id":"f","type":"frame","name":"Home","x":0,"y":0,"width":400,"height":300},
          {"id":"e","type":"embeddable","x":9,"y":9,"width":1,"height":1,"link":"https://example.com"},
          {"id":"i","type":"image","x":0,"y":0,"width":10,"height":10,"fileId":"abc"},
          {"id":"t","type":"diamond","x":0,"y":0,"width":-10,"height":10}
        ]}
        """;

    [Fact]
    public void Every_element_becomes_a_node_of_its_kind_in_the_order_of_drawing()
    {
        var read = Read(Scene);
        Assert.Equal(
            ["r shape.rectangle", "t text", "a shape.line", "d shape.path", "f frame", "e foreign", "i image", "t~2 shape.diamond"],
            read.Nodes.OrderBy(node => node.Order, StringComparer.Ordinal).Select(node => $"{node.Id} {node.Type}"));
        Assert.Equal("Sketch", read.Name);
        Assert.Equal("f", read.Nodes.Single(node => node.Id == "r").Parent);
        Assert.True(read.Nodes.Select(node => node.Id).ToList() is var ids && ids.IndexOf("f") < ids.IndexOf("r"));
        Assert.Equal("#fff", read.Settings!.Value.GetProperty("excalidraw").GetProperty("appState").GetProperty("viewBackgroundColor").GetString());
    }

    [Fact]
    public void Looks_and_places_are_taken_over()
    {
        var nodes = Read(Scene).Nodes.ToDictionary(node => node.Id);
        var rectangle = nodes["r"];
        Assert.Equal((1.5, -2, 100, 50), (rectangle.X, rectangle.Y, rectangle.Width, rectangle.Height));
        Assert.Equal("#123456", rectangle.Props.GetProperty("stroke").GetString());
        Assert.Equal("#eee", rectangle.Props.GetProperty("fill").GetString());
        Assert.Equal(40, rectangle.Props.GetProperty("opacity").GetDouble());
        Assert.Equal(0.5, rectangle.Props.GetProperty("angle").GetDouble());
        Assert.Equal(12.5, rectangle.Props.GetProperty("roundness").GetDouble());
        Assert.Equal("g", rectangle.Props.GetProperty("groupIds")[0].GetString());
        Assert.Equal("r", nodes["t"].Props.GetProperty("containerId").GetString());
        Assert.Equal("hand", nodes["t"].Props.GetProperty("fontFamily").GetString());
        Assert.Equal("arrow", nodes["a"].Props.GetProperty("endArrowhead").GetString());
        Assert.Equal(10, nodes["t~2"].Width);
    }

    [Fact]
    public void The_original_can_be_put_together_again()
    {
        var nodes = Read(Scene).Nodes.ToDictionary(node => node.Id);
        foreach (var element in JsonElement.Parse(Scene).GetProperty("elements").EnumerateArray().Where(element => !element.TryGetProperty("isDeleted", out _)).SkipLast(1))
        {
            AssertKept(element, nodes[element.GetProperty("id").GetString()!]);
        }
    }

    [Fact]
    public void Items_of_both_library_versions_become_frames_that_do_not_overlap()
    {
        const string Items = """[{"id":"x","type":"rectangle","x":500,"y":500,"width":50,"height":20},{"id":"y","type":"line","x":500,"y":500,"width":9,"height":9,"points":[[0,0],[-100,9]]}]""";
        var first = Read($$"""{"type":"excalidrawlib","version":1,"library":[{{Items}},{{Items}},{{Items}}]}""");
        var second = Read($$"""{"type":"excalidrawlib","version":2,"libraryItems":[{"id":"A","name":"Button","status":"published","created":5,"elements":{{Items}}},{"id":"B","elements":{{Items}}},{"id":"x","elements":[]}]}""");
        foreach (var read in new[] { first, second })
        {
            AssertApart(read);
            Assert.Equal(read.Nodes.Length, read.Nodes.Select(node => node.Id).Distinct().Count());
        }

        Assert.Equal(["Item 1", "Item 2", "Item 3"], first.Nodes.Where(node => node.Type == "frame").Select(node => node.Label));
        Assert.Equal(["Button", "Item 2", "Item 3"], second.Nodes.Where(node => node.Type == "frame").Select(node => node.Label));
        Assert.Equal(5, second.Nodes[0].Props.GetProperty("source").GetProperty("created").GetInt32());
    }

    [Theory]
    [InlineData("{}", "/")]
    [InlineData("""{"elements":[1]}""", "/elements/0")]
    [InlineData("""{"libraryItems":[{"id":"a"}]}""", "/libraryItems/0")]
    [InlineData("""{"library":[[{}],7]}""", "/library/1")]
    public void What_is_no_scene_is_refused(string json, string pointer)
    {
        var refused = Assert.IsType<ImportResult.Refused>(ExcalidrawImport.Read(JsonElement.Parse(json), ComponentCatalog.BuiltIn, DesignLimits.Default));
        Assert.Equal([pointer], refused.Error.Errors!.Keys);
    }

    [Theory]
    [InlineData("""{"elements":[{}]}""")]
    [InlineData("""{"elements":[{"id":"","type":null,"x":"a","y":{},"width":[],"angle":"x","groupIds":7}]}""")]
    [InlineData("""{"elements":[{"id":"l","type":"line","points":[[0],["a",1],null]}]}""")]
    [InlineData("""{"elements":[{"id":"l","type":"line","points":7,"opacity":1e9}]}""")]
    [InlineData("""{"elements":[{"id":"f","type":"frame","frameId":"f"},{"id":"g","type":"frame","frameId":"f"}]}""")]
    [InlineData("""{"elements":[{"id":"a","id":"b","type":"text","text":5}]}""")]
    [InlineData("""{"library":[[],[[]]]}""")]
    [InlineData("""{"elements":[{"id":"\ud83d","type":"text"}]}""")]
    public void Odd_elements_are_kept_or_refused_but_never_throw(string json)
    {
        if (ExcalidrawImport.Read(JsonElement.Parse(json), ComponentCatalog.BuiltIn, DesignLimits.Default) is ImportResult.Imported read)
        {
            Assert.NotEmpty(SvgExport.Write(Samples.Document(read), ComponentCatalog.BuiltIn));
        }
    }

    [Fact]
    public void Too_many_elements_are_refused()
    {
        var json = $$"""{"elements":[{{string.Join(',', Enumerable.Range(0, 11).Select(i => $$"""{"id":"{{i}}","type":"text"}"""))}}]}""";
        Assert.IsType<ImportResult.Refused>(ExcalidrawImport.Read(JsonElement.Parse(json), ComponentCatalog.BuiltIn, new DesignLimits { Nodes = 10 }));
    }

    [SharedDataFact]
    public void Real_libraries_are_read_whole()
    {
        foreach (var file in SharedDataFactAttribute.Files("*.excalidrawlib"))
        {
            var json = JsonElement.Parse(File.ReadAllText(file));
            var items = (json.TryGetProperty("libraryItems", out var list) ? list : json.GetProperty("library")).EnumerateArray()
                .Select(item => item.ValueKind == JsonValueKind.Array ? item : item.GetProperty("elements")).ToArray();
            var read = Samples.Ok(ExcalidrawImport.Read(json, ComponentCatalog.BuiltIn, DesignLimits.Default));
            Assert.Empty(read.Warnings);
            Assert.Equal(items.Length + items.Sum(item => item.GetArrayLength()), read.Nodes.Length);
            Assert.DoesNotContain(read.Nodes, node => node.Type == "foreign");
            AssertApart(read);
            var elements = items.SelectMany(item => item.EnumerateArray()).ToArray();
            var nodes = read.Nodes.Where(node => node.Parent is not null).OrderBy(node => node.Order, StringComparer.Ordinal).ToArray();
            Assert.All(elements.Zip(nodes), pair => AssertKept(pair.First, pair.Second));
        }
    }

    private static void AssertKept(JsonElement element, Node node)
    {
        var fields = node.Props.GetProperty("source").EnumerateObject().ToDictionary(field => field.Name, field => field.Value);
        if (!fields.ContainsKey("points") && node.Props.TryGetProperty("points", out var points))
        {
            fields.Add("points", points);
        }

        Assert.True(JsonElement.DeepEquals(element, JsonSerializer.SerializeToElement(fields)), node.Id);
    }

    private static void AssertApart(ImportResult.Imported read)
    {
        var frames = read.Nodes.Where(node => node.Type == "frame" && node.Parent is null).ToArray();
        Assert.All(read.Nodes.Where(node => node.Parent is not null), node => Assert.Contains(frames, frame => frame.Id == node.Parent));
        for (var i = 0; i < frames.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (a, b) = (frames[i], frames[j]);
                Assert.True(a.X + a.Width < b.X || b.X + b.Width < a.X || a.Y + a.Height < b.Y || b.Y + b.Height < a.Y, $"{a.Label} and {b.Label} overlap.");
            }
        }
    }

    private static ImportResult.Imported Read(string json) => Samples.Ok(ExcalidrawImport.Read(JsonElement.Parse(json), ComponentCatalog.BuiltIn, DesignLimits.Default));
}
