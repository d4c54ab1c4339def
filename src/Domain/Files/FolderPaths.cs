namespace Actors.Domain.Files;

/// <summary>The folders that a path lies in.</summary>
public static class FolderPaths
{
    /// <summary>Key and path of each folder, the outermost first. A key has as many segments as its path.</summary>
    public static IEnumerable<(string Key, string Path)> Of(string key, string path)
    {
        var inKey = key.IndexOf('/', StringComparison.Ordinal);
        var inPath = path.IndexOf('/', StringComparison.Ordinal);
        while (inKey >= 0)
        {
            yield return (key[..inKey], path[..inPath]);
            inKey = key.IndexOf('/', inKey + 1);
            inPath = path.IndexOf('/', inPath + 1);
        }
    }

    /// <summary>The folder that a path or key lies in; empty for the project itself.</summary>
    public static string ParentOf(string path) => path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";

    public static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
