using Actors.Frontend.Documentation;

namespace Actors.Frontend.Designs;

/// <summary>A design's versions and its past in the documentation.</summary>
internal static class VersionExamples
{
    public const string New = """{"name":"As shown to the customer","revision":1}""";
    public const string Patch = """{"description":"With three steps instead of four"}""";
    public const string Restore = """{"revision":1}""";

    public const string Version = $$"""
        {"id":"ver_{{ExampleIds.Digits}}","designId":"{{ExampleIds.Design}}","kind":"named","name":"As shown to the customer","revision":1,
         "createdBy":{"id":"{{ExampleIds.Account}}","kind":"user"},"createdAt":"{{ExampleIds.At}}","updatedAt":"{{ExampleIds.At}}"}
        """;

    public const string Comparison = $$$"""
        {"from":1,"to":2,
         "summary":{"nodesAdded":1,"nodesRemoved":0,"nodesChanged":0,"connectionsAdded":0,"connectionsRemoved":0,"connectionsChanged":0,"designFieldsChanged":1,"operations":2},
         "nodes":{"added":[{{{DesignExamples.Node}}}],"removed":[],"changed":[]},"connections":{"added":[],"removed":[],"changed":[]},
         "design":[{"path":"name","before":"Check-out","after":"Check-out, second try"}],
         "operations":[{"op":"node.add","node":{{{DesignExamples.Node}}}},{"op":"design.set","patch":{"name":"Check-out, second try"}}]}
        """;

    public const string HistoryEntry = $$"""
        {"author":{"id":"{{ExampleIds.Account}}","kind":"user"},"fromRevision":2,"toRevision":4,"at":"{{ExampleIds.At}}","until":"{{ExampleIds.At}}","changes":3,
         "operations":{"node.add":1,"node.set":2},"nodes":["buy"],"nodesTouched":1}
        """;
}
