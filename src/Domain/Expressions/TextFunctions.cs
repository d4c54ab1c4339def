using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Actors.Domain.Expressions;

/// <summary>Functions over text. A value that is no text is taken as its text; null stays null.</summary>
internal static class TextFunctions
{
    private const int PatternLength = 256;

    public static ImmutableArray<ExpressionFunction> All { get; } =
    [
        new("lower", 1, 1, "lower(text)", "The text in lower case.", (a, e) => Map(a, e, text => text.ToLowerInvariant())),
        new("upper", 1, 1, "upper(text)", "The text in upper case.", (a, e) => Map(a, e, text => text.ToUpperInvariant())),
        new("trim", 1, 1, "trim(text)", "The text without white space at its ends.", (a, e) => Map(a, e, text => text.Trim())),
        new("string", 1, 1, "string(value)", "The value as text; an object or list as JSON.", (a, e) => Map(a, e, text => text)),
        new("contains", 2, 2, "contains(whole, part)", "Whether a text has the part, a list the value, or an object the member.",
            (a, e) => ExpressionValue.Of(Comparison.Contains(a[0], a[1], e))),
        new("startsWith", 2, 2, "startsWith(text, part)", "Whether the text begins with the part.",
            (a, e) => Test(a, e, (text, part) => text.StartsWith(part, StringComparison.Ordinal))),
        new("endsWith", 2, 2, "endsWith(text, part)", "Whether the text ends with the part.",
            (a, e) => Test(a, e, (text, part) => text.EndsWith(part, StringComparison.Ordinal))),
        new("indexOf", 2, 2, "indexOf(text, part)", "Where the part begins, from 0; -1 where it is not.", IndexOf),
        new("matches", 2, 2, "matches(text, pattern)", "Whether the regular expression matches anywhere; without look-around and back-references, in linear time.", Matches),
        new("substring", 2, 3, "substring(text, from, length?)", "A part of the text; below zero, from counts from the end.", Substring),
        new("replace", 3, 3, "replace(text, old, new)", "The text with every old replaced by new.", Replace),
        new("split", 2, 2, "split(text, separator)", "The parts of the text between separators.", Split),
        new("join", 2, 2, "join(list, separator)", "The elements' texts with the separator between them.", Join),
    ];

    private static ExpressionValue Map(ExpressionValue[] a, Evaluation e, Func<string, string> map) =>
        a[0].Kind == ExpressionValueKind.Null ? ExpressionValue.Null : e.Text(map(a[0].ToText()));

    private static ExpressionValue Test(ExpressionValue[] a, Evaluation e, Func<string, string, bool> test) =>
        a[0].Kind == ExpressionValueKind.Null || a[1].Kind == ExpressionValueKind.Null || !e.Spend()
            ? ExpressionValue.False
            : ExpressionValue.Of(test(a[0].ToText(), a[1].ToText()));

    private static ExpressionValue IndexOf(ExpressionValue[] a, Evaluation e)
    {
        var text = a[0].ToText();
        return e.Spend(text.Length / 16) ? ExpressionValue.Of((decimal)text.IndexOf(a[1].ToText(), StringComparison.Ordinal)) : ExpressionValue.Null;
    }

    private static ExpressionValue Matches(ExpressionValue[] a, Evaluation e)
    {
        var text = a[0].ToText();
        if (a[0].Kind == ExpressionValueKind.Null || a[1].Kind != ExpressionValueKind.Text || a[1].AsText.Length > PatternLength || !e.Spend(text.Length))
            return ExpressionValue.False;

        try
        {
            return ExpressionValue.Of(Regex.IsMatch(text, a[1].AsText, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Timeout.InfiniteTimeSpan));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            // The pattern is data; one that is none matches nothing.
            return ExpressionValue.False;
        }
    }

    private static ExpressionValue Substring(ExpressionValue[] a, Evaluation e)
    {
        if (a[0].Kind == ExpressionValueKind.Null || !NumberFunctions.TryIndex(a[1], out var from))
            return ExpressionValue.Null;

        var text = a[0].ToText();
        var length = text.Length;
        if (a.Length > 2 && !NumberFunctions.TryIndex(a[2], out length))
            return ExpressionValue.Null;

        var start = Math.Clamp(from < 0 ? text.Length + from : from, 0, text.Length);
        return e.Text(text.Substring(start, Math.Clamp(length, 0, text.Length - start)));
    }

    private static ExpressionValue Replace(ExpressionValue[] a, Evaluation e)
    {
        var (text, old, by) = (a[0].ToText(), a[1].ToText(), a[2].ToText());
        if (a[0].Kind == ExpressionValueKind.Null || old.Length == 0)
            return a[0];

        // Replacing can only grow the text by so much; that is paid for before.
        var most = text.Length + (text.Length / old.Length * (long)Math.Max(0, by.Length - old.Length));
        return most > ExpressionLimits.TextLength ? e.Exhaust() : e.Text(text.Replace(old, by, StringComparison.Ordinal));
    }

    private static ExpressionValue Split(ExpressionValue[] a, Evaluation e)
    {
        var separator = a[1].ToText();
        if (a[0].Kind == ExpressionValueKind.Null || separator.Length == 0 || !e.Spend(a[0].ToText().Length))
            return ExpressionValue.Null;

        return ExpressionValue.Of([.. a[0].ToText().Split(separator, StringSplitOptions.None).Select(ExpressionValue.Of)]);
    }

    private static ExpressionValue Join(ExpressionValue[] a, Evaluation e)
    {
        if (!Comparison.IsList(a[0]) || !e.Spend(Comparison.Count(a[0])))
            return ExpressionValue.Null;

        var separator = a[1].ToText();
        var text = new System.Text.StringBuilder();
        foreach (var item in Comparison.Items(a[0]))
        {
            if (text.Length > 0)
                text.Append(separator);
            text.Append(item.ToText());
            if (text.Length > ExpressionLimits.TextLength)
                return e.Exhaust();
        }

        return e.Text(text.ToString());
    }
}
