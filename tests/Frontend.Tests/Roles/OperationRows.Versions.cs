namespace Actors.Frontend.Tests.Roles;

public static partial class OperationRows
{
    private static Dictionary<string, Func<Scene, Task<string>>> VersionPaths() => new()
    {
        ["versionId"] = scene => scene.VersionAsync(),
    };

    private static Dictionary<string, Row> VersionRows() => new()
    {
        ["CompareDesign"] = Query("?from=1"),
        ["FixDesign"] = new(async (scene, actor) =>
        {
            if (actor is not (Actor.Editor or Actor.Owner))
                return new Call("""{"findings":["unknown"]}""");

            // Two connections join the same ports: the fix removes the later one.
            var design = $"/api/v1/designs/{await scene.ProcessAsync()}";
            await scene.AsOwnerAsync("POST", $"{design}/connections", """{"id":"again","from":{"node":"in","port":"out"},"to":{"node":"out","port":"in"}}""");
            var findings = (await scene.AsOwnerAsync("GET", $"{design}/validation")).GetProperty("findings").EnumerateArray();
            return new Call(
                $$"""{"findings":["{{findings.First(finding => finding.TryGetProperty("fix", out _)).GetProperty("id").GetString()}}"]}""",
                Path: new Dictionary<string, string> { ["designId"] = await scene.ProcessAsync() });
        }),
    };
}
