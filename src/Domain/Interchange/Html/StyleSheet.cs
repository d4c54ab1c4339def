using System.Text;

namespace Actors.Domain.Interchange.Html;

/// <summary>The style sheet of a page: what its components need, and a class for each place that needs CSS of its own.</summary>
internal sealed class StyleSheet
{
    /// <summary>The palette and what evens out browsers.</summary>
    public const string Base = """
        :root { --ink: #1f2937; --muted: #6b7280; --faint: #9ca3af; --edge: #9ca3af; --soft: #f3f4f6; --shade: #e5e7eb; --paper: #ffffff; --accent: #4f46e5; --accent-soft: #e0e7ff; }
        *, *::before, *::after { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 14px/1.4 Inter, Helvetica, Arial, sans-serif; }
        h1, h2, h3, h4, h5, h6, p, ul, ol, pre, fieldset { min-width: 0; margin: 0; padding: 0; font-size: inherit; }
        ul, ol { list-style: none; }
        a { color: inherit; text-decoration: none; }
        button, input, select, textarea { margin: 0; font: inherit; }
        """;

    private readonly SortedDictionary<string, string> _components = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Stem, string Css), string> _classes = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly StringBuilder _places = new();

    /// <summary>Brings the sheets that a kind of component needs.</summary>
    public void Include(HtmlComponent component)
    {
        foreach (var name in component.Uses)
        {
            _components.TryAdd(name, HtmlParts.Sheets[name]);
        }

        if (component.Css.Length > 0)
        {
            _components.TryAdd("~" + component.Css, component.Css);
        }
    }

    /// <summary>Makes classes of the declarations of an element and of all within; equal ones share a class.</summary>
    public void Place(Element element)
    {
        if (element.Declarations.Count > 0)
        {
            var css = new StringBuilder();
            foreach (var (name, value) in element.Declarations)
            {
                css.Append("  ").Append(name).Append(": ").Append(value).Append(";\n");
            }

            var stem = element.Classes.FirstOrDefault() ?? Escaping.Slug(element.Tag);
            element.Placed = Class(stem, css.ToString());
            element.Declarations.Clear();
        }

        foreach (var child in element.Children)
        {
            if (child is Element inner)
            {
                Place(inner);
            }
        }
    }

    /// <summary>The whole sheet: components in the order of their names, then groups, then places.</summary>
    public string Write(bool withBase, bool withGroups = true)
    {
        var sheet = new StringBuilder();
        if (withBase)
        {
            Format(sheet, Base);
        }

        foreach (var css in _components.Values)
        {
            Format(sheet, css);
        }

        if (withGroups)
        {
            Format(sheet, Placement.Css);
        }

        return sheet.Append(_places).ToString().TrimEnd() + "\n";
    }

    /// <summary>One declaration a line, as a person would write it.</summary>
    public static void Format(StringBuilder sheet, string css)
    {
        foreach (var line in css.Split('\n'))
        {
            var open = line.IndexOf('{', StringComparison.Ordinal);
            if (line.StartsWith('@') || open < 0)
            {
                sheet.Append(line).Append("\n\n");
                continue;
            }

            sheet.Append(line.AsSpan(0, open)).Append("{\n");
            foreach (var declaration in line[(open + 1)..line.LastIndexOf('}')].Split("; ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                sheet.Append("  ").Append(declaration.TrimEnd(';')).Append(";\n");
            }

            sheet.Append("}\n\n");
        }
    }

    private string Class(string stem, string css)
    {
        if (!_classes.TryGetValue((stem, css), out var name))
        {
            var number = _counts[stem] = _counts.GetValueOrDefault(stem) + 1;
            name = $"{stem}-{Escaping.Digits(number)}";
            _classes.Add((stem, css), name);
            _places.Append('.').Append(name).Append(" {\n").Append(css).Append("}\n\n");
        }

        return name;
    }
}
