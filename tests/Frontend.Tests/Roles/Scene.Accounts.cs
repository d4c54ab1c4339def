namespace Actors.Frontend.Tests.Roles;

public sealed partial class Scene
{
    /// <summary>A session of the owner's that nobody uses.</summary>
    public Task<string> SessionAsync() => OnceAsync("session", () => SessionOfAsync(world, Owner));

    /// <summary>A personal access token of the owner's.</summary>
    public Task<string> PersonalTokenAsync() => OnceAsync("personal token", () => PersonalTokenOfAsync(world, Owner));

    public static async Task<string> SessionOfAsync(RoleWorld world, Person person)
    {
        var token = (await world.LogInAsync(person)).Token;
        var sessions = await world.ExpectAsync("GET", "/api/v1/auth/sessions", null, token);
        return Id(sessions.GetProperty("items").EnumerateArray().Single(session => session.GetProperty("current").GetBoolean()));
    }

    public static async Task<string> PersonalTokenOfAsync(RoleWorld world, Person person) =>
        Id(await world.ExpectAsync("POST", "/api/v1/auth/tokens", """{"name":"Script","scopes":["read"]}""", person.Token));
}
