namespace Actors.Frontend.Tests.Roles;

/// <summary>What to send beside the path.</summary>
/// <param name="Path">Parameters of the path that are others than those of <see cref="OperationRows.PathValues"/>.</param>
/// <param name="As">Who asks instead of the actor, where the request would spend what the actor still needs.</param>
public sealed record Call(
    string? Body = null,
    string Query = "",
    string ContentType = "application/json",
    IReadOnlyList<(string Name, string Value)>? Headers = null,
    IReadOnlyDictionary<string, string>? Path = null,
    string? As = null);

/// <summary>How to make a valid request of one operation, and for whom its role does not tell the outcome.</summary>
/// <param name="Otherwise">Outcomes that do not follow from <c>x-role</c>, each with its reason beside it.</param>
public sealed record Row(Func<Scene, Actor, Task<Call>> Make, IReadOnlyDictionary<Actor, Outcome>? Otherwise = null);

/// <summary>
/// The role matrix runs every operation of the OpenAPI document as every actor. How to add one:
/// <list type="number">
/// <item>Nothing is to be done when its path parameters are in <see cref="PathValues"/> and its documented example is a
/// valid request in every scene: the matrix sends the example.</item>
/// <item>A new kind of path parameter gets a line in <see cref="PathValues"/>, and a method in <see cref="Scene"/> that
/// makes the resource as the owner.</item>
/// <item>Where the example would not do (it names an id, or must differ each time) add a row to <see cref="Rows"/>.</item>
/// </list>
/// A write that is let in happens in a scene of its own; so rows may destroy what they like.
/// </summary>
public static class OperationRows
{
    private const string UiComponent = """{"title":"Price tag","drawing":[{"shape":"rectangle","fill":"#fef3c7"}]}""";
    private const string NewPassword = "battery Staple 8";

    public static readonly IReadOnlyDictionary<string, Func<Scene, Task<string>>> PathValues = new Dictionary<string, Func<Scene, Task<string>>>(StringComparer.Ordinal)
    {
        ["projectId"] = scene => scene.ProjectAsync(),
        ["accountId"] = scene => scene.MemberAsync(),
        ["designId"] = scene => scene.DesignAsync(),
        ["nodeId"] = _ => Task.FromResult("n1"),
        ["connectionId"] = _ => Task.FromResult("c1"),
        ["invitationId"] = async scene => (await scene.InvitationAsync()).Split(' ')[0],
        ["token"] = async scene => (await scene.InvitationAsync()).Split(' ')[1],
        ["notificationId"] = scene => scene.BroadcastAsync(),
        ["componentId"] = _ => Task.FromResult("ui.button"),
    };

    public static readonly IReadOnlyDictionary<string, Row> Rows = new Dictionary<string, Row>(StringComparer.Ordinal)
    {
        ["Register"] = Body(_ => $$"""{"email":"{{Guid.NewGuid():N}}@example.org","password":"{{RoleWorld.Password}}","name":"New"}"""),
        ["LogIn"] = Body(scene => $$"""{"email":"{{scene.Owner.Email}}","password":"{{RoleWorld.Password}}"}"""),
        ["Refresh"] = new(async (scene, _) => new Call($$"""{"refreshToken":"{{(await scene.World.RegisterAsync()).RefreshToken}}"}""")),
        ["LogOut"] = new(async (scene, _) => new Call(As: (await scene.World.RegisterAsync()).Token)),
        ["ChangePassword"] = new(async (scene, _) =>
            new Call($$"""{"current":"{{RoleWorld.Password}}","new":"{{NewPassword}}"}""", As: (await scene.World.RegisterAsync()).Token)),
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
        ["DeleteNotification"] = new(async (scene, _) =>
        {
            var person = await scene.World.RegisterAsync();
            return new Call(Path: new Dictionary<string, string> { ["notificationId"] = await scene.NotificationOfAsync(person) }, As: person.Token);
        }),
        ["ListChanges"] = new((_, _) => Task.FromResult(new Call(Query: "?after=0"))),
        ["SubmitBatch"] = Body(_ => $$"""{"batchId":"{{Guid.NewGuid()}}","baseRevision":1,"operations":[{"op":"node.remove","id":"n1"}]}"""),
        ["UndoBatch"] = new(async (scene, actor) => await EditedAsync(scene, actor, undone: false)),
        ["RedoBatch"] = new(async (scene, actor) => await EditedAsync(scene, actor, undone: true)),
        ["AddNode"] = Body(_ => """{"id":"n9","type":"foreign","x":1,"y":1,"props":{}}"""),
        ["SetNode"] = Body(_ => """{"x":5}"""),
        ["ReplaceUiComponent"] = new(async (scene, _) => new Call(UiComponent, Path: new Dictionary<string, string> { ["componentId"] = await scene.UiComponentAsync(UiComponent) })),
        ["DeleteUiComponent"] = new(async (scene, _) => new Call(Path: new Dictionary<string, string> { ["componentId"] = await scene.UiComponentAsync(UiComponent) })),
        ["AddConnection"] = Body(_ => """{"id":"c2","from":{"node":"n2","port":"out"},"to":{"node":"n3","port":"in"}}"""),
        ["SetConnection"] = Body(_ => """{"props":{}}"""),
    };

    private static Row Body(Func<Scene, string> body) => new((scene, _) => Task.FromResult(new Call(body(scene))));

    /// <summary>Somebody new who is invited by their address.</summary>
    private static async Task<Call> InvitedAsync(Scene scene)
    {
        var person = await scene.World.RegisterAsync();
        var invitation = await scene.AsOwnerAsync("POST", $"/api/v1/projects/{await scene.ProjectAsync()}/invitations", $$"""{"email":"{{person.Email}}","role":"viewer"}""");
        return new Call(Path: new Dictionary<string, string> { ["invitationId"] = Scene.Id(invitation) }, As: person.Token);
    }

    /// <summary>A batch of the actor's own that can be taken back, or was.</summary>
    private static async Task<Call> EditedAsync(Scene scene, Actor actor, bool undone)
    {
        if (actor is Actor.Owner or Actor.Editor)
        {
            var design = $"/api/v1/designs/{await scene.DesignAsync()}";
            await scene.World.ExpectAsync("PATCH", $"{design}/nodes/n1", """{"x":7}""", scene.World[actor].Token);
            if (undone)
                await scene.World.ExpectAsync("POST", $"{design}/undo", null, scene.World[actor].Token);
        }

        return new Call();
    }
}
