using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Actors.Domain.Expressions;

/// <summary>
/// Reads expressions by recursive descent, one method a level of precedence: <c>?:</c>, <c>??</c>, <c>or</c>, <c>and</c>,
/// comparison, sum, product, sign. The first error is kept and ends the reading.
/// </summary>
internal sealed partial class ExpressionParser(string text, ImmutableArray<string> variables)
{
    private static readonly ExpressionNode Nothing = new ExpressionNode.Literal(ExpressionValue.Null);

    private int _at;
    private int _depth;

    public ExpressionError? Error { get; private set; }

    public ExpressionNode ParseAll()
    {
        var node = Conditional();
        SkipSpace();
        if (Error is null && _at < text.Length)
            Fail($"'{text[_at]}' is not expected here");
        return node;
    }

    private ExpressionNode Conditional()
    {
        if (++_depth > ExpressionLimits.Depth)
            return Fail($"nested deeper than {ExpressionLimits.Depth}");

        var node = Coalesce();
        if (Error is null && TakeConditionalMark())
        {
            var then = Conditional();
            Expect(":");
            node = new ExpressionNode.Conditional(node, then, Conditional());
        }

        _depth--;
        return node;
    }

    private ExpressionNode Coalesce()
    {
        var node = Or();
        while (Error is null && Take("??"))
            node = new ExpressionNode.Coalesce(node, Or());
        return node;
    }

    private ExpressionNode Or()
    {
        var node = And();
        while (Error is null && (Take("||") || TakeWord("or")))
            node = new ExpressionNode.Or(node, And());
        return node;
    }

    private ExpressionNode And()
    {
        var node = Compare();
        while (Error is null && (Take("&&") || TakeWord("and")))
            node = new ExpressionNode.And(node, Compare());
        return node;
    }

    private ExpressionNode Compare()
    {
        var node = Sum();
        if (Error is null && TakeComparison() is { } @operator)
        {
            node = new ExpressionNode.Compare(@operator, node, Sum());
            if (Error is null && TakeComparison() is not null)
                return Fail("comparisons do not chain; join them with 'and'");
        }

        return node;
    }

    private ExpressionNode Sum()
    {
        var node = Product();
        while (Error is null)
        {
            if (Take("+"))
                node = new ExpressionNode.Calculate(ArithmeticOperator.Add, node, Product());
            else if (Take("-"))
                node = new ExpressionNode.Calculate(ArithmeticOperator.Subtract, node, Product());
            else
                break;
        }

        return node;
    }

    private ExpressionNode Product()
    {
        var node = Sign();
        while (Error is null)
        {
            if (Take("*"))
                node = new ExpressionNode.Calculate(ArithmeticOperator.Multiply, node, Sign());
            else if (Take("/"))
                node = new ExpressionNode.Calculate(ArithmeticOperator.Divide, node, Sign());
            else if (Take("%"))
                node = new ExpressionNode.Calculate(ArithmeticOperator.Remainder, node, Sign());
            else
                break;
        }

        return node;
    }

    private ExpressionNode Sign()
    {
        if (++_depth > ExpressionLimits.Depth)
            return Fail($"nested deeper than {ExpressionLimits.Depth}");

        var node = Take("-") ? new ExpressionNode.Negate(Sign())
            : TakeNot() || TakeWord("not") ? new ExpressionNode.Not(Sign())
            : Primary();
        _depth--;
        return node;
    }

    private ExpressionNode Primary()
    {
        SkipSpace();
        if (Error is not null)
            return Nothing;

        if (_at == text.Length)
            return Fail("the expression ends where a value is expected");

        switch (text[_at])
        {
            case '(':
                _at++;
                var inner = Conditional();
                Expect(")");
                return inner;
            case '[':
                _at++;
                return new ExpressionNode.ListOf(Items("]"));
            case '\'' or '"':
                return new ExpressionNode.Literal(ExpressionValue.Of(Quoted()));
            case '$':
                _at++;
                return new ExpressionNode.Path(PathStart.Root, 0, Segments([]));
            case '@':
                _at++;
                return new ExpressionNode.Path(PathStart.Current, 0, Segments([]));
            case >= '0' and <= '9':
                return Number();
            case var c when IsNameStart(c):
                return Named(Name());
            case var c:
                return Fail($"'{c}' is not expected here");
        }
    }

    private ExpressionNode Named(string name)
    {
        switch (name)
        {
            case "true":
                return new ExpressionNode.Literal(ExpressionValue.True);
            case "false":
                return new ExpressionNode.Literal(ExpressionValue.False);
            case "null":
                return Nothing;
        }

        var start = _at;
        if (Take("("))
            return Call(name, start);

        var variable = variables.IndexOf(name);
        return variable >= 0
            ? new ExpressionNode.Path(PathStart.Variable, variable, Segments([]))
            : new ExpressionNode.Path(PathStart.Root, 0, Segments([new PathSegment.Member(name)]));
    }

    private ExpressionNode Call(string name, int start)
    {
        var arguments = Items(")");
        if (Error is not null)
            return Nothing;

        if (ExpressionFunctions.Find(name) is not { } function)
            return Fail($"there is no function '{name}'", start);

        return arguments.Length >= function.Minimum && arguments.Length <= function.Maximum
            ? new ExpressionNode.Call(function, arguments)
            : Fail($"{function.Signature} does not take {arguments.Length} arguments", start);
    }

    private ImmutableArray<ExpressionNode> Items(string end)
    {
        if (Take(end))
            return [];

        var items = ImmutableArray.CreateBuilder<ExpressionNode>();
        do
            items.Add(Conditional());
        while (Error is null && Take(","));
        Expect(end);
        return items.ToImmutable();
    }

    private ExpressionNode Number()
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '.' || text[_at] is 'e' or 'E' || (text[_at] is '+' or '-' && text[_at - 1] is 'e' or 'E')))
            _at++;
        return Arithmetic.TryNumber(ExpressionValue.Of(text[start.._at]), out var number)
            ? new ExpressionNode.Literal(number)
            : Fail($"'{text[start.._at]}' is not a number", start);
    }

    private string Quoted()
    {
        var start = _at;
        var quote = text[_at++];
        var value = new StringBuilder();
        while (_at < text.Length && text[_at] != quote)
        {
            if (text[_at] == '\\')
                value.Append(Escaped());
            else
                value.Append(text[_at++]);
        }

        if (_at == text.Length)
            Fail("the text has no closing quote", start);
        else
            _at++;
        return value.ToString();
    }

    private char Escaped()
    {
        var start = _at++;
        if (_at == text.Length)
            return '\\';

        var escape = text[_at++];
        switch (escape)
        {
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case '\\' or '\'' or '"' or '/':
                return escape;
            case 'u' when _at + 4 <= text.Length && ushort.TryParse(text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit):
                _at += 4;
                return (char)unit;
            default:
                Fail(@"\n, \r, \t, \\, \', \"", \/ and \u0000 are the escapes", start);
                return escape;
        }
    }

    private ComparisonOperator? TakeComparison() =>
        Take("==") ? ComparisonOperator.Equal
        : Take("!=") ? ComparisonOperator.NotEqual
        : Take("<=") ? ComparisonOperator.LessOrEqual
        : Take(">=") ? ComparisonOperator.GreaterOrEqual
        : Take("<") ? ComparisonOperator.Less
        : Take(">") ? ComparisonOperator.Greater
        : TakeWord("in") ? ComparisonOperator.In
        : null;

    private bool TakeNot()
    {
        SkipSpace();
        return !text.AsSpan(_at).StartsWith("!=") && Take("!");
    }

    private bool TakeConditionalMark()
    {
        SkipSpace();
        return !text.AsSpan(_at).StartsWith("??") && Take("?");
    }

    private bool Take(string sign)
    {
        SkipSpace();
        if (!text.AsSpan(_at).StartsWith(sign, StringComparison.Ordinal))
            return false;

        _at += sign.Length;
        return true;
    }

    private bool TakeWord(string word)
    {
        SkipSpace();
        if (!text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal) || (_at + word.Length < text.Length && IsNamePart(text[_at + word.Length])))
            return false;

        _at += word.Length;
        return true;
    }

    private void Expect(string sign)
    {
        if (Error is null && !Take(sign))
            Fail(_at < text.Length ? $"'{sign}' is expected before '{text[_at]}'" : $"'{sign}' is missing at the end");
    }

    private string Name()
    {
        var start = _at;
        while (_at < text.Length && IsNamePart(text[_at]))
            _at++;
        return text[start.._at];
    }

    private static bool IsNameStart(char c) => char.IsLetter(c) || c == '_';

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c == '_';

    private void SkipSpace()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\n' or '\r')
            _at++;
    }

    private ExpressionNode Fail(string message, int? at = null)
    {
        Error ??= new ExpressionError(at ?? _at, message);
        return Nothing;
    }
}
