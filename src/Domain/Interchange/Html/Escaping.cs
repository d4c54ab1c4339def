using System.Buffers;
using System.Globalization;
using System.Text;

namespace Actors.Domain.Interchange.Html;

/// <summary>The one way from a design's text into a page.</summary>
internal static class Escaping
{
    private const int AddressLength = 2_000;

    private static readonly SearchValues<char> BeforePath = SearchValues.Create("/?#");

    /// <summary>Text and attribute values of HTML; control characters, which HTML cannot say, are left out.</summary>
    public static string Html(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\n' or '\t' => escaped.Append((char)rune.Value),
                < 0x20 or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF => escaped,
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }

    /// <summary>
    /// An address that may be opened: http, https, mailto, or one relative to the page; else null. What a browser skips in
    /// front of or within a scheme (white space, control characters) makes an address unusable.
    /// </summary>
    public static string? Link(string? address)
    {
        if (address is not { Length: > 0 and <= AddressLength } || address.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter == '\\'))
        {
            return null;
        }

        var colon = address.IndexOf(':', StringComparison.Ordinal);
        var path = address.AsSpan().IndexOfAny(BeforePath);
        var isRelative = colon < 0 || (path >= 0 && path < colon);
        return isRelative
            || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
            ? address
            : null;
    }

    /// <summary>The address of a picture: a <see cref="Link"/> that is no mailto, or a picture within the address.</summary>
    public static string? Picture(string? address)
    {
        if (address is not null && address.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase))
        {
            return address.All(letter => char.IsAsciiLetterOrDigit(letter) || "+/=;,:.-_%".Contains(letter, StringComparison.Ordinal)) ? address : null;
        }

        return Link(address) is { } link && !link.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? link : null;
    }

    /// <summary>Lower-case words joined by hyphens, from what the text has of ASCII letters and digits.</summary>
    public static string Slug(string text, int maximumLength = 32)
    {
        var slug = new StringBuilder();
        foreach (var letter in text)
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(char.ToLowerInvariant(letter));
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }

            if (slug.Length == maximumLength)
            {
                break;
            }
        }

        return slug.ToString().Trim('-');
    }

    public static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
