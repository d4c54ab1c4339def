using Actors.Domain.Files;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Domain.Tests.Files;

public sealed class FilePathTests
{
    [Theory]
    [InlineData("", "path_empty")]
    [InlineData("a//b", "path_empty")]
    [InlineData("a/", "path_empty")]
    [InlineData("/etc/passwd", "path_absolute")]
    [InlineData("//host/share", "path_absolute")]
    [InlineData("C:/x", "path_drive_letter")]
    [InlineData("\\\\host\\share", "path_backslash")]
    [InlineData("a\\..\\b", "path_backslash")]
    [InlineData("../a", "path_traversal")]
    [InlineData("a/./b", "path_traversal")]
    [InlineData("a/\uFF0E\uFF0E/b", "path_traversal")]
    [InlineData("a/\u2025/b", "path_traversal")]
    [InlineData("a/%2e%2e/b", "path_encoded")]
    [InlineData("a%u002eb", "path_encoded")]
    [InlineData("a\uD800", "path_malformed")]
    [InlineData("a\uFFFE", "path_malformed")]
    [InlineData("a\0b", "path_control_character")]
    [InlineData("a\u0085b", "path_control_character")]
    [InlineData("a\u202Eb", "path_invisible_character")]
    [InlineData("a\u200Bb", "path_invisible_character")]
    [InlineData("a\u3164b", "path_invisible_character")]
    [InlineData("a?b", "path_reserved_character")]
    [InlineData("a\u2215b", "path_reserved_character")]
    [InlineData("ab:stream", "path_reserved_character")]
    [InlineData("a:stream", "path_drive_letter")]
    [InlineData("a/..;v=1/b", "path_traversal")]
    [InlineData("x/CON", "path_reserved_name")]
    [InlineData("nul.tar.gz", "path_reserved_name")]
    [InlineData("Com1 .txt", "path_reserved_name")]
    [InlineData("LPT\u00B9", "path_reserved_name")]
    [InlineData("a./b", "path_trailing")]
    [InlineData("a ", "path_trailing")]
    [InlineData("a\u00A0", "path_trailing")]
    public void A_hostile_path_is_refused_by_the_rule_that_it_breaks(string text, string code)
    {
        Assert.False(FilePath.TryParse(text, FileLimits.Default, out _, out var refusal));
        Assert.Equal(code, refusal.Code);
        Assert.Contains("path", refusal.Errors!.Keys);
    }

    [Theory]
    [InlineData("%2e%2e/x", "path_traversal")]
    [InlineData("%252e%252e/x", "path_encoded")]
    [InlineData("a%2Fb", "path_encoded")]
    [InlineData("a%5cb", "path_backslash")]
    [InlineData("%c0%ae%c0%ae/x", "path_malformed")]
    [InlineData("%ed%a0%80", "path_malformed")]
    [InlineData("a%zz", "path_malformed")]
    [InlineData("a%", "path_malformed")]
    [InlineData("a%00", "path_control_character")]
    public void A_hostile_target_is_refused_as_it_was_sent(string target, string code)
    {
        Assert.False(FilePath.TryParseTarget(target, FileLimits.Default, out _, out var refusal));
        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public void Limits_are_refused_with_name_and_value()
    {
        var limits = FileLimits.Default with { PathBytes = 20, SegmentBytes = 8, Depth = 3 };
        Assert.Equal(("path_too_long", "path: must have at most 20 bytes (PathBytes)"), Refused("aaaaaa/aaaaaa/aaaaaaa", limits));
        Assert.Equal(("path_segment_too_long", "path: must have segments of at most 8 bytes (SegmentBytes)"), Refused("ééééé", limits));
        Assert.Equal(("path_too_deep", "path: must have at most 3 segments (Depth)"), Refused("a/b/c/d", limits));
    }

    [Theory]
    [InlineData("100%.txt")]
    [InlineData(".gitignore")]
    [InlineData("a b/c.d e")]
    [InlineData("日本語/ファイル.txt")]
    [InlineData("console.log")]
    [InlineData("😀.png")]
    public void An_honest_path_is_kept_as_it_is(string text) => Assert.Equal(text, Parse(text).Text);

    [Theory]
    [InlineData("Cafe\u0301", "Caf\u00E9")]
    [InlineData("\u1100\u1161\u11A8", "\uAC01")]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("a\u0315\u0300\u05AE\u0300b", "\u00E0\u05AE\u0300\u0315b")]
    public void Spellings_of_one_text_become_one(string text, string composed) => Assert.Equal(composed, Parse(text).Text);

    [Fact]
    public void Paths_that_differ_in_case_alone_have_one_key() => Assert.Equal(Parse("Docs/ÄÖ.md").Key, Parse("dOCS/a\u0308o\u0308.MD").Key);

    /// <summary>Whatever is taken stays within the folder that it is resolved against, and is taken again as it is.</summary>
    [Fact]
    public void What_is_taken_is_stable_and_never_leads_out() => Prop.ForAll(Texts(), text =>
    {
        if (!FilePath.TryParse(text, FileLimits.Default, out var path, out var refusal))
        {
            return refusal.Code.StartsWith("path_", StringComparison.Ordinal);
        }

        return Parse(path.Text).Text == path.Text
            && FilePath.KeyOf(path.Text) == path.Key
            && Path.GetFullPath(path.Text, "/base").StartsWith("/base/", StringComparison.Ordinal)
            && Path.GetFullPath(path.Text, "/base") == "/base/" + path.Text;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static Arbitrary<string> Texts() => Gen.Elements(
            "a", "B", ".", "..", "/", "\\", "%2e", "%", "é", "e\u0301", "CON", "nul", ".txt", " ", "\0", "\u202E", "C:", "\uD83D\uDE00", "\uD800", "ß", "\u212A")
        .ListOf()
        .Select(parts => string.Concat(parts))
        .ToArbitrary();

    private static FilePath Parse(string text)
    {
        Assert.True(FilePath.TryParse(text, FileLimits.Default, out var path, out var refusal), refusal?.Detail);
        return path;
    }

    private static (string Code, string Detail) Refused(string text, FileLimits limits)
    {
        Assert.False(FilePath.TryParse(text, limits, out _, out var refusal));
        return (refusal.Code, refusal.Detail);
    }
}
