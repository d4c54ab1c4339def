using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Actors.Domain.Files;

/// <summary>
/// Normalization form C (Unicode Standard Annex 15). The runtime's own is absent where the process runs without a
/// culture library, as ours does, and a name must be the same name on every machine.
/// </summary>
internal static class CanonicalText
{
    private const int HangulFirst = 0xAC00;
    private const int LeadFirst = 0x1100;
    private const int VowelFirst = 0x1161;
    private const int TailFirst = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TailCount = 28;
    private const int HangulCount = LeadCount * VowelCount * TailCount;

    private static readonly Tables Known = Tables.Load();

    /// <summary>The composed form of well-formed text.</summary>
    public static string Compose(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, points);
        }

        Order(points);
        ComposeInPlace(points);
        var composed = new StringBuilder(text.Length);
        foreach (var point in points)
        {
            composed.Append(char.ConvertFromUtf32(point));
        }

        return composed.ToString();
    }

    private static void Decompose(int point, List<int> into)
    {
        if (point - HangulFirst is >= 0 and < HangulCount and var syllable)
        {
            into.Add(LeadFirst + (syllable / (VowelCount * TailCount)));
            into.Add(VowelFirst + (syllable % (VowelCount * TailCount) / TailCount));
            if (syllable % TailCount is > 0 and var tail)
            {
                into.Add(TailFirst + tail);
            }
        }
        else if (Known.Decompositions.TryGetValue(point, out var parts))
        {
            foreach (var part in parts)
            {
                Decompose(part, into);
            }
        }
        else
        {
            into.Add(point);
        }
    }

    /// <summary>Marks between two starters in the order of their classes; those of one class keep theirs.</summary>
    private static void Order(List<int> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var point = points[i];
            var mark = Known.ClassOf(point);
            var place = i;
            while (mark > 0 && place > 0 && Known.ClassOf(points[place - 1]) > mark)
            {
                points[place] = points[--place];
            }

            points[place] = point;
        }
    }

    private static void ComposeInPlace(List<int> points)
    {
        var starter = -1;
        var last = 0;
        var kept = 0;
        foreach (var point in points.ToArray())
        {
            var mark = Known.ClassOf(point);
            var adjacent = starter == kept - 1;
            if (starter >= 0 && (adjacent || (last != 0 && last < mark)) && Pair(points[starter], point) is { } whole)
            {
                points[starter] = whole;
                continue;
            }

            if (mark == 0)
            {
                starter = kept;
            }

            last = mark;
            points[kept++] = point;
        }

        points.RemoveRange(kept, points.Count - kept);
    }

    private static int? Pair(int first, int second)
    {
        if (first - LeadFirst is >= 0 and < LeadCount and var lead && second - VowelFirst is >= 0 and < VowelCount and var vowel)
        {
            return HangulFirst + (((lead * VowelCount) + vowel) * TailCount);
        }

        return first - HangulFirst is >= 0 and < HangulCount and var syllable && syllable % TailCount == 0
            && second - TailFirst is > 0 and < TailCount and var tail
                ? first + tail
                : Known.Compositions.TryGetValue((first, second), out var whole) ? whole : null;
    }

    private sealed record Tables(
        FrozenDictionary<int, int[]> Decompositions,
        FrozenDictionary<(int First, int Second), int> Compositions,
        FrozenDictionary<int, int> Classes)
    {
        public int ClassOf(int point) => Classes.GetValueOrDefault(point);

        public static Tables Load()
        {
            using var resource = typeof(CanonicalText).Assembly.GetManifestResourceStream("CanonicalMappings.txt")
                ?? throw new InvalidOperationException("CanonicalMappings.txt is not embedded.");
            using var reader = new StreamReader(resource);
            var decompositions = new Dictionary<int, int[]>();
            var compositions = new Dictionary<(int, int), int>();
            var classes = new Dictionary<int, int>();
            while (reader.ReadLine() is { } line)
            {
                if (line is "" or ['#', ..])
                {
                    continue;
                }

                if (line.Split('-', ':') is [var first, var final, var mark])
                {
                    for (var point = Hex(first); point <= Hex(final); point++)
                    {
                        classes[point] = int.Parse(mark, CultureInfo.InvariantCulture);
                    }

                    continue;
                }

                var sides = line.Split('=', '>');
                var whole = Hex(sides[0]);
                int[] parts = [.. sides[1].Split(' ').Select(Hex)];
                decompositions[whole] = parts;
                if (line.Contains('=', StringComparison.Ordinal))
                {
                    compositions[(parts[0], parts[1])] = whole;
                }
            }

            return new Tables(decompositions.ToFrozenDictionary(), compositions.ToFrozenDictionary(), classes.ToFrozenDictionary());
        }

        private static int Hex(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
