using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Interchange;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Domain.Tests.Interchange;

public sealed class DesignJsonTests
{
    [Fact]
    public void A_written_design_reads_as_an_equal_one() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var design = Samples.Generate(seed);
        var read = Samples.Ok(DesignJson.Read(DesignJson.Write(design), ComponentCatalog.BuiltIn, DesignLimits.Default));
        var again = Samples.Document(read);
        Assert.Equal(DesignJson.Write(design).GetRawText(), DesignJson.Write(again).GetRawText());
        Assert.Equal(design.Nodes.Select(node => (node.Id, node.Order, node.X, node.Y, node.Width, node.Label)), again.Nodes.Select(node => (node.Id, node.Order, node.X, node.Y, node.Width, node.Label)));
        Assert.All(design.Nodes.Zip(again.Nodes), pair => Assert.True(JsonElement.DeepEquals(pair.First.Props, pair.Second.Props)));
        Assert.Equal(design.Connections.Select(connection => (connection.Id, connection.From, connection.To)), again.Connections.Select(connection => (connection.Id, connection.From, connection.To)));
        Assert.Equal(design.Kind, again.Kind);
    }).Check(Config.QuickThrowOnFailure);

    [Theory]
    [InlineData("[]", "/")]
    [InlineData("{}", "/format")]
    [InlineData("""{"format":"actors.design","version":2}""", "/version")]
    [InlineData("""{"format":"actors.design","version":1,"nmae":"x"}""", "/nmae")]
    [InlineData("""{"format":"actors.design","version":1,"name":""}""", "/name")]
    [InlineData("""{"format":"actors.design","version":1,"name":"x","kind":"y"}""", "/kind")]
    [InlineData("""{"format":"actors.design","version":1,"name":"x","kind":"process","nodes":{}}""", "/nodes")]
    [InlineData("""{"format":"actors.design","version":1,"name":"x","kind":"process","nodes":[],"connections":[{"id":"c","from":{"node":"a"},"to":1}]}""", "/connections/0/from")]
    [InlineData("""{"format":"actors.design","version":1,"name":"x","kind":"process","nodes":[],"connections":[{"id":"c","from":{"node":"a","port":"out"},"to":{"node":"a","port":"in"}}]}""", "/connections/0/from")]
    [InlineData("""{"format":"actors.design","version":1,"name":"\ud800","kind":"process","nodes":[],"connections":[]}""", "/")]
    public void What_is_wrong_is_named_by_its_pointer(string json, string pointer) => AssertRefused(json, pointer);

    [Theory]
    [InlineData("""{"id":"a","type":"merge","x":0,"y":0,"order":"a0","props":{"x":1}}""", "/nodes/0")]
    [InlineData("""{"id":"a","type":"nothing","x":0,"y":0,"order":"a0"}""", "/nodes/0/type")]
    [InlineData("""{"id":"a","type":"ui.button","x":0,"y":0,"order":"a0"}""", "/nodes/0/type")]
    [InlineData("""{"id":"a","type":"merge","x":1e999,"y":0,"order":"a0"}""", "/nodes/0/x")]
    [InlineData("""{"id":"a","type":"merge","x":0,"y":0,"order":"a0","width":-1}""", "/nodes/0/width")]
    [InlineData("""{"id":"a","type":"merge","x":0,"y":0,"order":"a0","parent":"a"}""", "/nodes/0/parent")]
    [InlineData("""{"id":"a","type":"merge","x":0,"y":0,"order":"a0","parent":"b"}""", "/nodes/0/parent")]
    [InlineData("""{"id":"","type":"merge","x":0,"y":0,"order":"a0"}""", "/nodes/0/id")]
    [InlineData("""{"id":"a","type":"merge","x":0,"y":0,"order":"a0"},{"id":"a","type":"merge","x":0,"y":0,"order":"a1"}""", "/nodes/1/id")]
    [InlineData("null", "/nodes/0")]
    public void A_node_that_a_design_would_refuse_is_refused(string nodes, string pointer) =>
        AssertRefused($$"""{"format":"actors.design","version":1,"name":"x","kind":"process","nodes":[{{nodes}}],"connections":[]}""", pointer);

    [Fact]
    public void Limits_are_kept()
    {
        var design = Samples.Document(DesignKind.Process, [.. Enumerable.Range(0, 3).Select(i => new Node { Id = $"n{i}", Type = "merge", Order = $"a{i}" })], []);
        var json = DesignJson.Write(design);
        Assert.IsType<ImportResult.Refused>(DesignJson.Read(json, ComponentCatalog.BuiltIn, new DesignLimits { Nodes = 2 }));
        Assert.IsType<ImportResult.Imported>(DesignJson.Read(json, ComponentCatalog.BuiltIn, new DesignLimits { Nodes = 3 }));
        var large = Samples.Document(DesignKind.Process, [new Node { Id = "n", Type = "foreign", Props = JsonSerializer.SerializeToElement(new { a = new string('x', 100) }) }], []);
        Assert.IsType<ImportResult.Refused>(DesignJson.Read(DesignJson.Write(large), ComponentCatalog.BuiltIn, new DesignLimits { PropertyBytes = 100 }));
    }

    private static void AssertRefused(string json, string pointer)
    {
        var refused = Assert.IsType<ImportResult.Refused>(DesignJson.Read(JsonElement.Parse(json), ComponentCatalog.BuiltIn, DesignLimits.Default));
        Assert.Equal(ErrorCodes.ImportInvalid, refused.Error.Code);
        Assert.Equal([pointer], refused.Error.Errors!.Keys);
    }
}
