using System.Text;
using Actors.Domain.Accounts;
using Actors.Frontend.Accounts;

namespace Actors.Frontend.Tests.Accounts;

public sealed class AccessTokenTests
{
    private static readonly byte[] Key = Encoding.UTF8.GetBytes("0123456789abcdef0123456789abcdef");

    private readonly Clock _clock = new();

    [Fact]
    public void A_token_tells_whose_it_is_until_it_expires()
    {
        var tokens = new AccessTokens(new TokenOptions(), Key, _clock);
        var (token, expiresAt) = tokens.Issue("usr_1", "ses_1", "Ada", InstallationRole.Member);

        var reading = tokens.Read(token);
        Assert.Equal((TokenStatus.Valid, "usr_1", "ses_1", expiresAt), (reading.Status, reading.AccountId, reading.SessionId, reading.ExpiresAt));

        _clock.Now = expiresAt;
        Assert.Equal(TokenStatus.Expired, tokens.Read(token).Status);
    }

    [Fact]
    public void A_token_of_another_key_issuer_or_audience_is_none()
    {
        var tokens = new AccessTokens(new TokenOptions(), Key, _clock);
        Assert.Equal(TokenStatus.Invalid, tokens.Read(Issue(new TokenOptions(), [.. Key.Reverse()])).Status);
        Assert.Equal(TokenStatus.Invalid, tokens.Read(Issue(new TokenOptions { Issuer = "other" }, Key)).Status);
        Assert.Equal(TokenStatus.Invalid, tokens.Read(Issue(new TokenOptions { Audience = "other" }, Key)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c3JfMSIsInNpZCI6InNlc18xIiwiZXhwIjo0MTAyNDQ0ODAwLCJpc3MiOiJhY3RvcnMiLCJhdWQiOiJhY3RvcnMifQ.")]
    public void What_is_not_signed_is_no_token(string text) =>
        Assert.Equal(TokenStatus.Invalid, new AccessTokens(new TokenOptions(), Key, _clock).Read(text).Status);

    [Fact]
    public void The_key_is_made_once_and_only_its_owner_reads_it()
    {
        var folder = Directory.CreateTempSubdirectory("actors-key-").FullName;
        try
        {
            var first = SigningKey.Load(new TokenOptions(), folder);
            Assert.Equal(first, SigningKey.Load(new TokenOptions(), folder));
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "signing.key")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_next_refresh_token_shares_the_family_and_nothing_else()
    {
        var first = RefreshToken.Parse(RefreshToken.Create("usr_00000000000000000000000000", "ses_00000000000000000000000000").Text)!;
        var next = first.Next();
        Assert.Equal(first.FamilyHash, next.FamilyHash);
        Assert.NotEqual(first.TokenHash, next.TokenHash);
        Assert.Null(RefreshToken.Parse("usr_1.ses_1.a.b"));
    }

    private string Issue(TokenOptions options, byte[] key) =>
        new AccessTokens(options, key, _clock).Issue("usr_1", "ses_1", "Ada", InstallationRole.Member).Token;

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
