using System.Diagnostics.CodeAnalysis;

namespace Actors.Domain.Accounts;

/// <summary>
/// E-mail addresses as names of accounts: trimmed and in lower case, so that one mailbox cannot hold two accounts that
/// differ only in case. The form is checked loosely (RFC 5321 lengths, one part on each side); only a sent mail proves more.
/// </summary>
public static class EmailAddress
{
    /// <summary>The longest address that a mail server accepts (RFC 5321, 4.5.3.1.3 less the brackets).</summary>
    public const int MaximumLength = 254;

    private const int MaximumLocalLength = 64;
    private const int MaximumLabelLength = 63;

    public static bool TryNormalize(string? text, [NotNullWhen(true)] out string? normalized)
    {
        normalized = null;
        var candidate = text?.Trim().ToLowerInvariant();
        if (candidate is null || candidate.Length is 0 or > MaximumLength)
        {
            return false;
        }

        var at = candidate.IndexOf('@');
        if (at <= 0 || at > MaximumLocalLength || candidate.LastIndexOf('@') != at)
        {
            return false;
        }

        if (!IsLocalPart(candidate.AsSpan(0, at)) || !IsDomain(candidate.AsSpan(at + 1)))
        {
            return false;
        }

        normalized = candidate;
        return true;
    }

    private static bool IsLocalPart(ReadOnlySpan<char> local)
    {
        foreach (var character in local)
        {
            if (char.IsControl(character) || char.IsWhiteSpace(character) || char.IsSurrogate(character) || "\"(),:;<>[\\]".Contains(character))
            {
                return false;
            }
        }

        return local[0] != '.' && local[^1] != '.' && local.IndexOf("..") < 0;
    }

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        var labels = 0;
        foreach (var range in domain.Split('.'))
        {
            var label = domain[range];
            if (label.Length is 0 or > MaximumLabelLength || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            foreach (var character in label)
            {
                if (!char.IsLetterOrDigit(character) && character != '-')
                {
                    return false;
                }
            }

            labels++;
        }

        return labels > 0;
    }
}
