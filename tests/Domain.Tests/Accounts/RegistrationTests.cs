using Actors.Domain.Accounts;

namespace Actors.Domain.Tests.Accounts;

public sealed class RegistrationTests
{
    [Fact]
    public void Names_and_addresses_are_normalized()
    {
        var state = AccountScenario.Registered().State;
        Assert.Equal("ada@example.org", state.Email);
        Assert.Equal("Ada", state.Name);
        Assert.Equal(1, state.Version);
    }

    [Fact]
    public void Every_wrong_field_is_named()
    {
        var refusal = new AccountScenario().Refuses(new AccountCommand.Register(default, "usr_1", "nobody", "", "h", InstallationRole.Member));
        Assert.Equal(ErrorCodes.ValidationFailed, refusal.Code);
        Assert.Equal(["email", "name"], refusal.Errors!.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("a@b", "a@b")]
    [InlineData("  First.Last+tag@Sub.Example.ORG ", "first.last+tag@sub.example.org")]
    [InlineData("ü@exämple.de", "ü@exämple.de")]
    public void An_address_is_accepted(string given, string expected)
    {
        Assert.True(EmailAddress.TryNormalize(given, out var normalized));
        Assert.Equal(expected, normalized);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@b.c")]
    [InlineData("a@")]
    [InlineData("a@b@c")]
    [InlineData("a b@c.d")]
    [InlineData("a..b@c.d")]
    [InlineData(".a@c.d")]
    [InlineData("a@c..d")]
    [InlineData("a@-c.d")]
    [InlineData("a@c.d\r\nBcc: x@y.z")]
    [InlineData("a@c_d.e")]
    public void An_address_is_refused(string? given) => Assert.False(EmailAddress.TryNormalize(given, out _));

    [Fact]
    public void An_address_that_is_too_long_is_refused() =>
        Assert.False(EmailAddress.TryNormalize($"a@{string.Join('.', Enumerable.Repeat("abcdefgh", 29))}.org", out _));

    [Theory]
    [InlineData("correct Horse 7")]
    [InlineData("plain words are fine")]
    [InlineData("Tr0ub4dor&3x")]
    public void A_password_is_accepted(string password) => Assert.Null(PasswordPolicy.Default.Check(password, "ada@example.org", "Ada"));

    [Theory]
    [InlineData(null, "at least 10")]
    [InlineData("Ab1!", "at least 10")]
    [InlineData("onlylower1", "3 of")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa", "different characters")]
    [InlineData("ada@example.org", "e-mail")]
    [InlineData("Ada Lovelace-King 1", "e-mail")]
    [InlineData("P@ssw0rd!2024", "most common")]
    [InlineData("Letmein12345!", "most common")]
    [InlineData("12345678901234567890", "most common")]
    [InlineData("passwordpassword", "most common")]
    public void A_password_is_refused_for_its_rule(string? password, string rule)
    {
        var refusal = PasswordPolicy.Default.Check(password, "ada@example.org", "Ada Lovelace-King 1");
        Assert.Equal(ErrorCodes.PasswordTooWeak, refusal?.Code);
        Assert.Contains(refusal!.Errors!["password"], message => message.Contains(rule, StringComparison.Ordinal));
    }

    [Fact]
    public void A_password_longer_than_the_limit_is_refused() =>
        Assert.NotNull(PasswordPolicy.Default.Check(string.Concat(Enumerable.Repeat("abcdefghij", 26)), "a@b", "c"));

    [Fact]
    public void Every_broken_rule_is_listed() =>
        Assert.Equal(2, PasswordPolicy.Default.Check("password", "ada@example.org", "Ada")!.Errors!["password"].Length - 1);
}
