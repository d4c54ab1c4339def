namespace Actors.Frontend.Tests.Roles;

public static partial class OperationRows
{
    private static Dictionary<string, Func<Scene, Task<string>>> ProjectPaths() => new()
    {
        ["projectId"] = scene => scene.ProjectAsync(),
        ["invitationId"] = async scene => (await scene.InvitationAsync()).Split(' ')[0],
        ["token"] = async scene => (await scene.InvitationAsync()).Split(' ')[1],
    };

    private static Dictionary<string, Row> ProjectRows() => new()
    {
        ["AddMember"] = Body(scene => $$"""{"email":"{{scene.World.Newcomer.Email}}","role":"viewer"}"""),
        ["CreateInvitation"] = Body(_ => $$"""{"email":"{{Guid.NewGuid():N}}@example.org","role":"viewer"}"""),
        ["TransferProject"] = new(async (scene, _) => new Call($$"""{"accountId":"{{await scene.MemberAsync()}}"}""")),

        // An owner cannot leave alone, so somebody else is owner here as well.
        ["LeaveProject"] = new(async (scene, actor) =>
        {
            if (actor == Actor.Owner)
                await scene.AsOwnerAsync("PATCH", $"/api/v1/projects/{await scene.ProjectAsync()}/members/{await scene.MemberAsync()}", """{"role":"owner"}""");

            return new Call();
        }),
        ["AcceptInvitation"] = new(async (scene, _) => new Call(As: (await scene.World.RegisterAsync()).Token)),
        ["DeclineInvitation"] = new(async (scene, _) => new Call(As: (await scene.World.RegisterAsync()).Token)),
        ["AcceptMyInvitation"] = new((scene, _) => InvitedAsync(scene)),
        ["DeclineMyInvitation"] = new((scene, _) => InvitedAsync(scene)),
    };

    /// <summary>Somebody new who is invited by their address.</summary>
    private static async Task<Call> InvitedAsync(Scene scene)
    {
        var person = await scene.World.RegisterAsync();
        var invitation = await scene.AsOwnerAsync("POST", $"/api/v1/projects/{await scene.ProjectAsync()}/invitations", $$"""{"email":"{{person.Email}}","role":"viewer"}""");
        return new Call(Path: new Dictionary<string, string> { ["invitationId"] = Scene.Id(invitation) }, As: person.Token);
    }
}
