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
        ["ResetPassword"] = new(async (scene, _) =>
        {
            var person = await scene.World.RegisterAsync();
            var permission = await scene.World.ExpectAsync("POST", $"/api/v1/admin/accounts/{person.Id}/password-reset", null, scene.World[Actor.Administrator].Token);
            return new Call($$"""{"token":"{{permission.GetProperty("token").GetString()}}","new":"{{NewPassword}}"}""");
        }),
        ["EndOtherSessions"] = new(async (scene, _) => new Call(As: (await scene.World.RegisterAsync()).Token)),
        ["EndSession"] = new((scene, _) => OwnAsync(scene, "sessionId", Scene.SessionOfAsync)),
        ["GetToken"] = new((scene, _) => OwnAsync(scene, "tokenId", Scene.PersonalTokenOfAsync)),
        ["RevokeToken"] = new((scene, _) => OwnAsync(scene, "tokenId", Scene.PersonalTokenOfAsync)),
        ["CreateToken"] = new(async (scene, _) => new Call("""{"name":"Script","scopes":["read"]}""", As: (await scene.World.RegisterAsync()).Token)),
    };

    /// <summary>A request about something of the caller's own, who is somebody new.</summary>
    private static async Task<Call> OwnAsync(Scene scene, string parameter, Func<RoleWorld, Person, Task<string>> make)
    {
        var person = await scene.World.RegisterAsync();
        return new Call(Path: new Dictionary<string, string> { [parameter] = await make(scene.World, person) }, As: person.Token);
    }
}
