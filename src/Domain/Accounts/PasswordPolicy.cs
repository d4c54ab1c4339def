using System.Collections.Immutable;

namespace Actors.Domain.Accounts;

/// <summary>
/// What a password must be. Length counts most (NIST SP 800-63B, 5.1.1.2): a long one may be plain words, a short one
/// needs several kinds of characters, and none may be one that everybody tries first.
/// </summary>
public sealed record PasswordPolicy
{
    public static readonly PasswordPolicy Default = new();

    /// <summary>Bounds the work that hashing takes, and is far beyond what anyone types.</summary>
    public const int MaximumLength = 256;

    private const int MinimumDistinct = 5;

    /// <summary>Fewest characters.</summary>
    public int MinimumLength { get; init; } = 10;

    /// <summary>From here on a password needs no variety of characters.</summary>
    public int PlainLength { get; init; } = 16;

    /// <summary>How many of lower case, upper case, digits and others a shorter one has.</summary>
    public int MinimumKinds { get; init; } = 3;

    /// <summary>One refusal that names every rule that <paramref name="password"/> breaks, or null.</summary>
    public Refusal? Check(string? password, string email, string name, string field = "password")
    {
        var broken = Broken(password ?? "", email, name).ToImmutableArray();
        return broken.IsEmpty
            ? null
            : new Refusal(
                ErrorCodes.PasswordTooWeak,
                $"{field}: {string.Join("; ", broken)}",
                Errors: ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add(field, broken));
    }

    private IEnumerable<string> Broken(string password, string email, string name)
    {
        if (password.Length < MinimumLength)
            yield return $"must have at least {MinimumLength} characters";

        if (password.Length > MaximumLength)
        {
            yield return $"must have at most {MaximumLength} characters";
            yield break;
        }

        if (password.Length < PlainLength && Kinds(password) < MinimumKinds)
            yield return $"must have {MinimumKinds} of: lower case, upper case, digits, others; or at least {PlainLength} characters";

        if (password.Length >= MinimumLength && password.Distinct().Count() < MinimumDistinct)
            yield return $"must have at least {MinimumDistinct} different characters";

        if (IsSame(password, email) || IsSame(password, email.Split('@')[0]) || IsSame(password, name))
            yield return "must not be the e-mail address or the name";

        if (CommonPasswords.Contains(password))
            yield return "must not be one of the most common passwords";
    }

    private static bool IsSame(string password, string other) =>
        other.Length > 0 && string.Equals(password.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);

    private static int Kinds(string password) =>
        (password.Any(char.IsLower) ? 1 : 0)
        + (password.Any(char.IsUpper) ? 1 : 0)
        + (password.Any(char.IsDigit) ? 1 : 0)
        + (password.Any(character => !char.IsLetterOrDigit(character)) ? 1 : 0);
}
