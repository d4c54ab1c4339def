namespace Actors.Frontend.Tests.Roles;

/// <summary>How a method of the hub answers.</summary>
public enum HubAnswer
{
    /// <summary>A result that is refused or not.</summary>
    Result,

    /// <summary>Frames; a refusal is a last frame at once.</summary>
    Stream,

    /// <summary>None: what it does is seen in the room.</summary>
    Seen,
}

/// <summary>How to call one method of the hub.</summary>
/// <param name="Role">The least role: <c>signedIn</c>, <c>viewer</c>, <c>commenter</c>, <c>editor</c> or <c>owner</c>.</param>
public sealed record HubRow(string Role, HubAnswer Answer, Func<Scene, Task<object?[]>> Arguments);

/// <summary>One row for each public method of <c>CollaborationHub</c>; a method without one fails the matrix.</summary>
public static class HubRows
{
    public static readonly IReadOnlyDictionary<string, HubRow> Rows = new Dictionary<string, HubRow>(StringComparer.Ordinal)
    {
        ["WatchDesign"] = new("viewer", HubAnswer.Stream, async scene => [await scene.DesignAsync(), null]),
        ["WatchValidation"] = new("viewer", HubAnswer.Stream, async scene => [await scene.DesignAsync()]),
        ["WatchRoom"] = new("viewer", HubAnswer.Stream, async scene => [await scene.ProjectAsync(), null]),
        ["WatchRun"] = new("viewer", HubAnswer.Stream, async scene => [await scene.RunAsync(), null]),
        ["WatchNotifications"] = new("signedIn", HubAnswer.Stream, _ => Task.FromResult<object?[]>([null])),
        ["Submit"] = new("editor", HubAnswer.Result, async scene =>
        [
            await scene.DesignAsync(),
            new { batchId = Guid.NewGuid(), baseRevision = 1, operations = new object[] { new { op = "node.set", id = "n1", patch = new { x = 3 } } } },
        ]),
        ["Undo"] = new("editor", HubAnswer.Result, async scene => [await scene.DesignAsync()]),
        ["Redo"] = new("editor", HubAnswer.Result, async scene => [await scene.DesignAsync()]),
        ["Say"] = new("commenter", HubAnswer.Result, async scene => [await scene.ProjectAsync(), "Hello"]),
        ["MoveCursor"] = new("viewer", HubAnswer.Seen, async scene =>
            [await scene.ProjectAsync(), new { designId = await scene.DesignAsync(), x = 1, y = 2, selection = Array.Empty<string>() }]),
    };

    /// <summary>Codes that say that the caller was let in and that there was nothing to do.</summary>
    public static readonly IReadOnlySet<string> LetIn = new HashSet<string>(["nothing_to_undo", "nothing_to_redo"], StringComparer.Ordinal);
}
