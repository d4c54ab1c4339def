namespace Actors.TestKit;

/// <summary>Finds an installed PostgreSQL: in the PATH, or where Debian's packages put it.</summary>
public static class PostgresBinaries
{
    private static readonly Lazy<string?> s_folder = new(Find);

    /// <summary>The folder of <c>initdb</c> and <c>pg_ctl</c>, or null.</summary>
    public static string? Folder => s_folder.Value;

    /// <summary>Why tests that need a server cannot run here, or null when they can.</summary>
    public static string? MissingReason =>
        Folder is null ? "PostgreSQL is not installed: no initdb in the PATH or in /usr/lib/postgresql/*/bin." : null;

    private static string? Find()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        const string debian = "/usr/lib/postgresql";
        var packaged = Directory.Exists(debian)
            ? Directory.GetDirectories(debian).OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
        return path.Concat(packaged).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }
}
