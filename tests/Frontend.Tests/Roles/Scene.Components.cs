namespace Actors.Frontend.Tests.Roles;

public sealed partial class Scene
{
    public const string UiComponent = """{"title":"Price tag","drawing":[{"shape":"rectangle","fill":"#fef3c7"}]}""";

    /// <summary>A user interface component of the project.</summary>
    public Task<string> UiComponentAsync() =>
        OnceAsync("ui-component", async () => Id(await AsOwnerAsync("POST", $"/api/v1/projects/{await ProjectAsync()}/ui-components", UiComponent)));
}
