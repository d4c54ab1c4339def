namespace Actors.Frontend.Tests.Roles;

public static partial class OperationRows
{
    private static Dictionary<string, Func<Scene, Task<string>>> FilePaths() => new()
    {
        ["path"] = scene => scene.FileAsync(),
    };

    private static Dictionary<string, Row> FileRows() => new()
    {
        ["PutFile"] = new((_, _) => Task.FromResult(new Call(Bytes: [0, 1, 2, 255], ContentType: "application/octet-stream"))),
        ["ListFileVersions"] = new(async (scene, _) => new Call(Query: $"?path={await scene.FileAsync()}")),
        ["RestoreFileVersion"] = new(async (scene, _) => new Call($$"""{"path":"{{await scene.FileAsync()}}","version":1}""")),
        ["OperateFiles"] = new(async (scene, _) => new Call($$"""{"op":"delete","from":"{{await scene.FileAsync()}}"}""")),
        ["UploadFiles"] = new((_, _) => Task.FromResult(new Call(Bytes: Scene.Archive(), ContentType: "application/zip"))),
    };
}
