namespace Actors.Frontend.Designs;

/// <summary>Validation in the documentation.</summary>
internal static class ValidationExamples
{
    public const string Wanted = """{"findings":["node.type_unknown:old"]}""";

    public const string Report = $$$"""
        {"revision":7,"summary":{"errors":1,"warnings":0,"infos":0},
         "findings":[{"id":"node.type_unknown:old","code":"node.type_unknown","severity":"error","nodeId":"old","message":"No component 'acme.clock' is known here.",
           "fix":{"title":"Remove the node","operations":[{{{Removal}}}]}}]}
        """;

    public const string Fixed = $$"""{"revision":8,"fixed":["node.type_unknown:old"],"skipped":[],"operations":[{{Removal}}]}""";

    private const string Removal = """{"op":"node.remove","id":"old"}""";
}
