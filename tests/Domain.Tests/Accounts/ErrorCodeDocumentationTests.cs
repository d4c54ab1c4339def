using System.Reflection;

namespace Actors.Domain.Tests.Accounts;

public sealed class ErrorCodeDocumentationTests
{
    public static TheoryData<string> Codes() => [.. All()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_is_documented(string code) => Assert.Contains($"\n### {code}\n", Documentation(), StringComparison.Ordinal);

    [Fact]
    public void Every_documented_code_exists()
    {
        var known = All().ToHashSet();
        var documented = Documentation().Split('\n').Where(line => line.StartsWith("### ", StringComparison.Ordinal)).Select(line => line[4..]);
        Assert.DoesNotContain(documented, code => !known.Contains(code));
    }

    private static IEnumerable<string> All() =>
        typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

    private static string Documentation()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "docs", "errors.md")))
            folder = folder.Parent;

        return File.ReadAllText(Path.Combine(folder?.FullName ?? throw new FileNotFoundException("docs/errors.md"), "docs", "errors.md"));
    }
}
