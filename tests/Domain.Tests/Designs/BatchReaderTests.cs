using System.Text;
using System.Text.Json;
using Actors.Domain.Designs;

namespace Actors.Domain.Tests.Designs;

public sealed class BatchReaderTests
{
    private const string Id = "\"batchId\":\"00000000-0000-0000-0000-000000000001\"";

    [Fact]
    public void A_good_batch_is_read_whole()
    {
        var json = $$$$"""
            {{{{{Id}}}},"baseRevision":7,"operations":[
              {"op":"node.add","node":{"id":"a","type":"box","x":0.1,"y":-0,"parent":null,"width":3,"props":{"k":[1,null]},"execution":{}}},
              {"patch":{"x":1},"id":"a","op":"node.set"},
              {"op":"node.remove","id":"a"},
              {"op":"connection.add","connection":{"id":"c","from":{"node":"a","port":"out"},"to":{"node":"b","port":"in"}}},
              {"op":"connection.set","id":"c","patch":{}},
              {"op":"connection.remove","id":"c"},
              {"op":"design.set","patch":{"name":"n"}}]}
            """;
        Assert.True(BatchReader.TryRead(Parse(json), DesignLimits.Default, out var batch, out _));
        Assert.Equal((7, 7), (batch.BaseRevision, batch.Operations.Length));
        Assert.Equal(0.1, Assert.IsType<NodeAdd>(batch.Operations[0]).Node.X);
        Assert.IsType<DesignSet>(batch.Operations[6]);
    }

    [Theory]
    [InlineData("[]", ErrorCodes.OperationMalformed)]
    [InlineData("{" + Id + ",\"baseRevision\":0,\"operations\":[],\"extra\":1}", ErrorCodes.FieldUnknown)]
    [InlineData("{\"batchId\":\"1\",\"baseRevision\":0,\"operations\":[{}]}", ErrorCodes.OperationMalformed)]
    [InlineData("{\"baseRevision\":0,\"operations\":[{}]}", ErrorCodes.OperationMalformed)]
    [InlineData("{" + Id + ",\"baseRevision\":-1,\"operations\":[{}]}", ErrorCodes.OperationMalformed)]
    [InlineData("{" + Id + ",\"baseRevision\":0.5,\"operations\":[{}]}", ErrorCodes.OperationMalformed)]
    [InlineData("{" + Id + ",\"baseRevision\":0}", ErrorCodes.OperationMalformed)]
    [InlineData("{" + Id + ",\"baseRevision\":0,\"operations\":[]}", ErrorCodes.BatchEmpty)]
    [InlineData("{" + Id + ",\"baseRevision\":0,\"operations\":[1,2,3]}", ErrorCodes.LimitReached)]
    public void A_batch_that_is_none_is_refused(string json, string code)
    {
        Assert.False(BatchReader.TryRead(Parse(json), new DesignLimits { OperationsPerBatch = 2 }, out _, out var refusal));
        Assert.Equal((code, null), (refusal.Code, refusal.Index));
    }

    [Theory]
    [InlineData("3", ErrorCodes.OperationMalformed)]
    [InlineData("{}", ErrorCodes.OperationMalformed)]
    [InlineData("""{"op":5}""", ErrorCodes.OperationMalformed)]
    [InlineData("""{"op":"node.explode","id":"a"}""", ErrorCodes.OperationUnknown)]
    [InlineData("""{"op":"node.remove"}""", ErrorCodes.OperationMalformed)]
    [InlineData("""{"op":"node.remove","id":1}""", ErrorCodes.OperationMalformed)]
    [InlineData("""{"op":"node.remove","id":"a","why":""}""", ErrorCodes.FieldUnknown)]
    [InlineData("""{"op":"node.remove","id":"\ud800"}""", ErrorCodes.OperationMalformed)]
    [InlineData("""{"op":"node.set","id":"a","patch":[]}""", ErrorCodes.OperationMalformed)]
    [InlineData("""{"op":"node.set","id":"a","patch":{"x":1,"x":2}}""", ErrorCodes.OperationMalformed)]
    [InlineData("""{"op":"node.set","id":"a","patch":{"props":{"\udc00":2}}}""", ErrorCodes.OperationMalformed)]
    [InlineData("""{"op":"node.set","id":"a","patch":{"props":{"a":{"b":{"c":{}}}}}}""", ErrorCodes.LimitReached)]
    [InlineData("""{"op":"node.add","node":{"id":"a","type":"box","x":1}}""", ErrorCodes.OperationMalformed)]
    [InlineData("""{"op":"node.add","node":{"id":"a","type":"box","x":1e999,"y":0}}""", ErrorCodes.OperationMalformed)]
    [InlineData("""{"op":"node.add","node":{"id":"a","type":"box","x":1,"y":0,"z":0}}""", ErrorCodes.FieldUnknown)]
    [InlineData("""{"op":"node.add","node":{"id":"a","type":"box","x":1,"y":0,"props":[]}}""", ErrorCodes.OperationMalformed)]
    [InlineData("""{"op":"connection.add","connection":{"id":"c","from":{"node":"a"},"to":{"node":"b","port":"in"}}}""", ErrorCodes.OperationMalformed)]
    [InlineData("""{"op":"connection.add","connection":{"id":"c","from":"a.out","to":{"node":"b","port":"in"}}}""", ErrorCodes.OperationMalformed)]
    public void An_operation_that_is_none_is_refused_with_its_place(string operation, string code)
    {
        var json = "{" + Id + ",\"baseRevision\":0,\"operations\":[{\"op\":\"node.remove\",\"id\":\"a\"}," + operation + "]}";
        Assert.False(BatchReader.TryRead(Parse(json), new DesignLimits { PropertyDepth = 3 }, out _, out var refusal));
        Assert.Equal((code, 1), (refusal.Code, refusal.Index));
    }

    [Fact]
    public void What_was_read_outlives_the_document()
    {
        Batch? batch;
        using (var document = JsonDocument.Parse(Encoding.UTF8.GetBytes("{" + Id + ",\"baseRevision\":0,\"operations\":[{\"op\":\"node.set\",\"id\":\"a\",\"patch\":{\"x\":1}}]}")))
        {
            Assert.True(BatchReader.TryRead(document.RootElement, DesignLimits.Default, out batch, out _));
        }

        Assert.Equal("""{"x":1}""", Assert.IsType<NodeSet>(batch.Operations[0]).Patch.GetRawText());
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
