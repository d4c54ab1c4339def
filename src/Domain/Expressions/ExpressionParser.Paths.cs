using System.Collections.Immutable;
using System.Globalization;

namespace Actors.Domain.Expressions;

/// <summary>The segments of paths, as RFC 9535 writes them.</summary>
internal sealed partial class ExpressionParser
{
    private ImmutableArray<PathSegment> Segments(ImmutableArray<PathSegment> first)
    {
        var segments = first.ToBuilder();
        while (Error is null && _at < text.Length)
        {
            if (text.AsSpan(_at).StartsWith(".."))
            {
                _at += 2;
                segments.Add(new PathSegment.Descendants(_at < text.Length && text[_at] == '[' ? Bracket() : Dotted()));
            }
            else if (text[_at] == '.')
            {
                _at++;
                segments.Add(Dotted());
            }
            else if (text[_at] == '[')
            {
                segments.Add(Bracket());
            }
            else
            {
                break;
            }
        }

        return segments.ToImmutable();
    }

    private PathSegment Dotted()
    {
        if (_at < text.Length && text[_at] == '*')
        {
            _at++;
            return new PathSegment.All();
        }

        if (_at == text.Length || !IsNameStart(text[_at]))
            Fail("a member's name is expected after the dot");
        return new PathSegment.Member(Name());
    }

    private PathSegment Bracket()
    {
        _at++;
        var parts = ImmutableArray.CreateBuilder<PathSegment>();
        do
            parts.Add(Selector());
        while (Error is null && Take(","));
        Expect("]");
        return parts.Count == 1 ? parts[0] : new PathSegment.Union(parts.ToImmutable());
    }

    private PathSegment Selector()
    {
        SkipSpace();
        if (_at == text.Length)
        {
            Fail("the bracket does not end");
            return new PathSegment.All();
        }

        switch (text[_at])
        {
            case '*':
                _at++;
                return new PathSegment.All();
            case '?':
                _at++;
                return new PathSegment.Filter(Conditional());
            case '\'' or '"':
                return new PathSegment.Member(Quoted());
            default:
                return IndexOrSlice();
        }
    }

    private PathSegment IndexOrSlice()
    {
        var from = WholeNumber();
        if (!Take(":"))
        {
            if (from is null)
                Fail("an index, a slice, a quoted name, '*' or '?' is expected in the bracket");
            return new PathSegment.Index(from ?? 0);
        }

        var to = WholeNumber();
        var step = Take(":") ? WholeNumber() : null;
        return new PathSegment.Slice(from, to, step ?? 1);
    }

    private int? WholeNumber()
    {
        SkipSpace();
        var start = _at;
        if (_at < text.Length && text[_at] == '-')
            _at++;
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
            _at++;
        if (_at == start)
            return null;

        if (int.TryParse(text.AsSpan(start, _at - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number != int.MinValue)
            return number;

        Fail($"'{text[start.._at]}' is not an index", start);
        return 0;
    }
}
