namespace Actors.Frontend.Tests.Roles;

public static partial class OperationRows
{
    private static Dictionary<string, Func<Scene, Task<string>>> SecretPaths() => new()
    {
        ["name"] = scene => scene.SecretAsync(),
    };

    private static Dictionary<string, Row> SecretRows() => new()
    {
        ["SetSecret"] = Of(_ => Task.FromResult("ANOTHER_KEY"), "name", """{"value":"hunter2-hunter2"}"""),
    };
}
