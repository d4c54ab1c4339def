using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Roles;

/// <summary>
/// A project of the owner with the members given, and in it whatever an operation is about, made when it is first asked
/// for. Add a method for each new kind of resource to the file of its area, and its path parameter to <see cref="OperationRows"/>.
/// </summary>
public sealed partial class Scene(RoleWorld world, IReadOnlyList<Actor> members)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<string>> _made = [];

    public RoleWorld World => world;

    public Person Owner => world[Actor.Owner];

    public Task<string> ProjectAsync() => OnceAsync("project", async () =>
    {
        var project = Id(await world.ExpectAsync("POST", "/api/v1/projects", """{"name":"Scene"}""", Owner.Token));
        foreach (var member in members.Where(member => RoleRules.Members.Contains(member) && member != Actor.Owner))
            await AddAsync(project, world[member], member.ToString().ToLowerInvariant());

        return project;
    });

    /// <summary>A member whom nothing else is about.</summary>
    public Task<string> MemberAsync() => OnceAsync("member", async () =>
    {
        var person = await world.RegisterAsync();
        await AddAsync(await ProjectAsync(), person, "viewer");
        return person.Id;
    });

    /// <summary>A request of the owner that must succeed.</summary>
    public Task<JsonElement> AsOwnerAsync(string method, string path, string? body = null) => world.ExpectAsync(method, path, body, Owner.Token);

    /// <summary>Something that is made once in the scene, however often it is asked for.</summary>
    public Task<string> OnceAsync(string name, Func<Task<string>> make)
    {
        lock (_lock)
        {
            return _made.TryGetValue(name, out var made) ? made : _made[name] = make();
        }
    }

    public static string Id(JsonElement resource) => resource.GetProperty("id").GetString()!;

    /// <summary>Asks as the owner until <paramref name="holds"/>.</summary>
    private Task WhenAsync(string path, string what, Func<JsonElement, bool> holds) =>
        Eventually.HoldsAsync(async () => holds(await AsOwnerAsync("GET", path)), Patience, what);

    private Task<JsonElement> AddAsync(string project, Person person, string role) =>
        AsOwnerAsync("POST", $"/api/v1/projects/{project}/members", $$"""{"accountId":"{{person.Id}}","role":"{{role}}"}""");
}
