using System.Collections.Immutable;
using Actors.Domain.Interchange.Html;

namespace Actors.Domain.Interchange.Custom;

/// <summary>An element of a component's markup, as its template says it.</summary>
internal sealed record MarkupElement
{
    public required string Tag { get; init; }

    /// <inheritdoc cref="DrawnShape.When"/>
    public string? When { get; init; }

    /// <inheritdoc cref="DrawnShape.Unless"/>
    public string? Unless { get; init; }

    /// <summary>The list for each of whose entries the element stands once.</summary>
    public string? Each { get; init; }

    public ImmutableArray<(string Name, TemplateText Value)> Styles { get; init; } = [];

    /// <summary>A null value stands for an attribute that is there without one.</summary>
    public ImmutableArray<(string Name, TemplateText? Value)> Attributes { get; init; } = [];

    /// <summary>Elements, and texts (<see cref="TemplateText"/>).</summary>
    public ImmutableArray<object> Children { get; init; } = [];

    public Element Build(TemplateValues values)
    {
        var element = new Element(Tag);
        foreach (var (name, value) in Styles)
        {
            // What a node brings may be no value of CSS; then the declaration is left out.
            var text = value.Fill(values);
            element.Css(name, MarkupRules.IsValue(text) ? text : null);
        }

        if (Tag == "button")
            element.With("type", "button");

        foreach (var (name, value) in Attributes)
        {
            if (MarkupRules.IsFlag(Tag, name))
                element.Mark(name, value is null || values.Has(value.Name!));
            else
                element.With(name, value!.Fill(values));
        }

        foreach (var child in Children)
        {
            if (child is TemplateText text)
                element.Say(text.Fill(values));
            else
                ((MarkupElement)child).AddTo(element, values);
        }

        return element;
    }

    private void AddTo(Element parent, TemplateValues values)
    {
        if (Each is null)
            AddOne(parent, values);
        else
            values.ForEach(Each, _ => AddOne(parent, values));
    }

    private void AddOne(Element parent, TemplateValues values)
    {
        var isShown = (When is null || values.Has(When)) && (Unless is null || !values.Has(Unless));
        if (isShown && values.Take())
            parent.Add(Build(values));
    }
}
