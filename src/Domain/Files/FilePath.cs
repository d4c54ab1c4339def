using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Actors.Domain.Files;

/// <summary>
/// Where a file lies within its project: segments between slashes, relative, in normalization form C. What is a path
/// unpacks on every common system to the same place, within the folder that it is unpacked to.
/// </summary>
/// <remarks>Names keep their case; two paths that differ in case alone are one (<see cref="Key"/>).</remarks>
public sealed class FilePath : IEquatable<FilePath>
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private FilePath(ImmutableArray<string> segments)
    {
        Segments = segments;
        Text = string.Join('/', segments);
        Key = KeyOf(segments);
    }

    public ImmutableArray<string> Segments { get; }

    public string Text { get; }

    public string Name => Segments[^1];

    /// <summary>What makes a path unique: its text without regard to case.</summary>
    public string Key { get; }

    /// <summary>Reads a path as people write it.</summary>
    public static bool TryParse(string? text, FileLimits limits, [NotNullWhen(true)] out FilePath? path, [NotNullWhen(false)] out Refusal? refusal)
    {
        path = null;
        refusal = FilePathRules.RefuseWhole(text, limits);
        if (refusal is not null)
        {
            return false;
        }

        ImmutableArray<string> segments = [.. text!.Split('/').Select(CanonicalText.Compose)];
        refusal = segments.Select(segment => FilePathRules.RefuseSegment(segment, limits)).FirstOrDefault(broken => broken is not null)
            ?? FilePathRules.RefuseSize(segments, limits);
        if (refusal is not null)
        {
            return false;
        }

        path = new FilePath(segments);
        return true;
    }

    /// <summary>
    /// Reads a path as it stands in a request's target. It is decoded once; an encoded separator, bytes that are no
    /// UTF-8 (overlong forms among them) and an escape that decoding leaves behind are refused, never interpreted.
    /// </summary>
    public static bool TryParseTarget(string target, FileLimits limits, [NotNullWhen(true)] out FilePath? path, [NotNullWhen(false)] out Refusal? refusal)
    {
        path = null;
        refusal = FilePathRules.RefuseTarget(target);
        if (refusal is not null)
        {
            return false;
        }

        if (!TryDecode(target, out var text))
        {
            refusal = FilePathRules.Broken(ErrorCodes.PathMalformed, "must be percent-encoded UTF-8 in its shortest form");
            return false;
        }

        return TryParse(text, limits, out path, out refusal);
    }

    /// <summary>The key of a text that was a path when it was stored.</summary>
    public static string KeyOf(string text) => KeyOf([.. text.Split('/')]);

    public bool Equals(FilePath? other) => other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as FilePath);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    public override string ToString() => Text;

    private static string KeyOf(ImmutableArray<string> segments) =>
        string.Join('/', segments.Select(segment => CanonicalText.Compose(segment.ToUpperInvariant())));

    private static bool TryDecode(string target, [NotNullWhen(true)] out string? text)
    {
        text = null;
        var bytes = new List<byte>(target.Length);
        for (var i = 0; i < target.Length; i++)
        {
            if (target[i] != '%')
            {
                if (!char.IsAscii(target[i]))
                {
                    return false;
                }

                bytes.Add((byte)target[i]);
            }
            else if (i + 2 < target.Length && byte.TryParse(target.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                return false;
            }
        }

        try
        {
            text = StrictUtf8.GetString([.. bytes]);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
