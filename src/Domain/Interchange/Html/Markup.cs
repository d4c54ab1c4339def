namespace Actors.Domain.Interchange.Html;

/// <summary>A part of a page: an element or a text. One tree is written as HTML and as JSX.</summary>
internal abstract class Markup;

/// <summary>Text as a reader sees it; escaped by whoever writes it.</summary>
internal sealed class Words(string value) : Markup
{
    public string Value { get; } = value;
}

/// <summary>
/// An element. Its tag, attribute names and <see cref="Classes"/> come from this code alone; only attribute values and
/// words come from a design.
/// </summary>
internal sealed class Element(string tag) : Markup
{
    public string Tag { get; set; } = tag;

    /// <summary>Classes of the component's own style sheet.</summary>
    public List<string> Classes { get; } = [];

    /// <summary>The class that chooses among the looks of a component, such as <c>danger</c>.</summary>
    public string? Variant { get; set; }

    /// <summary>CSS of this one place, from which the page's style sheet makes a class.</summary>
    public List<(string Name, string Value)> Declarations { get; } = [];

    /// <summary>The class that the page's style sheet made.</summary>
    public string? Placed { get; set; }

    /// <summary>In the order in which they are written; a null value stands for an attribute without one.</summary>
    public List<(string Name, string? Value)> Attributes { get; } = [];

    public List<Markup> Children { get; } = [];

    /// <summary>The type of the node whose element this is; null for parts and groups.</summary>
    public string? Component { get; set; }

    /// <summary>Whether no white space may be put between its parts, where it would be seen.</summary>
    public bool Tight { get; set; }

    /// <summary>The part that carries the colours and outline of its node; the element itself when none is named.</summary>
    public Element? Looks { get; set; }

    public static Element Of(string tag, string? style = null, params ReadOnlySpan<Markup?> children)
    {
        var element = new Element(tag);
        if (style is not null)
        {
            element.Classes.AddRange(style.Split(' '));
        }

        return element.Add(children);
    }

    public Element Add(params ReadOnlySpan<Markup?> children)
    {
        foreach (var child in children)
        {
            if (child is not null)
            {
                Children.Add(child);
            }
        }

        return this;
    }

    public Element AddAll(IEnumerable<Markup> children)
    {
        Children.AddRange(children);
        return this;
    }

    /// <summary>Adds a text; none when it is null or empty.</summary>
    public Element Say(string? text) => text is { Length: > 0 } ? Add(new Words(text)) : this;

    /// <summary>Sets an attribute; none when the value is null.</summary>
    public Element With(string name, string? value)
    {
        if (value is not null)
        {
            Attributes.Add((name, value));
        }

        return this;
    }

    /// <summary>Sets an attribute that has no value.</summary>
    public Element Mark(string name, bool on = true)
    {
        if (on)
        {
            Attributes.Add((name, null));
        }

        return this;
    }

    /// <summary>Adds CSS for this one place; none when the value is null. Both come from this code or a checked template, never from a design's text.</summary>
    public Element Css(string name, string? value)
    {
        if (value is not null)
        {
            Declarations.Add((name, value));
        }

        return this;
    }

    public Element Style(string name, bool on = true)
    {
        if (on)
        {
            Classes.Add(name);
        }

        return this;
    }
}
