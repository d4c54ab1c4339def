using System.Text.Json;

namespace Actors.Agents.Local;

/// <summary>
/// The category whose name shares most words with the text; words count as the same when they begin alike. The confidence
/// is its share of all hits: 0 when there is none, and then the first category stands for "no idea".
/// </summary>
internal static class KeywordClassification
{
    private const int Stem = 4;

    public static string Of(string text, string[] categories, bool multiple)
    {
        var words = ExtractiveSummary.Words(text).Select(StemOf).GroupBy(word => word, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var hits = categories.Select(category => ExtractiveSummary.Words(category).Select(StemOf).Distinct(StringComparer.Ordinal).Sum(word => words.GetValueOrDefault(word))).ToArray();
        var all = hits.Sum();
        var best = hits.Length == 0 ? -1 : Array.IndexOf(hits, hits.Max());
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            if (multiple)
            {
                writer.WriteStartArray("categories");
                foreach (var (category, _) in categories.Zip(hits).Where(pair => pair.Second > 0))
                {
                    writer.WriteStringValue(category);
                }

                writer.WriteEndArray();
            }
            else if (best >= 0)
            {
                writer.WriteString("category", categories[best]);
            }

            writer.WriteNumber("confidence", all == 0 ? 0 : Math.Round(multiple ? (double)hits.Count(hit => hit > 0) / categories.Length : (double)hits[best] / all, 2));
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string StemOf(string word) => word.Length <= Stem ? word : word[..Stem];
}
