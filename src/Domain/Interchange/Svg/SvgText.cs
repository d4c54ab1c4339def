using System.Text;

namespace Actors.Domain.Interchange.Svg;

/// <summary>
/// Text without font metrics: widths are estimated from classes of characters, well enough to cut and wrap a drawing's
/// captions the same way everywhere.
/// </summary>
internal static class SvgText
{
    public const string Sans = "Inter, Helvetica, Arial, sans-serif";
    public const string Hand = "Virgil, Excalifont, Segoe Print, Comic Sans MS, Comic Neue, cursive, sans-serif";
    public const string Mono = "Cascadia Code, Menlo, Consolas, monospace";
    public const string Serif = "Georgia, Times New Roman, serif";

    private const int FamilyLength = 100;

    public static string Family(string? name) => name switch
    {
        null or "sans" => Sans,
        "hand" => Hand,
        "mono" => Mono,
        "serif" => Serif,
        { Length: <= FamilyLength } when name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is ' ' or '-' or ',') => name,
        _ => Sans,
    };

    public static double Width(ReadOnlySpan<char> text, double size)
    {
        var width = 0.0;
        foreach (var letter in text)
        {
            width += letter switch
            {
                'i' or 'l' or 'j' or '.' or ',' or ':' or ';' or '|' or '!' or '\'' => 0.26,
                ' ' or 'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '-' or '/' => 0.34,
                'm' or 'w' or 'M' or 'W' or '@' => 0.86,
                >= 'A' and <= 'Z' => 0.68,
                >= '\u2E80' => 1,
                _ => 0.55,
            };
        }

        return width * size;
    }

    /// <summary>The text on one line, cut with an ellipsis where it would be too wide.</summary>
    public static string Fit(string text, double width, double size)
    {
        var line = text.ReplaceLineEndings(" ");
        if (Width(line, size) <= width)
        {
            return line;
        }

        var room = width - size;
        var end = 0;
        for (var used = 0.0; end < line.Length; end++)
        {
            used += Width(line.AsSpan(end, 1), size);
            if (used > room)
            {
                break;
            }
        }

        return end == 0 ? "" : line.Cut(end).TrimEnd() + "…";
    }

    /// <summary>Lines that are about so wide; a word that is wider stays whole.</summary>
    public static List<string> Wrap(string text, double width, double size, int maximumLines = 1_000)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = new StringBuilder();
            foreach (var word in paragraph.Split(' '))
            {
                if (line.Length > 0 && Width(line.ToString(), size) + Width(word, size) + (size / 3) > width)
                {
                    lines.Add(line.ToString());
                    line.Clear();
                }

                line.Append(line.Length > 0 ? " " : "").Append(word);
            }

            lines.Add(line.ToString());
            if (lines.Count >= maximumLines)
            {
                break;
            }
        }

        if (lines.Count > maximumLines)
        {
            lines.RemoveRange(maximumLines, lines.Count - maximumLines);
            lines[^1] += "…";
        }

        return lines;
    }
}
