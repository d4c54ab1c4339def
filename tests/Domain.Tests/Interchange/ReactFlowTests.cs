using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Interchange;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Domain.Tests.Interchange;

public sealed class ReactFlowTests
{
    private const string Flow = """
        {"name":"Flow","viewport":{"x":1,"y":2,"zoom":0.5},"custom":[1,null],
         "nodes":[
          {"id":"z","type":"customNode","position":{"x":0.1,"y":0.2},"positionAbsolute":{"x":0.1,"y":0.2},"width":300,"height":1e2,"data":{"label":"Chat","inputs":{"a":[]}},"selected":true},
          {"id":"group","type":"group","position":{"x":10.1,"y":20.2},"style":{"width":500,"height":400},"data":null},
          {"id":"t","type":"template","parentId":"group","extent":"parent","position":{"x":0.3,"y":0.7},"data":{"template":"Hi {{name}}"}},
          {"id":"m","type":"merge","position":{"x":1,"y":1}},
          {"id":"i","type":"input","parentNode":"group","position":{"x":3,"y":4},"data":{"label":"a React Flow input, not ours"}},
          {"id":"s","type":"switch","position":{"x":5,"y":5},"data":{}}
         ],
         "edges":[
          {"id":"e2","source":"z","target":"t","sourceHandle":"z-output|A|B","type":"buttonedge","data":{"label":"L"},"animated":true},
          {"id":"e1","source":"s","target":"m","sourceHandle":"case2","targetHandle":"in"},
          {"id":"e1","source":"t","target":"m","targetHandle":null},
          {"source":"m","target":"z"},
          {"id":"lost","source":"nowhere","target":"z"},
          {"id":"sink","source":"z","target":"i"}
         ]}
        """;

    [Fact]
    public void What_came_in_goes_out() => AssertRoundTrip(JsonElement.Parse(Flow));

    [Fact]
    public void Known_types_are_themselves_and_the_others_foreign()
    {
        var read = Read(Flow);
        Assert.Equal(DesignKind.Process, read.Kind);
        Assert.Equal("Flow", read.Name);
        Assert.Equal(
            ["z foreign", "group foreign", "t template", "m merge", "i foreign", "s switch"],
            read.Nodes.OrderBy(node => node.Order, StringComparer.Ordinal).Select(node => $"{node.Id} {node.Type}"));
        var nodes = read.Nodes.ToDictionary(node => node.Id);
        Assert.Equal("Chat", nodes["z"].Label);
        Assert.Equal((300, 100), (nodes["z"].Width, nodes["z"].Height));
        Assert.Equal((500, 400), (nodes["group"].Width, nodes["group"].Height));
        Assert.Equal("Hi {{name}}", nodes["t"].Props.GetProperty("template").GetString());
    }

    [Fact]
    public void Positions_within_a_parent_become_absolute()
    {
        var nodes = Read(Flow).Nodes.ToDictionary(node => node.Id);
        Assert.Equal(("group", 10.1 + 0.3, 20.2 + 0.7), (nodes["t"].Parent, nodes["t"].X, nodes["t"].Y));
        Assert.Equal(("group", 13.1), (nodes["i"].Parent, nodes["i"].X));
    }

    [Fact]
    public void Handles_that_are_ports_are_kept_and_the_others_become_the_plain_ones()
    {
        var read = Read(Flow);
        Assert.Equal(
            ["e1 s.case2-m.in", "e1~2 t.out-m.in", "e2 z.out-t.in", "edge-4 m.out-z.in", "sink z.out-i.in"],
            read.Connections.Select(c => $"{c.Id} {c.From.Node}.{c.From.Port}-{c.To.Node}.{c.To.Port}"));
        var warning = Assert.Single(read.Warnings);
        Assert.Equal("/edges/4", warning.Pointer);
    }

    [Fact]
    public void An_edit_changes_what_was_edited_and_nothing_else()
    {
        var design = Samples.Document(Read(Flow));
        var moved = design with
        {
            Nodes = [.. design.Nodes.Select(node => node.Id switch
            {
                "t" => node with { X = node.X + 5, Props = JsonElement.Parse("""{"template":"new","sourceFormat":"reactflow","source":{"id":"t","type":"template","parentId":"group","extent":"parent","position":{"x":0.3,"y":0.7}}}""") },
                "z" => node with { Width = 310, Label = "Renamed" },
                _ => node,
            })],
        };
        var nodes = ReactFlowExport.Write(moved, ComponentCatalog.BuiltIn).GetProperty("nodes").EnumerateArray().ToDictionary(node => node.GetProperty("id").GetString()!);
        Assert.Equal(5.3, nodes["t"].GetProperty("position").GetProperty("x").GetDouble(), 9);
        Assert.Equal("parent", nodes["t"].GetProperty("extent").GetString());
        Assert.Equal("new", nodes["t"].GetProperty("data").GetProperty("template").GetString());
        Assert.Equal(310, nodes["z"].GetProperty("width").GetDouble());
        Assert.Equal("Renamed", nodes["z"].GetProperty("label").GetString());
        Assert.True(nodes["z"].GetProperty("selected").GetBoolean());
        Assert.Equal(0.1, nodes["z"].GetProperty("position").GetProperty("x").GetDouble());
    }

    [Fact]
    public void Long_identifiers_are_shortened_here_and_whole_again_outside()
    {
        var (node, edge) = (new string('n', 400), new string('e', 999));
        var json = JsonElement.Parse($$"""
            {"nodes":[{"id":"{{node}}","type":"x","position":{"x":0,"y":0}, "data":{} } ],
             "edges":[{"id":"{{edge}}","source":"{{node}}","target":"{{node}}"},{"id":"{{edge}}","source":"{{node}}","target":"{{node}}"}]}
            """);
        var read = Samples.Ok(ReactFlowImport.Read(json, ComponentCatalog.BuiltIn, DesignLimits.Default));
        Assert.All(read.Nodes, node => Assert.InRange(node.Id.Length, 1, 256));
        Assert.All(read.Connections, connection => Assert.InRange(connection.Id.Length, 1, 256));
        AssertRoundTrip(json);
    }

    [Fact]
    public void A_design_of_ours_survives_the_way_through_React_Flow() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var first = ReactFlowExport.Write(Samples.Generate(seed), ComponentCatalog.BuiltIn);
        AssertRoundTrip(first);
    }).Check(Config.QuickThrowOnFailure);

    [Theory]
    [InlineData("{}", "/nodes")]
    [InlineData("""{"nodes":[1]}""", "/nodes/0")]
    [InlineData("""{"nodes":[{"id":5}]}""", "/nodes/0/id")]
    [InlineData("""{"nodes":[],"edges":{}}""", "/edges")]
    [InlineData("""{"nodes":[],"edges":["x"]}""", "/edges/0")]
    public void What_is_no_flow_is_refused(string json, string pointer)
    {
        var refused = Assert.IsType<ImportResult.Refused>(ReactFlowImport.Read(JsonElement.Parse(json), ComponentCatalog.BuiltIn, DesignLimits.Default));
        Assert.Equal([pointer], refused.Error.Errors!.Keys);
    }

    [Theory]
    [InlineData("""{"nodes":[{"id":"a","parentId":"b","position":{"x":1e308,"y":0}},{"id":"b","parentId":"a","position":{"x":1e308,"y":0}}]}""")]
    [InlineData("""{"nodes":[{"id":"a","parentId":"a"},{"id":"a"}],"edges":[{"source":1},{}]}""")]
    [InlineData("""{"nodes":[{"id":"a","type":"merge","data":[1],"position":[],"width":"wide"}]}""")]
    [InlineData("""{"nodes":[{"id":"a","type":"foreign","data":{"source":{},"sourceFormat":"reactflow"},"position":{"x":0,"y":0}}]}""")]
    [InlineData("""{"nodes":[{"id":"a","id":"b","position":{"x":0,"x":1,"y":0}}]}""")]
    public void Odd_nodes_are_kept_and_never_throw(string json)
    {
        var read = Read(json);
        Assert.NotEmpty(SvgExport.Write(Samples.Document(read), ComponentCatalog.BuiltIn));
        Assert.Equal(read.Nodes.Length, ReactFlowExport.Write(Samples.Document(read), ComponentCatalog.BuiltIn).GetProperty("nodes").GetArrayLength());
    }

    [SharedDataFact]
    public void Real_flows_go_out_as_they_came_in()
    {
        foreach (var file in SharedDataFactAttribute.Files("*.reactflow.json"))
        {
            var json = JsonElement.Parse(File.ReadAllText(file));
            var read = Samples.Ok(ReactFlowImport.Read(json, ComponentCatalog.BuiltIn, DesignLimits.Default));
            Assert.Empty(read.Warnings);
            Assert.Equal(json.GetProperty("edges").GetArrayLength(), read.Connections.Length);
            AssertRoundTrip(json);
        }
    }

    private static ImportResult.Imported Read(string json) => Samples.Ok(ReactFlowImport.Read(JsonElement.Parse(json), ComponentCatalog.BuiltIn, DesignLimits.Default));

    private static void AssertRoundTrip(JsonElement json)
    {
        var read = Samples.Ok(ReactFlowImport.Read(json, ComponentCatalog.BuiltIn, DesignLimits.Default));
        // On the way a design goes through our own file, as it would through the store.
        var stored = Samples.Ok(DesignJson.Read(DesignJson.Write(Samples.Document(read)), ComponentCatalog.BuiltIn, DesignLimits.Default));
        var written = ReactFlowExport.Write(Samples.Document(stored), ComponentCatalog.BuiltIn);
        Assert.True(JsonElement.DeepEquals(json, written), $"{json}\n\n{written}");
    }
}
