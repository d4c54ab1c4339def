namespace Actors.Frontend.Tests.Roles;

/// <summary>
/// The role matrix runs every operation of the OpenAPI document as every actor. How to add one:
/// <list type="number">
/// <item>Nothing is to be done when its path parameters are in <see cref="PathValues"/> and its documented example is a
/// valid request in every scene: the matrix sends the example.</item>
/// <item>A new kind of path parameter gets a line in the <c>...Paths</c> of its area, and a method in <see cref="Scene"/> that
/// makes the resource as the owner.</item>
/// <item>Where the example would not do (it names an id, or must differ each time) add a row to the <c>...Rows</c> of its area.</item>
/// </list>
/// A write that is let in happens in a scene of its own; so rows may destroy what they like.
/// </summary>
public static partial class OperationRows
{
    public static IReadOnlyDictionary<string, Func<Scene, Task<string>>> PathValues { get; } = Joined(
        AccountPaths(), CommentPaths(), ComponentPaths(), DesignPaths(), FilePaths(), NotificationPaths(), ProjectPaths(), RunPaths(), SecretPaths(),
        TemplatePaths(), TriggerPaths(), VersionPaths());

    public static IReadOnlyDictionary<string, Row> All { get; } = Joined(
        AccountRows(), CommentRows(), DesignRows(), FileRows(), NotificationRows(), ProjectRows(), RunRows(), SecretRows(), TemplateRows(), TriggerRows(),
        VersionRows());

    private static Dictionary<string, T> Joined<T>(params ReadOnlySpan<Dictionary<string, T>> areas)
    {
        var all = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var area in areas)
        {
            foreach (var (name, value) in area)
                all.Add(name, value);
        }

        return all;
    }

    /// <summary>A request with this body.</summary>
    private static Row Body(Func<Scene, string> body) => new((scene, _) => Task.FromResult(new Call(body(scene))));

    /// <summary>A request with what is after the question mark.</summary>
    private static Row Query(string query) => new((_, _) => Task.FromResult(new Call(Query: query)));
}
