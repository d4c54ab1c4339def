using Actors.Frontend.Documentation;

namespace Actors.Frontend.Comments;

/// <summary>Comments in the documentation.</summary>
internal static class CommentExamples
{
    public const string NewThread = """{"anchor":{"x":40,"y":300},"text":"Should this be green?"}""";
    public const string Reply = """{"text":"Green is for what cannot be undone."}""";

    public const string Thread = "{" + Members + "}";
    public const string Settled = "{" + Members + $$$""","resolved":{"by":{{{Author}}},"at":"{{{ExampleIds.Later}}}"}}""";
    public const string Page = $$"""{"items":[{{Thread}}],"nextCursor":null,"version":1,"removed":[]}""";

    private const string Author = $$"""{"id":"{{ExampleIds.Account}}","name":"Ada","kind":"user"}""";

    private const string Members = $$"""
        "id":"thr_{{ExampleIds.Digits}}","version":1,"anchor":{"x":40,"y":300},"orphaned":false,
        "comments":[{"id":"cmt_{{ExampleIds.Digits}}","author":{{Author}},"text":"Should this be green?","mentions":[],"at":"{{ExampleIds.At}}","deleted":false}],
        "createdAt":"{{ExampleIds.At}}","updatedAt":"{{ExampleIds.At}}"
        """;
}
