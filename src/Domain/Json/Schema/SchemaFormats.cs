using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Actors.Domain.Json.Schema;

/// <summary>The formats that are checked.</summary>
internal static class SchemaFormats
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking;

    private static readonly Regex TimePattern = new(
        @"^(?<h>[01][0-9]|2[0-3]):(?<m>[0-5][0-9]):(?<s>[0-5][0-9]|60)(\.[0-9]+)?([zZ]|(?<sign>[+-])(?<oh>[01][0-9]|2[0-3]):(?<om>[0-5][0-9]))\z", Options, Timeout.InfiniteTimeSpan);

    private static readonly Regex EmailPattern = new(
        @"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*\z", Options, Timeout.InfiniteTimeSpan);

    private static readonly Regex UriPattern = new(
        @"^[A-Za-z][A-Za-z0-9+.-]*:([A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*\z", Options, Timeout.InfiniteTimeSpan);

    /// <summary>The check of a format; null for one that says nothing.</summary>
    public static Func<string, bool>? Find(string format) => format switch
    {
        "date-time" => IsDateTime,
        "date" => IsDate,
        "time" => IsTime,
        "email" => text => text.Length <= 254 && EmailPattern.IsMatch(text),
        "uri" => text => UriPattern.IsMatch(text) && Uri.TryCreate(text, UriKind.Absolute, out _),
        "uuid" => text => text.Length == 36 && Guid.TryParseExact(text, "D", out _),
        "ipv4" => IsIpv4,
        "ipv6" => text => text.Contains(':', StringComparison.Ordinal) && !text.AsSpan().ContainsAny("%[]/")
            && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6,
        _ => null,
    };

    /// <summary>RFC 3339, section 5.6.</summary>
    private static bool IsDateTime(string text) => text.Length > 11 && text[10] is 'T' or 't' && IsDate(text[..10]) && IsTime(text[11..]);

    private static bool IsDate(string text) =>
        text.Length == 10 && text.All(unit => unit is (>= '0' and <= '9') or '-')
        && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>A leap second stands at 23:59:60 UTC only.</summary>
    private static bool IsTime(string text)
    {
        var match = TimePattern.Match(text);
        if (!match.Success || match.Groups["s"].Value != "60")
        {
            return match.Success;
        }

        var minutes = (Number(match, "h") * 60) + Number(match, "m");
        if (match.Groups["sign"].Success)
        {
            var offset = (Number(match, "oh") * 60) + Number(match, "om");
            minutes += match.Groups["sign"].Value == "-" ? offset : -offset;
        }

        return ((minutes % 1_440) + 1_440) % 1_440 == 1_439;
    }

    private static bool IsIpv4(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 4 && parts.All(part =>
            part.Length is >= 1 and <= 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0') && int.Parse(part, CultureInfo.InvariantCulture) <= 255);
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
}
