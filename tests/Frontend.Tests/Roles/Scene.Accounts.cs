namespace Actors.Frontend.Tests.Roles;

public sealed partial class Scene
{
    /// <summary>A session of the owner's that nobody uses.</summary>
    public Task<string> SessionAsync() => OnceAsync("session", async () =>
    {
        var token = (await world.LogInAsync(Owner)).Token;
        var sessions = await world.ExpectAsync("GET", "/api/v1/auth/sessions", null, token);
        return Id(sessions.GetProperty("items").EnumerateArray().Single(session => session.GetProperty("current").GetBoolean()));
    });

    /// <summary>A personal access token of the owner's.</summary>
    public Task<string> PersonalTokenAsync() => OnceAsync("personal token", async () =>
        Id(await AsOwnerAsync("POST", "/api/v1/auth/tokens", """{"name":"Script","scopes":["read"]}""")));
}
