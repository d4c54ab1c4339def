namespace Actors.Frontend.Tests.Roles;

public static partial class OperationRows
{
    private static Dictionary<string, Func<Scene, Task<string>>> NotificationPaths() => new()
    {
        ["notificationId"] = scene => scene.BroadcastAsync(),
    };

    private static Dictionary<string, Row> NotificationRows() => new()
    {
        ["DeleteNotification"] = new(async (scene, _) =>
        {
            var person = await scene.World.RegisterAsync();
            return new Call(Path: new Dictionary<string, string> { ["notificationId"] = await scene.NotificationOfAsync(person) }, As: person.Token);
        }),
    };
}
