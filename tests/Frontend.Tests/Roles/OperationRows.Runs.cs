namespace Actors.Frontend.Tests.Roles;

public static partial class OperationRows
{
    private static Dictionary<string, Func<Scene, Task<string>>> RunPaths() => new()
    {
        ["runId"] = scene => scene.RunAsync(),
        ["waitId"] = async scene => (await scene.WaitingRunAsync()).Split(' ')[1],
    };

    private static Dictionary<string, Row> RunRows() => new()
    {
        ["ListDesignRuns"] = Of(scene => scene.ProcessAsync(), "designId"),
        ["GetRun"] = Of(scene => scene.EndedRunAsync(), "runId"),
        ["DeleteRun"] = Of(scene => scene.EndedRunAsync(), "runId"),
        ["ListRunWaits"] = Of(async scene => (await scene.WaitingRunAsync()).Split(' ')[0], "runId"),
        ["StartRun"] = Of(scene => scene.ProcessAsync(), "designId", """{"inputs":{"words":["a","b"]}}"""),
        ["ListRunOutputs"] = new(async (scene, _) => new Call(Path: new Dictionary<string, string> { ["runId"] = await scene.EndedRunAsync(), ["name"] = "list" })),
        ["AnswerRun"] = Of(async scene => (await scene.WaitingRunAsync()).Split(' ')[0], "runId", """{"approved":true}"""),
        ["CancelRun"] = Of(async scene => (await scene.WaitingRunAsync()).Split(' ')[0], "runId"),
        ["PauseRun"] = Of(async scene => (await scene.WaitingRunAsync()).Split(' ')[0], "runId"),
        ["ResumeRun"] = Of(scene => scene.PausedRunAsync(), "runId"),
        ["RetryRun"] = Of(scene => scene.FailedRunAsync(), "runId"),
    };

    /// <summary>A request about another resource than that of <see cref="PathValues"/>.</summary>
    private static Row Of(Func<Scene, Task<string>> resource, string parameter, string? body = null) =>
        new(async (scene, _) => new Call(body, Path: new Dictionary<string, string> { [parameter] = await resource(scene) }));
}
