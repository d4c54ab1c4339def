using System.Text;

namespace Actors.Frontend.Accounts;

/// <summary>Section <c>Authentication</c>.</summary>
public sealed class TokenOptions
{
    public const string Section = "Authentication";

    private const int MinimumKeyBytes = 32;

    /// <summary>
    /// The secret of the tokens' signatures (HS256): at least 32 bytes as UTF-8. Servers that share accounts must share it.
    /// Empty takes the key in the data folder, which is made on the first start.
    /// </summary>
    public string SigningKey { get; set; } = "";

    /// <summary>Default <c>actors</c>.</summary>
    public string Issuer { get; set; } = "actors";

    /// <summary>Default <c>actors</c>.</summary>
    public string Audience { get; set; } = "actors";

    /// <summary>How long an access token lives. A session that ends takes its tokens along at once. Default 30 minutes.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>The rules that are broken, each naming the option and its value, but never a secret.</summary>
    public IEnumerable<string> Validate()
    {
        if (SigningKey.Length > 0 && Encoding.UTF8.GetByteCount(SigningKey) < MinimumKeyBytes)
            yield return $"{Section}:{nameof(SigningKey)} has {Encoding.UTF8.GetByteCount(SigningKey)} bytes; it must have at least {MinimumKeyBytes}.";

        if (Issuer.Length == 0)
            yield return $"{Section}:{nameof(Issuer)} is empty; it must name the installation.";

        if (Audience.Length == 0)
            yield return $"{Section}:{nameof(Audience)} is empty; it must name the installation.";

        if (AccessTokenLifetime < TimeSpan.FromSeconds(1) || AccessTokenLifetime > TimeSpan.FromDays(7))
            yield return $"{Section}:{nameof(AccessTokenLifetime)} is {AccessTokenLifetime}; it must be from 1 second to 7 days.";
    }
}
