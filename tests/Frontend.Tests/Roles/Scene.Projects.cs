namespace Actors.Frontend.Tests.Roles;

public sealed partial class Scene
{
    /// <summary>A link that lets many in: its id, a space and its secret.</summary>
    public Task<string> InvitationAsync() => OnceAsync("invitation", async () =>
    {
        var made = await AsOwnerAsync("POST", $"/api/v1/projects/{await ProjectAsync()}/invitations", """{"role":"viewer","maximumUses":100}""");
        return $"{Id(made)} {made.GetProperty("token").GetString()}";
    });
}
