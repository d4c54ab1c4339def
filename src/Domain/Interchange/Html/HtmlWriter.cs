using System.Collections.Frozen;
using System.Text;

namespace Actors.Domain.Interchange.Html;

/// <summary>Writes a tree as indented HTML. White space is added only where it cannot be seen.</summary>
internal static class HtmlWriter
{
    private static readonly FrozenSet<string> Void = FrozenSet.Create(StringComparer.Ordinal, "br", "hr", "img", "input", "link", "meta");

    public static void Write(StringBuilder page, Element element, int depth)
    {
        page.Append(' ', depth * 2);
        Open(page, element);
        if (!Void.Contains(element.Tag) && !IsEmptyDrawing(element))
        {
            var isBlock = !element.Tight && element.Children.Count > 0 && element.Tag != "pre" && element.Children.TrueForAll(child => child is Element);
            foreach (var child in element.Children)
            {
                if (isBlock)
                {
                    page.Append('\n');
                    Write(page, (Element)child, depth + 1);
                }
                else
                {
                    Inline(page, child);
                }
            }

            if (isBlock)
            {
                page.Append('\n').Append(' ', depth * 2);
            }

            page.Append("</").Append(element.Tag).Append('>');
        }
    }

    private static void Inline(StringBuilder page, Markup part)
    {
        if (part is Words words)
        {
            page.Append(Escaping.Html(words.Value));
            return;
        }

        var element = (Element)part;
        Open(page, element);
        if (!Void.Contains(element.Tag) && !IsEmptyDrawing(element))
        {
            element.Children.ForEach(child => Inline(page, child));
            page.Append("</").Append(element.Tag).Append('>');
        }
    }

    private static void Open(StringBuilder page, Element element)
    {
        page.Append('<').Append(element.Tag);
        var classes = string.Join(' ', element.Classes.Append(element.Variant).Append(element.Placed).Where(name => name is not null));
        if (classes.Length > 0)
        {
            page.Append(" class=\"").Append(classes).Append('"');
        }

        foreach (var (name, value) in element.Attributes)
        {
            page.Append(' ').Append(name);
            if (value is not null)
            {
                page.Append("=\"").Append(Escaping.Html(value)).Append('"');
            }
        }

        page.Append(IsEmptyDrawing(element) ? " />" : ">");
    }

    /// <summary>A shape of a drawing, which may close itself.</summary>
    private static bool IsEmptyDrawing(Element element) =>
        element.Children.Count == 0 && element.Tag is "rect" or "ellipse" or "line" or "path" or "polygon";
}
