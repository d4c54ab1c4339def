using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Actors.Grains.Tests.Lint;

/// <summary>The sentences of docs/execution-semantics.md and the tests that carry their ids.</summary>
public sealed partial class SpecificationTests
{
    private const int MatchTimeout = 10_000;

    [Fact]
    public void No_id_is_given_twice() =>
        Assert.Empty(Sentences().GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key));

    [Fact]
    public void Every_test_names_a_sentence_that_there_is() =>
        Assert.Empty(Tested().Where(test => !Sentences().Contains(test.Id)).Select(test => $"{test.Id} in {test.File}"));

    [Fact]
    public void Every_sentence_has_a_test() =>
        Assert.Empty(Sentences().Except(Tested().Select(test => test.Id)));

    private static List<string> Sentences() =>
        [.. from line in File.ReadLines(Path.Combine(Root(), "docs", "execution-semantics.md")) let row = Row().Match(line) where row.Success select row.Groups["id"].Value];

    private static IEnumerable<(string Id, string File)> Tested() =>
        from source in new[] { (Folder: "tests", Pattern: "*.cs", Mark: Attribute()), (Folder: "clients/typescript/tests", Pattern: "*.test.ts", Mark: TestName()) }
        from file in Directory.EnumerateFiles(Path.Combine(Root(), source.Folder), source.Pattern, SearchOption.AllDirectories)
        from Match mark in source.Mark.Matches(File.ReadAllText(file))
        from Match id in Id().Matches(mark.Value)
        select (id.Value, Path.GetRelativePath(Root(), file));

    [GeneratedRegex(@"^\| (?<id>[A-Z]{2}-\d\d) \| ", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Row();

    [GeneratedRegex(@"^ *\[Spec\([^)]*\)\]", RegexOptions.Multiline | RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\[[A-Z]{2}-\d\d\]", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex TestName();

    [GeneratedRegex(@"[A-Z]{2}-\d\d", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Id();

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
