using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Roles;

/// <summary>How lists get one more item; a list without a row here has several by itself.</summary>
public static class ListRows
{
    /// <summary>Called several times, each with another number.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Scene, int, Task>> Fill = new Dictionary<string, Func<Scene, int, Task>>(StringComparer.Ordinal)
    {
        ["ListProjects"] = (scene, number) => scene.AsOwnerAsync("POST", "/api/v1/projects", $$"""{"name":"Listed {{number}}"}"""),
        ["ListMembers"] = async (scene, _) =>
        {
            var person = await scene.World.RegisterAsync();
            await InProjectAsync(scene, "members", $$"""{"accountId":"{{person.Id}}","role":"viewer"}""");
        },
        ["ListInvitations"] = (scene, _) => InProjectAsync(scene, "invitations", """{"role":"viewer"}"""),
        ["ListMyInvitations"] = async (scene, _) =>
        {
            var inviter = await scene.World.RegisterAsync();
            var project = Scene.Id(await scene.World.ExpectAsync("POST", "/api/v1/projects", """{"name":"Elsewhere"}""", inviter.Token));
            await scene.World.ExpectAsync("POST", $"/api/v1/projects/{project}/invitations", $$"""{"email":"{{scene.Owner.Email}}","role":"viewer"}""", inviter.Token);
        },
        ["ListDesigns"] = (scene, _) => scene.NewDesignAsync("wireframe"),
        ["ListConnections"] = (scene, number) => OnDesignAsync(scene, "connections", $$$"""{"id":"listed{{{number}}}","from":{"node":"n{{{(number % 3) + 1}}}","port":"out"},"to":{"node":"{{{(number == 2 ? "n1" : "n3")}}}","port":"in"} }"""),
        ["ListThreads"] = (scene, number) => OnDesignAsync(scene, "comments", $$"""{"text":"Listed {{number}}"}"""),
        ["ListVersions"] = (scene, number) => OnDesignAsync(scene, "versions", $$"""{"name":"Listed {{number}}"}"""),
        ["ListNotifications"] = (scene, _) => scene.NotificationOfAsync(scene.Owner),
        ["ListTokens"] = (scene, number) => scene.AsOwnerAsync("POST", "/api/v1/auth/tokens", $$"""{"name":"Listed {{number}}","scopes":["read"]}"""),
        ["ListSessions"] = (scene, _) => scene.World.LogInAsync(scene.Owner),
        ["ListFiles"] = (scene, number) => InProjectAsync(scene, "files", $$"""{"path":"listed{{number}}.txt","content":"Hello"}"""),
        ["ListFileVersions"] = async (scene, number) => await InProjectAsync(scene, "files", $$"""{"path":"{{await scene.FileAsync()}}","content":"Hello {{number}}"}"""),
        ["ListDesignRuns"] = async (scene, _) => await scene.StartAsync(await scene.ProcessAsync()),
        ["ListProjectRuns"] = async (scene, _) => await scene.StartAsync(await scene.ProcessAsync()),
        ["ListTriggers"] = async (scene, number) =>
            await InProjectAsync(scene, "triggers", $$"""{"name":"Listed {{number}}","designId":"{{await scene.ProcessAsync()}}","kind":"webhook"}"""),
        ["ListFirings"] = async (scene, _) => await InProjectAsync(scene, $"triggers/{(await scene.WebhookAsync()).Split(' ')[0]}/fire", "{}"),
        ["ListSecrets"] = async (scene, number) => await scene.AsOwnerAsync("PUT", $"/api/v1/projects/{await scene.ProjectAsync()}/secrets/LISTED_{number}", """{"value":"hunter2-hunter2"}"""),
        ["ListProjectAudit"] = (scene, _) => scene.NewDesignAsync("wireframe"),
        ["ListProjectActivity"] = (scene, _) => scene.NewDesignAsync("wireframe"),
        ["ListLiveConnections"] = (scene, _) => WatchAsync(scene),
        ["ListLiveRooms"] = (scene, _) => WatchAsync(scene),
    };

    /// <summary>Somebody in a room of their own, for as long as the server runs.</summary>
    private static async Task WatchAsync(Scene scene)
    {
        var person = await scene.World.RegisterAsync();
        var project = Scene.Id(await scene.World.ExpectAsync("POST", "/api/v1/projects", """{"name":"Live"}""", person.Token));
        var hub = scene.World.Keep(await HubConnectionLite.ConnectAsync(scene.World.Address, person.Token));
        await hub.Stream("WatchRoom", project, null).NextAsync(TimeSpan.FromSeconds(20));
    }

    private static async Task InProjectAsync(Scene scene, string resource, string body) =>
        await scene.AsOwnerAsync("POST", $"/api/v1/projects/{await scene.ProjectAsync()}/{resource}", body);

    private static async Task OnDesignAsync(Scene scene, string resource, string body) =>
        await scene.AsOwnerAsync("POST", $"/api/v1/designs/{await scene.DesignAsync()}/{resource}", body);
}
