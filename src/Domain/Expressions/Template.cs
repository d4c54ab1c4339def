using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Actors.Domain.Expressions;

/// <summary>
/// Text with places to fill in, written as Handlebars writes them: <c>{{path}}</c>, <c>{{#if}}</c>, <c>{{#unless}}</c>,
/// <c>{{#each}}</c>, <c>{{#with}}</c>, <c>{{else}}</c>, comments and <c>~</c>. Between the braces stands a path, a function with
/// arguments, or any <see cref="Expression"/>. What is filled in is plain text: nothing is escaped.
/// </summary>
/// <remarks>
/// Total and bounded like expressions, and by the same limits; that is why there are no partials, which could call each
/// other without end. Templates are immutable and may be shared by threads. <c>docs/expressions.md</c> describes them.
/// </remarks>
public sealed class Template
{
    /// <summary>Longest template, in UTF-16 units.</summary>
    public const int MaximumLength = 100_000;

    private readonly ImmutableArray<TemplatePart> _parts;

    private Template(string text, ImmutableArray<TemplatePart> parts)
    {
        Text = text;
        _parts = parts;
    }

    /// <summary>What it was parsed from.</summary>
    public string Text { get; }

    /// <summary>Whether nothing is filled in: every rendering is the same.</summary>
    public bool IsConstant => _parts.All(part => part is TemplatePart.Literal);

    public static bool TryParse(string text, [NotNullWhen(true)] out Template? template, [NotNullWhen(false)] out ExpressionError? error)
    {
        template = null;
        if (text.Length > MaximumLength)
        {
            error = new ExpressionError(MaximumLength, $"a template has at most {MaximumLength} characters");
            return false;
        }

        var parser = new TemplateParser(text);
        var parts = parser.ParseAll();
        error = parser.Error;
        if (error is not null)
            return false;

        template = new Template(text, parts);
        return true;
    }

    /// <summary>The text for a value; false when it would become longer or cost more than <see cref="ExpressionLimits"/> allows.</summary>
    public bool TryRender(JsonElement root, [NotNullWhen(true)] out string? text) => TryRender(root, null, out text);

    /// <summary>As <see cref="TryRender(JsonElement, out string?)"/>, for texts in which what is filled in must be escaped.</summary>
    /// <param name="root">The value.</param>
    /// <param name="escape">What becomes of a filled in text, given how many characters stand before it.</param>
    /// <param name="text">The text.</param>
    public bool TryRender(JsonElement root, Func<string, int, string>? escape, [NotNullWhen(true)] out string? text)
    {
        var rendering = new Rendering(ExpressionValue.Of(root), escape);
        rendering.Write(_parts);
        text = rendering.Finish();
        return text is not null;
    }

    public override string ToString() => Text;
}
