namespace Actors.Frontend.Tests.Roles;

public sealed partial class Scene
{
    /// <summary>A named version of the design.</summary>
    public Task<string> VersionAsync() => OnceAsync("version", async () =>
        Id(await AsOwnerAsync("POST", $"/api/v1/designs/{await DesignAsync()}/versions", """{"name":"First"}""")));
}
