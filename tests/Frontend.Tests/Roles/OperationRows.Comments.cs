namespace Actors.Frontend.Tests.Roles;

public static partial class OperationRows
{
    private static Dictionary<string, Func<Scene, Task<string>>> CommentPaths() => new()
    {
        ["threadId"] = async scene => (await scene.ThreadAsync()).Split(' ')[0],
        ["commentId"] = async scene => (await scene.ThreadAsync()).Split(' ')[1],
    };

    private static Dictionary<string, Row> CommentRows() => new()
    {
    };
}
