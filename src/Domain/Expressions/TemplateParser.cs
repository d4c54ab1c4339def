using System.Collections.Immutable;
using System.Globalization;

namespace Actors.Domain.Expressions;

/// <summary>Reads templates: text, and tags between braces. The first error is kept and ends the reading.</summary>
internal sealed class TemplateParser(string text)
{
    private int _at;
    private int _depth;
    private bool _trimNext;

    public ExpressionError? Error { get; private set; }

    public ImmutableArray<TemplatePart> ParseAll()
    {
        var parts = Parts(out var end);
        if (Error is null && end is { } tag)
            Fail($"{{{{{tag.Content}}}}} has no beginning", tag.At);
        return parts;
    }

    /// <summary>Parts up to the end of the text, or up to an <c>else</c> or a closing tag.</summary>
    private ImmutableArray<TemplatePart> Parts(out Tag? end)
    {
        var parts = ImmutableArray.CreateBuilder<TemplatePart>();
        end = null;
        while (Error is null && _at < text.Length)
        {
            var open = text.IndexOf("{{", _at, StringComparison.Ordinal);
            Literal(parts, open < 0 ? text.Length : open);
            if (open < 0 || Error is not null)
                break;

            if (ReadTag(parts) is not { } tag)
                continue;

            if (tag.Content is "else" or "^" || tag.Content.StartsWith('/') || tag.Content.StartsWith("else ", StringComparison.Ordinal))
            {
                end = tag;
                break;
            }

            parts.Add(tag.Content.StartsWith('#') ? Block(tag.Content[1..].Trim(), tag) : new TemplatePart.Value(Value(tag.Content, tag.At)));
        }

        return parts.ToImmutable();
    }

    private void Literal(ImmutableArray<TemplatePart>.Builder parts, int end)
    {
        var literal = text[_at..end];
        if (_trimNext)
            literal = literal.TrimStart();
        _trimNext = false;

        // A tag that begins with ~ takes the space before it.
        if (end + 2 < text.Length && (text[end + 2] == '~' || text.AsSpan(end).StartsWith("{{{~")))
            literal = literal.TrimEnd();

        // Handlebars writes braces as text behind a backslash.
        var escaped = literal.EndsWith('\\') && end < text.Length;
        if (escaped)
            literal = literal[..^1] + "{{";
        if (literal.Length > 0)
            parts.Add(new TemplatePart.Literal(literal));
        _at = escaped ? end + 2 : end;
        if (escaped)
        {
            var next = text.IndexOf("{{", _at, StringComparison.Ordinal);
            Literal(parts, next < 0 ? text.Length : next);
        }
    }

    /// <summary>Null for a comment.</summary>
    private Tag? ReadTag(ImmutableArray<TemplatePart>.Builder parts)
    {
        if (_at >= text.Length)
            return null;

        var start = _at;
        var (opening, closing) = text.AsSpan(_at).StartsWith("{{{") ? ("{{{", "}}}")
            : text.AsSpan(_at).StartsWith("{{!--") || text.AsSpan(_at).StartsWith("{{~!--") ? ("{{", "--}}")
            : ("{{", "}}");
        var end = text.IndexOf(closing, _at + opening.Length, StringComparison.Ordinal);
        if (end < 0)
        {
            Fail($"'{opening}' has no '{closing}'", start);
            return null;
        }

        var content = text[(start + opening.Length)..end];
        _at = end + closing.Length;
        if (content.EndsWith('~'))
        {
            _trimNext = true;
            content = content[..^1];
        }

        content = content.TrimStart('~', '&').Trim();
        if (content.StartsWith('!'))
            return null;

        if (content.StartsWith('>') || content.StartsWith("#>", StringComparison.Ordinal) || content.StartsWith("#*", StringComparison.Ordinal) || content.StartsWith('*'))
        {
            Fail("partials and decorators are not part of the language", start);
            return null;
        }

        return new Tag(content, start);
    }

    private TemplatePart Block(string content, Tag tag)
    {
        if (++_depth > ExpressionLimits.Depth)
            return Fail($"nested deeper than {ExpressionLimits.Depth}", tag.At);

        var space = content.IndexOf(' ', StringComparison.Ordinal);
        var name = space < 0 ? content : content[..space];
        if (name is not ("if" or "unless" or "each" or "with"))
            return Fail($"there is no block '{name}': if, unless, each and with are", tag.At);

        if (space < 0)
            return Fail($"{{{{#{name}}}}} needs a value", tag.At);

        var value = Value(content[space..].Trim(), tag.At);
        var body = Parts(out var end);
        ImmutableArray<TemplatePart> otherwise = [];
        if (Error is null && end is { } mark && !mark.Content.StartsWith('/'))
        {
            // else if: a block of its own in the place of else, which shares the closing tag.
            if (mark.Content.StartsWith("else ", StringComparison.Ordinal))
            {
                otherwise = [Block(mark.Content["else ".Length..].Trim(), mark)];
                _depth--;
                return Error is null ? Make(name, value, body, otherwise) : new TemplatePart.Literal("");
            }

            otherwise = Parts(out end);
        }

        if (Error is null && end?.Content is not { } closing)
            return Fail($"{{{{#{name}}}}} has no {{{{/{name}}}}}", tag.At);

        // The closing tag of an else-if chain carries the name of the block that began it.
        if (Error is null && end!.Value.Content[1..].Trim() is var closed && closed != name && !IsChain(tag, closed))
            return Fail($"{{{{/{closed}}}}} does not close {{{{#{name}}}}}", end.Value.At);

        _depth--;
        return Make(name, value, body, otherwise);
    }

    private static bool IsChain(Tag tag, string closed) => tag.Content.StartsWith("else ", StringComparison.Ordinal) && closed is "if" or "unless" or "each" or "with";

    private static TemplatePart Make(string name, TemplateValue value, ImmutableArray<TemplatePart> body, ImmutableArray<TemplatePart> otherwise) => name switch
    {
        "each" => new TemplatePart.Each(value, body, otherwise),
        "with" => new TemplatePart.With(value, body, otherwise),
        _ => new TemplatePart.If(value, name == "unless", body, otherwise),
    };

    private TemplateValue Value(string content, int at)
    {
        if (Error is not null || ReadPath(content) is not { } path)
            return CallOrExpression(content, at);

        return path;
    }

    private TemplateValue CallOrExpression(string content, int at)
    {
        // `round (a) + 1` is an expression, `round (sum a) 1` is not: where both could be meant, the expression is.
        var isExpression = Expression.TryParse(content, Rendering.VariableNames, out var expression, out var error);
        var words = Words(content);
        if (!isExpression && words.Count > 1 && ExpressionFunctions.Find(words[0]) is { } function)
        {
            if (words.Count - 1 < function.Minimum || words.Count - 1 > function.Maximum)
                Fail($"{function.Signature} does not take {words.Count - 1} arguments", at);
            else
                return new TemplateValue.Call(function, [.. words.Skip(1).Select(word => Argument(word, at))]);
        }

        if (isExpression)
            return new TemplateValue.Computed(expression!);

        Fail($"{{{{{content}}}}}: {error!.Message}", at);
        return Nothing;
    }

    private TemplateValue Argument(string word, int at)
    {
        if (++_depth > ExpressionLimits.Depth)
        {
            Fail($"nested deeper than {ExpressionLimits.Depth}", at);
            return Nothing;
        }

        var value = Value(word.Length > 1 && word[0] == '(' && word[^1] == ')' ? word[1..^1].Trim() : word, at);
        _depth--;
        return value;
    }

    private static TemplateValue Nothing { get; } = new TemplateValue.Path(0, null, []);

    /// <summary>A path as Handlebars writes it; null when the text is none.</summary>
    private static TemplateValue.Path? ReadPath(string content)
    {
        var up = 0;
        while (content.StartsWith("../", StringComparison.Ordinal))
        {
            up++;
            content = content[3..];
        }

        if (content is "" or "." or "this" or "..")
            return content == "" && up == 0 ? null : new TemplateValue.Path(content == ".." ? up + 1 : up, null, []);

        LoopName? loop = null;
        if (content.StartsWith('@'))
        {
            var end = content.IndexOfAny(['.', '/']);
            loop = (end < 0 ? content : content[..end]) switch
            {
                "@root" => LoopName.Root,
                "@index" => LoopName.Index,
                "@key" => LoopName.Key,
                "@first" => LoopName.First,
                "@last" => LoopName.Last,
                _ => null,
            };
            if (loop is null)
                return null;

            content = end < 0 ? "" : content[(end + 1)..];
        }
        else if (content.StartsWith("this.", StringComparison.Ordinal) || content.StartsWith("this/", StringComparison.Ordinal) || content.StartsWith("./", StringComparison.Ordinal))
        {
            content = content[(content[0] == '.' ? 2 : 5)..];
        }
        else if (content is "true" or "false" or "null" || char.IsAsciiDigit(content[0]))
        {
            return null;
        }

        return ReadSegments(content) is { } segments ? new TemplateValue.Path(up, loop, segments) : null;
    }

    private static ImmutableArray<PathSegment>? ReadSegments(string content)
    {
        var segments = ImmutableArray.CreateBuilder<PathSegment>();
        var rest = content.AsSpan();
        while (rest.Length > 0)
        {
            int length;
            if (rest[0] == '[')
            {
                length = rest.IndexOf(']');
                if (length < 1)
                    return null;

                segments.Add(Segment(rest[1..length].ToString()));
                length++;
            }
            else
            {
                length = 0;
                while (length < rest.Length && (char.IsLetterOrDigit(rest[length]) || rest[length] is '_' or '-'))
                    length++;
                if (length == 0 || (rest[..length].Contains('-') && !char.IsLetter(rest[0])))
                    return null;

                segments.Add(Segment(rest[..length].ToString()));
            }

            rest = rest[length..];
            if (rest.Length > 0 && rest[0] is not ('.' or '/'))
                return null;

            if (rest.Length == 1)
                return null;

            rest = rest.Length > 0 ? rest[1..] : rest;
        }

        return segments.ToImmutable();
    }

    private static PathSegment Segment(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? new PathSegment.Index(index) : new PathSegment.Member(name);

    /// <summary>Words between spaces; quotes and parentheses hold theirs together.</summary>
    private static List<string> Words(string content)
    {
        var words = new List<string>();
        var start = -1;
        var open = 0;
        char? quote = null;
        for (var i = 0; i <= content.Length; i++)
        {
            var c = i < content.Length ? content[i] : ' ';
            if (quote is { } mark)
                quote = c == mark ? null : mark;
            else if (c is '\'' or '"')
                quote = c;
            else if (c is '(' or '[')
                open++;
            else if (c is ')' or ']')
                open--;

            if ((char.IsWhiteSpace(c) && quote is null && open <= 0) || i == content.Length)
            {
                if (start >= 0)
                    words.Add(content[start..i]);
                start = -1;
            }
            else if (start < 0)
            {
                start = i;
            }
        }

        return words;
    }

    private TemplatePart.Literal Fail(string message, int at)
    {
        Error ??= new ExpressionError(at, message);
        return new TemplatePart.Literal("");
    }

    private readonly record struct Tag(string Content, int At);
}
