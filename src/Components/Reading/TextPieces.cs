using System.Globalization;

namespace Actors.Components.Reading;

/// <summary>Cuts texts. Characters are text elements (grapheme clusters), so that none is torn apart.</summary>
internal static class TextPieces
{
    private static readonly string[] LineEnds = ["\r\n", "\n", "\r"];

    public static IEnumerable<string> Lines(string text)
    {
        var lines = text.Split(LineEnds, StringSplitOptions.None);
        return lines[^1].Length == 0 ? lines.SkipLast(1) : lines;
    }

    public static IEnumerable<string> Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Pieces of so many characters; the last may be shorter. Each begins so many before the end of the one before.</summary>
    public static IEnumerable<string> Characters(string text, int size, int overlap)
    {
        var starts = StringInfo.ParseCombiningCharacters(text);
        for (var i = 0; i < starts.Length; i += size - overlap)
        {
            var end = i + size < starts.Length ? starts[i + size] : text.Length;
            yield return text[starts[i]..end];
            if (end == text.Length)
            {
                yield break;
            }
        }
    }

    /// <summary>
    /// Joins parts as long as they are together at most so long; a part that is longer alone is cut. Each piece but the
    /// first begins with whole parts from the end of the one before, at most <paramref name="overlap"/> characters of them.
    /// </summary>
    public static IEnumerable<string> Packed(IEnumerable<string> parts, string glue, int size, int overlap)
    {
        var packed = new List<string>();
        var length = 0;
        var fresh = false;
        foreach (var part in parts.SelectMany(part => Length(part) > size ? Characters(part, size, 0) : [part]))
        {
            var added = Length(part);
            if (packed.Count > 0 && length + glue.Length + added > size)
            {
                yield return string.Join(glue, packed);
                Drop(packed, ref length, glue.Length, Math.Min(overlap, size - added - glue.Length));
            }

            length += added + (packed.Count > 0 ? glue.Length : 0);
            packed.Add(part);
            fresh = true;
        }

        if (fresh)
        {
            yield return string.Join(glue, packed);
        }
    }

    private static void Drop(List<string> packed, ref int length, int glue, int keep)
    {
        while (packed.Count > 0 && length > keep)
        {
            length -= Length(packed[0]) + (packed.Count > 1 ? glue : 0);
            packed.RemoveAt(0);
        }
    }

    private static int Length(string text) => StringInfo.ParseCombiningCharacters(text).Length;
}
