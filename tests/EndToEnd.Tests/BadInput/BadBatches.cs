namespace Actors.EndToEnd.Tests.BadInput;

/// <summary>Every kind of batch that must be refused, once.</summary>
public static class BadBatches
{
    private const string ValidOperation = """{"op":"node.set","id":"outer","patch":{"x":1}}""";

    private static readonly BadBatch[] All =
    [
        Operation("unknown operation", """{"op":"node.explode","id":"outer"}""", "operation_unknown"),
        Operation("operation without a name", """{"id":"outer"}""", "operation_malformed"),
        Operation("operation without its target", """{"op":"node.set","patch":{"x":1}}""", "operation_malformed"),
        Operation("operation that is no object", "17", "operation_malformed"),
        Operation("a text where a number belongs", """{"op":"node.set","id":"outer","patch":{"x":"left"}}""", "property_invalid"),
        Operation("unknown field of an operation", """{"op":"node.remove","id":"outer","force":true}""", "field_unknown"),
        Operation("unknown field of a node", """{"op":"node.set","id":"outer","patch":{"colour":"red"}}""", "field_unknown"),
        Operation("immutable field", """{"op":"node.set","id":"outer","patch":{"id":"other"}}""", "field_immutable"),
        Operation("unknown type", """{"op":"node.add","node":{"id":"new","type":"shape.unicorn","x":0,"y":0,"props":{}}}""", "type_unknown"),
        Operation("unknown parent", """{"op":"node.add","node":{"id":"new","type":"frame","parent":"nobody","x":0,"y":0,"props":{}}}""", "parent_unknown"),
        Operation("hierarchy cycle", """{"op":"node.set","id":"outer","patch":{"parent":"inner"}}""", "hierarchy_cycle"),
        Operation("property against its schema", """{"op":"node.set","id":"numbers","patch":{"props":{"from":"one"}}}""", "property_invalid", inProcess: true),
        Operation("unknown port", Connect("numbers", "sideways", "split", "in"), "port_unknown", inProcess: true),
        Operation("input used as output", Connect("numbers", "in", "split", "in"), "port_unknown", inProcess: true),
        Operation("port mismatch", Connect("numbers", "out", "split", "in"), "port_mismatch", inProcess: true),
        Operation("dangling connection", Connect("numbers", "out", "nobody", "in"), "connection_dangling", inProcess: true),
        Operation("deep properties", $$$"""{"op":"node.set","id":"outer","patch":{"props":{{{Nested(40)}}}}}""", "limit_reached"),
        new("empty batch", Batch(""), "batch_empty"),
        new("too many operations", Batch(string.Join(',', Enumerable.Repeat(ValidOperation, 1_001))), "limit_reached"),
        new("a good operation beside a bad one", Batch(ValidOperation + """,{"op":"node.explode","id":"outer"}"""), "operation_unknown"),
        new("bad uuid", $$"""{"batchId":"not-a-uuid","baseRevision":0,"operations":[{{ValidOperation}}]}""", "operation_malformed"),
        new("no uuid", $$"""{"baseRevision":0,"operations":[{{ValidOperation}}]}""", "operation_malformed"),
        new("no operations", $$"""{"batchId":"{{Guid.NewGuid()}}","baseRevision":0}""", "operation_malformed"),
        new("operations that are no list", $$"""{"batchId":"{{Guid.NewGuid()}}","baseRevision":0,"operations":{} }""", "operation_malformed"),
        new("unknown field of a batch", $$"""{"batchId":"{{Guid.NewGuid()}}","baseRevision":0,"operations":[{{ValidOperation}}],"force":true}""", "field_unknown"),
    ];

    public static TheoryData<BadBatch> Cases => [.. All];

    public static BadBatch Find(string name) => All.Single(batch => batch.Name == name);

    /// <summary>An object within objects.</summary>
    public static string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

    private static BadBatch Operation(string name, string operation, string code, bool inProcess = false) =>
        new(name, Batch(operation), code, inProcess: inProcess);

    private static string Batch(string operations) =>
        $$"""{"batchId":"{{Guid.NewGuid()}}","baseRevision":0,"operations":[{{operations}}]}""";

    private static string Connect(string from, string output, string to, string input) =>
        $$$$"""{"op":"connection.add","connection":{"id":"c","from":{"node":"{{{{from}}}}","port":"{{{{output}}}}"},"to":{"node":"{{{{to}}}}","port":"{{{{input}}}}"}}}""";
}
