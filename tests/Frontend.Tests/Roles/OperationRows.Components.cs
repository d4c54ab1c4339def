namespace Actors.Frontend.Tests.Roles;

public static partial class OperationRows
{
    private static Dictionary<string, Func<Scene, Task<string>>> ComponentPaths() => new()
    {
        ["componentId"] = _ => Task.FromResult("ui.button"),
    };
}
