using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Roles;

public sealed partial class Scene
{
    /// <summary>A notification to the members, by the administrator, that has reached them all and so changes no more.</summary>
    public Task<string> BroadcastAsync() => OnceAsync("broadcast", async () =>
    {
        var id = await TellMembersAsync();
        await Eventually.HoldsAsync(
            async () => (await world.ExpectAsync("GET", $"/api/v1/admin/notifications/{id}", null, world[Actor.Administrator].Token)).GetProperty("status").GetString() == "completed",
            Patience,
            "the notification has reached everyone");
        return id;
    });

    /// <summary>A notification in the inbox of somebody, who is a member from now on.</summary>
    public async Task<string> NotificationOfAsync(Person person)
    {
        await OnceAsync($"joined {person.Id}", async () =>
        {
            var project = await ProjectAsync();
            if (person != Owner)
                await AddAsync(project, person, "viewer");

            return person.Id;
        });
        var before = await InboxAsync(person);
        await TellMembersAsync();
        var id = "";
        await Eventually.HoldsAsync(
            async () => (id = (await InboxAsync(person)).Except(before, StringComparer.Ordinal).FirstOrDefault() ?? "").Length > 0,
            Patience,
            "the notification is in the inbox");
        return id;
    }

    private async Task<List<string>> InboxAsync(Person person) =>
        [.. (await world.ExpectAsync("GET", "/api/v1/notifications", null, person.Token)).GetProperty("items").EnumerateArray().Select(Id)];

    private async Task<string> TellMembersAsync() => Id(await world.ExpectAsync(
        "POST", "/api/v1/admin/notifications", $$"""{"title":"Hello","text":"","projectId":"{{await ProjectAsync()}}"}""", world[Actor.Administrator].Token));
}
