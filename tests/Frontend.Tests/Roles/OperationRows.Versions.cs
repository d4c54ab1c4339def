namespace Actors.Frontend.Tests.Roles;

public static partial class OperationRows
{
    private static Dictionary<string, Func<Scene, Task<string>>> VersionPaths() => new()
    {
        ["versionId"] = scene => scene.VersionAsync(),
    };

    private static Dictionary<string, Row> VersionRows() => new()
    {
    };
}
