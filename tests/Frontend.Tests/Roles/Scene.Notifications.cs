using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Roles;

public sealed partial class Scene
{
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
            Patience,
            "the notification is in the inbox");
        return id;
    }

    private async Task<string> TellMembersAsync() => Id(await world.ExpectAsync(
        "POST", "/api/v1/admin/notifications", $$"""{"title":"Hello","text":"","projectId":"{{await ProjectAsync()}}"}""", world[Actor.Administrator].Token));
}
