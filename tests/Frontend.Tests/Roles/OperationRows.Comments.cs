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
        // A comment is changed by who wrote it; whoever may not write any asks about the owner's.
        ["EditComment"] = new(async (scene, actor) => await OwnCommentAsync(scene, actor, """{"text":"Otherwise"}""")),
        ["DeleteComment"] = new(async (scene, actor) => await OwnCommentAsync(scene, actor, null)),
    };

    private static async Task<Call> OwnCommentAsync(Scene scene, Actor actor, string? body)
    {
        var author = actor is Actor.Editor or Actor.Commenter ? scene.World[actor] : scene.Owner;
        var thread = await scene.World.ExpectAsync("POST", $"/api/v1/designs/{await scene.DesignAsync()}/comments", """{"text":"Here"}""", author.Token);
        return new Call(body, Path: new Dictionary<string, string>
        {
            ["threadId"] = Scene.Id(thread),
            ["commentId"] = Scene.Id(thread.GetProperty("comments")[0]),
        });
    }
}
