using System.Collections.Immutable;

namespace Actors.Domain.Expressions;

/// <summary>A part of a template. A closed family.</summary>
internal abstract record TemplatePart
{
    public sealed record Literal(string Text) : TemplatePart;

    public sealed record Value(TemplateValue Source) : TemplatePart;

    public sealed record If(TemplateValue Condition, bool Negated, ImmutableArray<TemplatePart> Then, ImmutableArray<TemplatePart> Else) : TemplatePart;

    public sealed record Each(TemplateValue Source, ImmutableArray<TemplatePart> Body, ImmutableArray<TemplatePart> Else) : TemplatePart;

    public sealed record With(TemplateValue Source, ImmutableArray<TemplatePart> Body, ImmutableArray<TemplatePart> Else) : TemplatePart;
}

/// <summary>What stands between braces. A closed family.</summary>
internal abstract record TemplateValue
{
    /// <summary>A Handlebars path: so many contexts up, then along the members; or what the loop knows (<c>@index</c>).</summary>
    public sealed record Path(int Up, LoopName? Loop, ImmutableArray<PathSegment> Segments) : TemplateValue;

    /// <summary>A function with arguments behind it, as Handlebars calls helpers.</summary>
    public sealed record Call(ExpressionFunction Function, ImmutableArray<TemplateValue> Arguments) : TemplateValue;

    public sealed record Computed(Expression Expression) : TemplateValue;
}

internal enum LoopName
{
    Root,
    Index,
    Key,
    First,
    Last,
}
