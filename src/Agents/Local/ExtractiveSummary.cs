using System.Text.RegularExpressions;

namespace Actors.Agents.Local;

/// <summary>A summary of sentences that the text itself has: those whose words come most often in it, in their order.</summary>
internal static class ExtractiveSummary
{
    /// <summary>Characters that are looked at; a summary of more would hardly differ.</summary>
    private const int MaximumLength = 200_000;

    private static readonly Regex Sentence = new(@"[^.!?\n]+([.!?]+|\n|\z)", Options, Timeout.InfiniteTimeSpan);
    private static readonly Regex Word = new(@"[\p{L}\p{N}]+", Options, Timeout.InfiniteTimeSpan);

    private static readonly HashSet<string> Common =
    [
        .. "a an and are as at be but by for from has have he her his i if in is it its not of on or our she so that the their them then there they this to was we were which will with you your"
            .Split(' '),
    ];

    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <param name="text">The text.</param>
    /// <param name="maximumWords">Of the summary.</param>
    public static string Of(string text, int maximumWords)
    {
        text = text.Length > MaximumLength ? text[..MaximumLength] : text;
        var sentences = Sentence.Matches(text).Select(match => match.Value.Trim()).Where(sentence => sentence.Length > 0).ToArray();
        var counts = Words(text).Where(word => !Common.Contains(word)).GroupBy(word => word, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var ranked = sentences
            .Select((sentence, index) => (Index: index, Words: Words(sentence).Count(), Score: Words(sentence).Distinct(StringComparer.Ordinal).Sum(word => counts.GetValueOrDefault(word))))
            .OrderByDescending(sentence => sentence.Score / Math.Sqrt(Math.Max(1, sentence.Words)))
            .ThenBy(sentence => sentence.Index)
            .ToArray();
        var left = maximumWords;
        var chosen = new SortedSet<int>();
        foreach (var sentence in ranked.Where(sentence => sentence.Words > 0))
        {
            if (sentence.Words <= left)
            {
                chosen.Add(sentence.Index);
                left -= sentence.Words;
            }
        }

        return chosen.Count > 0 ? string.Join(' ', chosen.Select(index => sentences[index]))
            : ranked.Length == 0 ? ""
            : string.Join(' ', sentences[ranked[0].Index].Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(maximumWords)) + " …";
    }

    /// <summary>The words in lower case.</summary>
    public static IEnumerable<string> Words(string text) => Word.Matches(text).Select(match => match.Value.ToLowerInvariant());
}
