namespace Actors.Frontend.Tests.Roles;

public static partial class OperationRows
{
    private static Dictionary<string, Func<Scene, Task<string>>> ComponentPaths() => new()
    {
        ["componentId"] = _ => Task.FromResult("ui.button"),
    };

    private static Dictionary<string, Row> ComponentRows() => new()
    {
        ["GetProjectUiComponent"] = OwnComponent(),
        ["GetProjectUiComponentPreview"] = OwnComponent(),
        ["ReplaceUiComponent"] = OwnComponent(Scene.UiComponent),
        ["DeleteUiComponent"] = OwnComponent(),
    };

    /// <summary>A request about a component that the project made.</summary>
    private static Row OwnComponent(string? body = null) =>
        new(async (scene, _) => new Call(body, Path: new Dictionary<string, string> { ["componentId"] = await scene.UiComponentAsync() }));
}
