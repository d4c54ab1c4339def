namespace Actors.Frontend.Tests.Roles;

public sealed partial class Scene
{
    /// <summary>A thread of the owner's: its id, a space and the id of its first comment.</summary>
    public Task<string> ThreadAsync() => OnceAsync("thread", async () =>
    {
        var thread = await AsOwnerAsync("POST", $"/api/v1/designs/{await DesignAsync()}/comments", """{"text":"Here"}""");
        return $"{Id(thread)} {Id(thread.GetProperty("comments")[0])}";
    });
}
