namespace Actors.Frontend.Tests.Roles;

public sealed partial class Scene
{
    /// <summary>The name of a secret.</summary>
    public Task<string> SecretAsync() => OnceAsync("secret", async () =>
    {
        await AsOwnerAsync("PUT", $"/api/v1/projects/{await ProjectAsync()}/secrets/API_KEY", """{"value":"hunter2-hunter2"}""");
        return "API_KEY";
    });
}
