namespace Actors.Frontend.Documentation;

/// <summary>Files that are part of the assembly.</summary>
internal static class EmbeddedFiles
{
    public static Stream Open(string name) => typeof(EmbeddedFiles).Assembly.GetManifestResourceStream(name)
        ?? throw new FileNotFoundException($"The assembly holds no '{name}'.", name);

    public static string Read(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }
}
