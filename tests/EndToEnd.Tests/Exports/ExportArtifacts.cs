namespace Actors.EndToEnd.Tests.Exports;

/// <summary>The sample wireframes, and where pictures of exports are left to be looked at.</summary>
internal static class ExportArtifacts
{
    public static string Wireframe(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Exports", "Wireframes", name + ".json"));

    public static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "global.json")))
        {
            folder = folder.Parent;
        }

        return Directory.CreateDirectory(Path.Combine(folder?.FullName ?? AppContext.BaseDirectory, "artifacts", "exports")).FullName;
    }
}
