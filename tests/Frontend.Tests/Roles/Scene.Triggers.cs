namespace Actors.Frontend.Tests.Roles;

public sealed partial class Scene
{
    /// <summary>A webhook: its id, a space and its secret.</summary>
    public Task<string> WebhookAsync() => OnceAsync("webhook", async () =>
    {
        var made = await AsOwnerAsync(
            "POST", $"/api/v1/projects/{await ProjectAsync()}/triggers", $$"""{"name":"Hook","designId":"{{await ProcessAsync()}}","kind":"webhook"}""");
        return $"{Id(made.GetProperty("trigger"))} {made.GetProperty("token").GetString()}";
    });
}
