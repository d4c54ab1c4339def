namespace Actors.Domain.Tests;

/// <summary>A fact about files that other people made; skipped where the folder with them is not named.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public const string Variable = "ACTORS_SHARED_DATA";

    public SharedDataFactAttribute()
    {
        if (!Directory.Exists(Folder))
        {
            Skip = $"{Variable} does not name a folder with real files.";
        }
    }

    public static string? Folder => Environment.GetEnvironmentVariable(Variable);

    public static IEnumerable<string> Files(string pattern) => Directory.EnumerateFiles(Folder!, pattern).Order(StringComparer.Ordinal);
}
