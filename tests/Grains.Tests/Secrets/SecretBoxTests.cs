using System.Security.Cryptography;
using Actors.Grains.Interfaces.Secrets;
using Actors.Grains.Secrets;

namespace Actors.Grains.Tests.Secrets;

public sealed class SecretBoxTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-secrets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_sealed_opens_for_its_context_alone_and_never_looks_the_same()
    {
        var box = Box(new SecretOptions());
        var sealedText = box.Seal("prj_1\nkey", "välue");
        Assert.Equal("välue", box.Open("prj_1\nkey", sealedText));
        Assert.NotEqual(sealedText, box.Seal("prj_1\nkey", "välue"));
        Assert.Throws<SecretKeyMissingException>(() => box.Open("prj_2\nkey", sealedText));
        Assert.Throws<SecretKeyMissingException>(() => box.Open("prj_1\nother", sealedText));
    }

    [Fact]
    public void What_was_changed_does_not_open()
    {
        var box = Box(new SecretOptions());
        var sealedText = box.Seal("c", "value");
        var changed = sealedText[..^3] + (sealedText[^3] == 'A' ? 'B' : 'A') + sealedText[^2..];
        foreach (var text in new[] { changed, sealedText[..^4], "", "v1", "v1.00000000.AAAA", "v2" + sealedText[2..], $"{string.Join('.', sealedText.Split('.')[..2])}.AAAA" })
            Assert.Throws<SecretKeyMissingException>(() => box.Open("c", text));
    }

    [Fact]
    public void After_a_change_of_keys_the_older_one_still_opens_and_the_newer_one_seals()
    {
        var (older, newer) = (NewKey(), NewKey());
        var sealedBefore = Box(new SecretOptions { Key = older }).Seal("c", "value");
        var box = Box(new SecretOptions { Key = newer, PreviousKeys = [older] });

        Assert.Equal("value", box.Open("c", sealedBefore));
        Assert.False(box.IsCurrent(sealedBefore));
        Assert.True(box.IsCurrent(box.Seal("c", "value")));
        Assert.Throws<SecretKeyMissingException>(() => Box(new SecretOptions { Key = newer }).Open("c", sealedBefore));
    }

    [Fact]
    public void The_key_is_made_once_and_only_its_owner_may_read_it()
    {
        var sealedText = Box(new SecretOptions()).Seal("c", "value");
        Assert.Equal("value", Box(new SecretOptions()).Open("c", sealedText));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "secrets.key")));
    }

    [Fact]
    public void A_damaged_key_file_is_never_written_over()
    {
        var path = Path.Combine(_folder, "secrets.key");
        File.WriteAllText(path, "nonsense");
        Assert.Contains(path, Assert.Throws<InvalidOperationException>(() => Box(new SecretOptions())).Message, StringComparison.Ordinal);
        Assert.Equal("nonsense", File.ReadAllText(path));
    }

    [Fact]
    public void Keys_that_are_none_are_named_without_being_shown()
    {
        var broken = new SecretOptions { Key = "c2hvcnQ=", PreviousKeys = [NewKey(), "nonsense"] }.Validate().ToArray();
        Assert.Equal(2, broken.Length);
        Assert.All(broken, rule => Assert.DoesNotContain("nonsense", rule, StringComparison.Ordinal));
        Assert.Contains("Secrets:PreviousKeys:1", broken[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_are_rid_of_values_in_all_their_forms_but_only_in_their_project()
    {
        var redactor = new SecretRedactor();
        redactor.Learn("prj_1", "top \"secret\"");
        redactor.Learn("prj_1", "top \"secret\" and more");
        redactor.Learn("prj_1", "abc");
        var encoded = Convert.ToBase64String("top \"secret\""u8);
        var text = $"a top \"secret\" and more, top%20%22secret%22, {{\"x\":\"top \\u0022secret\\u0022\"}}, {encoded}, abc";

        Assert.Equal("a ***, ***, {\"x\":\"***\"}, ***, abc", redactor.Redact("prj_1", text));
        Assert.True(redactor.Finds("prj_1", text));
        Assert.Equal(text, redactor.Redact("prj_2", text));
    }

    [Fact]
    public void A_message_with_a_value_does_not_print_it() =>
        Assert.DoesNotContain("hidden", new SecretSetting("usr_1", "key", "hidden").ToString(), StringComparison.Ordinal);

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretKeys.KeyBytes));

    private SecretBox Box(SecretOptions options) => new(SecretKeys.Load(options, _folder));
}
