using System.Collections.Immutable;
using System.Text;

namespace Actors.Domain.Interchange.Custom;

/// <summary>A text of a template: letters, and names in double braces for which a node's values stand.</summary>
internal sealed class TemplateText
{
    private const string Open = "{{";
    private const string Close = "}}";

    private readonly ImmutableArray<(string Letters, bool IsName)> _parts;

    private TemplateText(ImmutableArray<(string Letters, bool IsName)> parts)
    {
        _parts = parts;
    }

    /// <summary>The names in it.</summary>
    public IEnumerable<string> Names => _parts.Where(part => part.IsName).Select(part => part.Letters);

    /// <summary>The text, when no value is in it.</summary>
    public string? Literal => _parts switch
    {
        [] => "",
        [(var letters, false)] => letters,
        _ => null,
    };

    /// <summary>The name, when the text is one value and nothing else.</summary>
    public string? Name => _parts is [(var name, true)] ? name : null;

    /// <summary>Null when a brace does not close.</summary>
    public static TemplateText? Parse(string source)
    {
        var parts = ImmutableArray.CreateBuilder<(string, bool)>();
        var at = 0;
        while (source.IndexOf(Open, at, StringComparison.Ordinal) is var open and >= 0)
        {
            var close = source.IndexOf(Close, open, StringComparison.Ordinal);
            if (close < 0)
                return null;

            if (open > at)
                parts.Add((source[at..open], false));

            parts.Add((source[(open + Open.Length)..close].Trim(), true));
            at = close + Close.Length;
        }

        if (at < source.Length)
            parts.Add((source[at..], false));

        return new TemplateText(parts.ToImmutable());
    }

    public string Fill(TemplateValues values)
    {
        var text = new StringBuilder();
        foreach (var (letters, isName) in _parts)
            text.Append(isName ? values.Text(letters) : letters);

        return text.ToString();
    }
}
