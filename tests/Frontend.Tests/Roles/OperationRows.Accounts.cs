namespace Actors.Frontend.Tests.Roles;

public static partial class OperationRows
{
    private const string NewPassword = "battery Staple 8";

    private static Dictionary<string, Func<Scene, Task<string>>> AccountPaths() => new()
    {
        ["accountId"] = scene => scene.MemberAsync(),
        ["sessionId"] = scene => scene.SessionAsync(),
        ["tokenId"] = scene => scene.PersonalTokenAsync(),
    };

    private static Dictionary<string, Row> AccountRows() => new()
    {
        ["Register"] = Body(_ => $$"""{"email":"{{Guid.NewGuid():N}}@example.org","password":"{{RoleWorld.Password}}","name":"New"}"""),
        ["LogIn"] = Body(scene => $$"""{"email":"{{scene.Owner.Email}}","password":"{{RoleWorld.Password}}"}"""),
        ["Refresh"] = new(async (scene, _) => new Call($$"""{"refreshToken":"{{(await scene.World.RegisterAsync()).RefreshToken}}"}""")),
        ["LogOut"] = new(async (scene, _) => new Call(As: (await scene.World.RegisterAsync()).Token)),
        ["ChangePassword"] = new(async (scene, _) =>
            new Call($$"""{"current":"{{RoleWorld.Password}}","new":"{{NewPassword}}"}""", As: (await scene.World.RegisterAsync()).Token)),
    };
}
