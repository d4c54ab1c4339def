namespace Actors.Frontend.Tests.Roles;

public static partial class OperationRows
{
    private static Dictionary<string, Func<Scene, Task<string>>> DesignPaths() => new()
    {
        ["designId"] = scene => scene.DesignAsync(),
        ["nodeId"] = _ => Task.FromResult("n1"),
        ["connectionId"] = _ => Task.FromResult("c1"),
    };

    private static Dictionary<string, Row> DesignRows() => new()
    {
        ["ListChanges"] = Query("?after=0"),
        ["SubmitBatch"] = Body(_ => $$"""{"batchId":"{{Guid.NewGuid()}}","baseRevision":1,"operations":[{"op":"node.remove","id":"n1"}]}"""),
        ["UndoBatch"] = new(async (scene, actor) => await EditedAsync(scene, actor, undone: false)),
        ["RedoBatch"] = new(async (scene, actor) => await EditedAsync(scene, actor, undone: true)),
        ["AddNode"] = Body(_ => """{"id":"n9","type":"foreign","x":1,"y":1,"props":{}}"""),
        ["SetNode"] = Body(_ => """{"x":5}"""),
        ["AddConnection"] = Body(_ => """{"id":"c2","from":{"node":"n2","port":"out"},"to":{"node":"n3","port":"in"}}"""),
        ["SetConnection"] = Body(_ => """{"props":{}}"""),
    };

    /// <summary>A batch of the actor's own that can be taken back, or was.</summary>
    private static async Task<Call> EditedAsync(Scene scene, Actor actor, bool undone)
    {
        if (actor is Actor.Owner or Actor.Editor)
        {
            var design = $"/api/v1/designs/{await scene.DesignAsync()}";
            await scene.World.ExpectAsync("PATCH", $"{design}/nodes/n1", """{"x":7}""", scene.World[actor].Token);
            if (undone)
                await scene.World.ExpectAsync("POST", $"{design}/undo", null, scene.World[actor].Token);
        }

        return new Call();
    }
}
