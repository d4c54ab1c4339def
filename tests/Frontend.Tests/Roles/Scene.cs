using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Roles;

/// <summary>
/// A project of the owner with the members given, and in it whatever an operation is about, made when it is first asked
/// for. Add a method for each new kind of resource, and its path parameter to <see cref="OperationRows.PathValues"/>.
/// </summary>
public sealed class Scene(RoleWorld world, IReadOnlyList<Actor> members)
{
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

    /// <summary>A process with the nodes <c>n1</c>, <c>n2</c> and <c>n3</c> and the connection <c>c1</c> from the first to the second.</summary>
    public Task<string> DesignAsync() => OnceAsync("design", async () =>
    {
        var design = Id(await AsOwnerAsync("POST", $"/api/v1/projects/{await ProjectAsync()}/designs", """{"name":"Scene","kind":"process"}"""));
        await AsOwnerAsync("POST", $"/api/v1/designs/{design}/operations", $$$$"""
            {"batchId":"{{{{Guid.NewGuid()}}}}","baseRevision":0,"operations":[
              {"op":"node.add","node":{"id":"n1","type":"foreign","x":0,"y":0,"props":{}}},
              {"op":"node.add","node":{"id":"n2","type":"foreign","x":200,"y":0,"props":{}}},
              {"op":"node.add","node":{"id":"n3","type":"foreign","x":400,"y":0,"props":{}}},
              {"op":"connection.add","connection":{"id":"c1","from":{"node":"n1","port":"out"},"to":{"node":"n2","port":"in"}}}]}
            """);
        return design;
    });

    /// <summary>A user interface component of the project.</summary>
    public Task<string> UiComponentAsync(string body) =>
        OnceAsync("ui-component", async () => Id(await AsOwnerAsync("POST", $"/api/v1/projects/{await ProjectAsync()}/ui-components", body)));

    /// <summary>A run of a process that hands on what it is given.</summary>
    public Task<string> RunAsync() => OnceAsync("run", async () =>
    {
        var design = Id(await AsOwnerAsync("POST", $"/api/v1/projects/{await ProjectAsync()}/designs", """{"name":"Run","kind":"process"}"""));
        await AsOwnerAsync("POST", $"/api/v1/designs/{design}/nodes", """{"id":"in","type":"input","x":0,"y":0,"props":{"name":"words"}}""");
        await AsOwnerAsync("POST", $"/api/v1/designs/{design}/nodes", """{"id":"out","type":"output","x":200,"y":0,"props":{"name":"list"}}""");
        await AsOwnerAsync("POST", $"/api/v1/designs/{design}/connections", """{"id":"c","from":{"node":"in","port":"out"},"to":{"node":"out","port":"in"}}""");
        return Id(await AsOwnerAsync("POST", $"/api/v1/designs/{design}/runs", """{"inputs":{"words":["a"]}}"""));
    });

    /// <summary>A link that lets many in: its id, a space and its secret.</summary>
    public Task<string> InvitationAsync() => OnceAsync("invitation", async () =>
    {
        var made = await AsOwnerAsync("POST", $"/api/v1/projects/{await ProjectAsync()}/invitations", """{"role":"viewer","maximumUses":100}""");
        return $"{Id(made)} {made.GetProperty("token").GetString()}";
    });

    /// <summary>A notification to the members, by the administrator.</summary>
    public Task<string> BroadcastAsync() => OnceAsync("broadcast", TellMembersAsync);

    /// <summary>A notification in the inbox of somebody, who is a member from now on.</summary>
    public async Task<string> NotificationOfAsync(Person person)
    {
        await AddAsync(await ProjectAsync(), person, "viewer");
        await TellMembersAsync();
        var id = "";
        await Eventually.HoldsAsync(
            async () =>
            {
                var inbox = await world.ExpectAsync("GET", "/api/v1/notifications", null, person.Token);
                id = inbox.GetProperty("items").EnumerateArray().Select(Id).FirstOrDefault() ?? "";
                return id.Length > 0;
            },
            TimeSpan.FromSeconds(20),
            "the notification is in the inbox");
        return id;
    }

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

    private async Task<string> TellMembersAsync() => Id(await world.ExpectAsync(
        "POST", "/api/v1/admin/notifications", $$"""{"title":"Hello","text":"","projectId":"{{await ProjectAsync()}}"}""", world[Actor.Administrator].Token));

    private Task<JsonElement> AddAsync(string project, Person person, string role) =>
        AsOwnerAsync("POST", $"/api/v1/projects/{project}/members", $$"""{"accountId":"{{person.Id}}","role":"{{role}}"}""");
}
