namespace Actors.Frontend.Tests.Roles;

public sealed partial class Scene
{
    public Task<string> TemplateAsync() => OnceAsync("template", async () =>
        Id(await AsOwnerAsync("POST", $"/api/v1/designs/{await DesignAsync()}/template", """{"name":"Scene"}""")));
}
