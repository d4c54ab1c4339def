namespace Actors.EndToEnd.Tests.Exports;

/// <summary>The sample wireframes, and where pictures of exports are left to be looked at.</summary>
internal static class ExportArtifacts
{
    public static string Wireframe(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Exports", "Wireframes", name + ".json"));

    public static string Folder() => Directory.CreateDirectory(Repository.PathOf("artifacts", "exports")).FullName;
}
