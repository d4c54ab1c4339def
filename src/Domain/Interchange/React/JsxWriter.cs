using System.Text;
using Actors.Domain.Interchange.Html;

namespace Actors.Domain.Interchange.React;

/// <summary>Writes a tree as TSX, with the names that React gives to attributes and classes of a CSS module.</summary>
internal static class JsxWriter
{
    /// <summary>What a literal becomes where a component has a property instead: attribute values and words by their text.</summary>
    /// <param name="Words">A text, or null to write it as it is.</param>
    /// <param name="Attribute">An attribute of an element, or null to write it as it is.</param>
    /// <param name="Variant">An element's variant, or null to write it as it is.</param>
    public sealed record Holes(Func<Words, string?> Words, Func<Element, string, string?> Attribute, Func<Element, string?> Variant)
    {
        public static Holes None { get; } = new(_ => null, (_, _) => null, _ => null);
    }

    /// <param name="code">The file.</param>
    /// <param name="element">The element.</param>
    /// <param name="depth">Of indentation.</param>
    /// <param name="holes">What is a property of the component.</param>
    /// <param name="isRoot">Whether the element takes the class that is given to the component.</param>
    public static void Write(StringBuilder code, Element element, int depth, Holes holes, bool isRoot = false)
    {
        code.Append(' ', depth * 2).Append('<').Append(element.Tag);
        if (Classes(element, holes, isRoot) is { } classes)
        {
            code.Append(" className=").Append(classes);
        }

        foreach (var (name, value) in Attributes(element))
        {
            code.Append(' ').Append(char.IsAsciiLetterUpper(element.Tag[0]) ? name : Name(element, name));
            if (holes.Attribute(element, name) is { } property)
            {
                code.Append("={").Append(property).Append('}');
            }
            else if (value is not null)
            {
                code.Append('=').Append(Value(value));
            }
        }

        var children = element.Tag == "textarea" ? [] : element.Children;
        if (children.Count == 0)
        {
            code.Append(" />\n");
            return;
        }

        if (children is [Words only])
        {
            code.Append('>').Append(Text(only, holes)).Append("</").Append(element.Tag).Append(">\n");
            return;
        }

        code.Append(">\n");
        foreach (var child in children)
        {
            if (child is Element inner)
            {
                Write(code, inner, depth + 1, holes);
            }
            else
            {
                code.Append(' ', (depth * 2) + 2).Append(Text((Words)child, holes)).Append('\n');
            }
        }

        code.Append(' ', depth * 2).Append("</").Append(element.Tag).Append(">\n");
    }

    /// <summary>A text of TypeScript, in single quotes.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder("'");
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '\\' => literal.Append("\\\\"),
                '\'' => literal.Append("\\'"),
                '\n' => literal.Append("\\n"),
                '\r' => literal.Append("\\r"),
                '\t' => literal.Append("\\t"),
                < ' ' or '\u2028' or '\u2029' or '\uFEFF' or (>= '\u007F' and < '\u00A0') => literal.Append("\\u").Append(((int)letter).ToString("x4", System.Globalization.CultureInfo.InvariantCulture)),
                _ => literal.Append(letter),
            };
        }

        return literal.Append('\'').ToString();
    }

    /// <summary>A member of the module's classes.</summary>
    public static string Style(string name) => name.Contains('-', StringComparison.Ordinal) ? $"styles['{name}']" : $"styles.{name}";

    private static string Text(Words words, Holes holes)
    {
        if (holes.Words(words) is { } property)
        {
            return $"{{{property}}}";
        }

        var isPlain = words.Value.Trim() == words.Value && words.Value.All(letter => letter is >= ' ' and not ('{' or '}' or '<' or '>' or '&' or '\'' or '"' or '\\') and not (>= '\u007F' and < '\u00A1') and not ('\u2028' or '\u2029' or '\uFEFF'));
        return isPlain && !words.Value.Contains("//", StringComparison.Ordinal) ? words.Value : $"{{{Literal(words.Value)}}}";
    }

    private static string Value(string value) =>
        value.All(letter => letter is >= ' ' and not ('"' or '&' or '\\' or '\u2028' or '\u2029') and not (>= '\u007F' and < '\u00A0')) ? $"\"{value}\"" : $"{{{Literal(value)}}}";

    private static string? Classes(Element element, Holes holes, bool isRoot)
    {
        var parts = element.Classes.Select(Style).ToList();
        if (holes.Variant(element) is { } property)
        {
            parts.Add($"{property} ? styles[{property}] : ''");
        }
        else if (element.Variant is { } variant)
        {
            parts.Add(Style(variant));
        }

        if (isRoot)
        {
            parts.Add("className");
        }
        else if (element.Placed is { } placed)
        {
            parts.Add(Style(placed));
        }

        return parts.Count switch
        {
            0 => null,
            1 => $"{{{parts[0]}}}",
            _ => "{`" + string.Join(' ', parts.Select(part => $"${{{part}}}")) + "`}",
        };
    }

    /// <summary>React keeps what a user may change in attributes of other names, and the chosen option at its list.</summary>
    private static IEnumerable<(string Name, string? Value)> Attributes(Element element)
    {
        foreach (var (name, value) in element.Attributes)
        {
            if (name is not ("data-node" or "selected"))
            {
                yield return (name, value);
            }
        }

        if (element.Tag == "select" && element.Children.OfType<Element>().FirstOrDefault(option => option.Attributes.Exists(attribute => attribute.Name == "selected")) is { } chosen)
        {
            yield return ("value", chosen.Attributes.Find(attribute => attribute.Name == "value").Value ?? string.Concat(chosen.Children.OfType<Words>().Select(words => words.Value)));
        }

        if (element.Tag == "textarea" && element.Children is [Words text])
        {
            yield return ("value", text.Value);
        }
    }

    private static string Name(Element element, string name) => name switch
    {
        "value" when element.Tag is "input" or "select" or "textarea" => "defaultValue",
        "checked" => "defaultChecked",
        "for" => "htmlFor",
        "inputmode" => "inputMode",
        _ when name.StartsWith("aria-", StringComparison.Ordinal) => name,
        _ => Camel(name),
    };

    public static string Camel(string name)
    {
        var parts = name.Split('-', StringSplitOptions.RemoveEmptyEntries);
        return parts[0] + string.Concat(parts.Skip(1).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
    }
}
