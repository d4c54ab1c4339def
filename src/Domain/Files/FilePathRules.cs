using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Actors.Domain.Files;

/// <summary>What a path may not be. Each rule has a code of its own.</summary>
internal static class FilePathRules
{
    private const string Field = "path";

    /// <summary>Reserved on common systems, and the look-alikes of separators that some systems map to them.</summary>
    private static readonly SearchValues<char> Reserved = SearchValues.Create("<>:\"|?*\u2044\u2215\u29F5\u29F8\u29F9\uFE68\uFF0F\uFF3C\uFF1A");

    /// <summary>Characters that stand for dots, one or several.</summary>
    private static readonly SearchValues<char> Dots = SearchValues.Create(".\u2024\u2025\u2026\uFE52\uFF0E");

    /// <summary>Nothing is seen of them although they are letters or marks to Unicode.</summary>
    private static readonly FrozenSet<int> Fillers = new[] { 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, 0x2800 }.ToFrozenSet();

    private static readonly FrozenSet<string> Devices = new[] { "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$" }
        .Concat(from port in new[] { "COM", "LPT" } from digit in "0123456789\u00B9\u00B2\u00B3" select port + digit)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static Refusal Broken(string code, string rule) => Refusal.Field(Field, rule, code);

    /// <summary>What a target must not have before it is decoded.</summary>
    public static Refusal? RefuseTarget(string target) =>
        target.Contains("%2f", StringComparison.OrdinalIgnoreCase)
            ? Broken(ErrorCodes.PathEncoded, "must not have an encoded slash")
            : null;

    public static Refusal? RefuseWhole(string? text, FileLimits limits)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Broken(ErrorCodes.PathEmpty, "must not be empty");
        }

        // Bounds the work of all other rules.
        if (text.Length > limits.PathBytes)
        {
            return TooLong(limits);
        }

        if (text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar) || !IsWellFormed(text))
        {
            return Broken(ErrorCodes.PathMalformed, "must be well-formed Unicode without replacement characters and noncharacters");
        }

        if (text[0] == '/')
        {
            return Broken(ErrorCodes.PathAbsolute, "must be relative, without a slash in front");
        }

        if (text.Contains('\\', StringComparison.Ordinal))
        {
            return Broken(ErrorCodes.PathBackslash, "must be separated by slashes; a backslash is no part of a name");
        }

        return text.Length > 1 && text[1] == ':' && char.IsAsciiLetter(text[0])
            ? Broken(ErrorCodes.PathDriveLetter, "must not begin with a drive letter")
            : null;
    }

    public static Refusal? RefuseSegment(string segment, FileLimits limits)
    {
        if (segment.Length == 0)
        {
            return Broken(ErrorCodes.PathEmpty, "must not have an empty segment");
        }

        // Some servers cut a segment at a semicolon, and find dots alone before it.
        var parameters = segment.IndexOf(';', StringComparison.Ordinal);
        if ((parameters < 0 ? segment : segment[..parameters]) is { Length: > 0 } bare && bare.AsSpan().IndexOfAnyExcept(Dots) < 0)
        {
            return Broken(ErrorCodes.PathTraversal, "must not have a segment of dots alone");
        }

        foreach (var rune in segment.EnumerateRunes())
        {
            if (RefuseCharacter(rune) is { } refusal)
            {
                return refusal;
            }
        }

        if (HasEscape(segment))
        {
            return Broken(ErrorCodes.PathEncoded, "must not have a percent escape in a name: encode it once, in an address only");
        }

        if (segment[^1] == '.' || char.IsWhiteSpace(segment[^1]))
        {
            return Broken(ErrorCodes.PathTrailing, "must not have a segment that ends with a dot or a space");
        }

        var dot = segment.IndexOf('.', StringComparison.Ordinal);
        var name = (dot < 0 ? segment : segment[..dot]).TrimEnd();
        if (Devices.Contains(name))
        {
            return Broken(ErrorCodes.PathReservedName, $"must not have the device name {name.ToUpperInvariant()} as a segment, with or without extension");
        }

        return Encoding.UTF8.GetByteCount(segment) > limits.SegmentBytes
            ? Broken(ErrorCodes.PathSegmentTooLong, $"must have segments of at most {limits.SegmentBytes} bytes (SegmentBytes)")
            : null;
    }

    public static Refusal? RefuseSize(ImmutableArray<string> segments, FileLimits limits)
    {
        if (segments.Length > limits.Depth)
        {
            return Broken(ErrorCodes.PathTooDeep, $"must have at most {limits.Depth} segments (Depth)");
        }

        return segments.Sum(Encoding.UTF8.GetByteCount) + segments.Length - 1 > limits.PathBytes ? TooLong(limits) : null;
    }

    private static Refusal TooLong(FileLimits limits) => Broken(ErrorCodes.PathTooLong, $"must have at most {limits.PathBytes} bytes (PathBytes)");

    private static Refusal? RefuseCharacter(Rune rune)
    {
        var category = Rune.GetUnicodeCategory(rune);
        if (category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        {
            return Broken(ErrorCodes.PathControlCharacter, $"must not have the control character U+{rune.Value:X4}");
        }

        if (category == UnicodeCategory.Format || Fillers.Contains(rune.Value))
        {
            return Broken(ErrorCodes.PathInvisibleCharacter, $"must not have the invisible or direction character U+{rune.Value:X4}");
        }

        return rune.IsBmp && Reserved.Contains((char)rune.Value)
            ? Broken(ErrorCodes.PathReservedCharacter, $"must not have the reserved character U+{rune.Value:X4}")
            : null;
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune) || (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF)
            {
                return false;
            }

            i += rune.Utf16SequenceLength - 1;
        }

        return true;
    }

    /// <summary>Whether another decoding would find something: <c>%2e</c>, or <c>%u002e</c> as some servers read it.</summary>
    private static bool HasEscape(string segment)
    {
        for (var at = segment.IndexOf('%', StringComparison.Ordinal); at >= 0 && at + 2 < segment.Length; at = segment.IndexOf('%', at + 1))
        {
            var hex = segment.AsSpan(at + 1);
            if ((char.IsAsciiHexDigit(hex[0]) && char.IsAsciiHexDigit(hex[1]))
                || (hex.Length > 4 && hex[0] is 'u' or 'U' && hex[1..5].IndexOfAnyExcept(Hex) < 0))
            {
                return true;
            }
        }

        return false;
    }

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");
}
