namespace Actors.EndToEnd.Tests;

/// <summary>A theory about files that other people made; skipped, with the reason, where the folder with them is not named.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    private const string Variable = "ACTORS_SHARED_DATA";

    public SharedDataTheoryAttribute()
    {
        if (!Directory.Exists(Folder))
        {
            Skip = $"{Variable} does not name a folder with real files.";
        }
    }

    private static string? Folder => Environment.GetEnvironmentVariable(Variable);

    public static string Read(string file) => File.ReadAllText(Path.Combine(Folder!, file));
}
