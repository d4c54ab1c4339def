namespace Actors.Frontend.Tests.Roles;

public static partial class OperationRows
{
    private static Dictionary<string, Func<Scene, Task<string>>> TriggerPaths() => new()
    {
        ["triggerId"] = async scene => (await scene.WebhookAsync()).Split(' ')[0],
        ["hookToken"] = async scene => (await scene.WebhookAsync()).Split(' ')[1],
    };

    private static Dictionary<string, Row> TriggerRows() => new()
    {
        ["CreateTrigger"] = new(async (scene, _) => new Call($$"""{"name":"Mornings","designId":"{{await scene.ProcessAsync()}}","kind":"schedule","schedule":{"cron":"0 9 * * MON-FRI"} }""")),
    };
}
