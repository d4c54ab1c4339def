using System.Runtime.CompilerServices;

namespace Actors.Grains.Tests.Lint;

/// <summary>Rules of the house that no compiler knows.</summary>
public sealed class RepositoryTests
{
    private static readonly string[] EngineNeutral = ["src/Grains", "src/Grains.Interfaces", "src/Frontend", "tests/Grains.Tests"];

    private static readonly string[] Text =
        [".cs", ".csproj", ".props", ".targets", ".sln", ".md", ".json", ".yml", ".yaml", ".ts", ".tsx", ".js", ".mjs", ".html", ".css", ".sql", ".txt", ".sh", ".editorconfig", ".gitignore", ".gitattributes"];

    private static readonly string[] NotOurs = ["artifacts", "node_modules", "bin", "obj", ".git", "dist", "data"];

    /// <summary>In pieces, so that this file keeps its own rule.</summary>
    private static readonly string[] MachinePaths = ["/wo" + "rk/", "/ho" + "me/"];

    /// <summary>What a merge leaves where it was not finished.</summary>
    private static readonly string[] MergeMarks = ["<<<<<<" + "< ", ">>>>>>" + "> "];

    private const string EmbeddedEngine = "Orleans." + "Embedded";
    private const string OutsideFolder = "shared" + "/";

    [Fact]
    public void What_is_written_against_Orleans_does_not_know_the_embedded_engine()
    {
        var files = EngineNeutral.SelectMany(folder => Files(Path.Combine(Root(), folder), [".cs"])).ToList();

        Assert.True(files.Count > 50, $"Only {files.Count} files were found.");
        Assert.Empty(Naming(files.Where(file => !Path.GetFileName(file).StartsWith("Engine.", StringComparison.Ordinal)), EmbeddedEngine));
    }

    [Fact]
    public void No_file_names_a_path_of_one_machine()
    {
        var files = Files(Root(), Text).ToList();

        Assert.True(files.Count > 100, $"Only {files.Count} files were found.");
        Assert.Empty(MachinePaths.SelectMany(path => Naming(files, path)));
    }

    [Fact]
    public void Only_the_continuous_integration_script_knows_the_folder_of_outside_data() =>
        Assert.Empty(Naming(Files(Root(), Text), OutsideFolder));

    [Fact]
    public void No_file_has_marks_of_an_unfinished_merge() =>
        Assert.Empty(MergeMarks.SelectMany(mark => Naming(Files(Root(), Text), mark)));

    private static List<string> Naming(IEnumerable<string> files, string text) =>
    [
        .. from file in files
           from line in File.ReadLines(file).Select((content, index) => (content, number: index + 1))
           where line.content.Contains(text, StringComparison.Ordinal)
           select $"{Path.GetRelativePath(Root(), file)}:{line.number}: {line.content.Trim()}",
    ];

    private static IEnumerable<string> Files(string folder, string[] extensions)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            if (extensions.Contains(Path.GetExtension(file)) && (File.GetAttributes(file) & FileAttributes.ReparsePoint) == 0)
            {
                yield return file;
            }
        }

        foreach (var child in Directory.EnumerateDirectories(folder).Where(child => !NotOurs.Contains(Path.GetFileName(child))))
        {
            foreach (var file in Files(child, extensions))
            {
                yield return file;
            }
        }
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
