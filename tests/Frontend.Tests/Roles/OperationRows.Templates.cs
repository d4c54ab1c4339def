namespace Actors.Frontend.Tests.Roles;

public static partial class OperationRows
{
    private static Dictionary<string, Func<Scene, Task<string>>> TemplatePaths() => new()
    {
        ["templateId"] = scene => scene.TemplateAsync(),
    };

    private static Dictionary<string, Row> TemplateRows() => new()
    {
        ["CreateDesignFromTemplate"] = new(async (scene, _) => new Call($$"""{"templateId":"{{await scene.TemplateAsync()}}"}""")),
    };
}
