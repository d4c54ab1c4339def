using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Actors.Domain.Expressions;

/// <summary>
/// A condition or a mapping: JSON paths, comparison, arithmetic and text functions over one JSON value. The language is
/// small, total and bounded: every expression gives a value for every input (what makes no sense is null), nothing in it
/// loops, calls out, or knows time or chance, and an evaluation that would cost too much ends.
/// </summary>
/// <remarks>
/// Paths follow RFC 9535 (JSONPath). <c>$</c> is the input, a bare name is a member of it: <c>amount</c> is <c>$.amount</c>.
/// <c>docs/expressions.md</c> has the grammar and all functions. Expressions are immutable and may be shared by threads.
/// </remarks>
public sealed class Expression
{
    private readonly ExpressionNode _body;

    private Expression(string text, ExpressionNode body)
    {
        Text = text;
        _body = body;
    }

    /// <summary>What it was parsed from.</summary>
    public string Text { get; }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">At most <see cref="ExpressionLimits.Length"/> UTF-16 units.</param>
    /// <param name="variables">Names that stand for values of the scope and not for members of the input.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="error">Where and why the text is none.</param>
    public static bool TryParse(
        string text, ImmutableArray<string> variables, [NotNullWhen(true)] out Expression? expression, [NotNullWhen(false)] out ExpressionError? error)
    {
        expression = null;
        if (text.Length > ExpressionLimits.Length)
        {
            error = new ExpressionError(ExpressionLimits.Length, $"an expression has at most {ExpressionLimits.Length} characters");
            return false;
        }

        var parser = new ExpressionParser(text, variables);
        var body = parser.ParseAll();
        error = parser.Error;
        if (error is not null)
            return false;

        expression = new Expression(text, body);
        return true;
    }

    /// <inheritdoc cref="TryParse(string, ImmutableArray{string}, out Expression?, out ExpressionError?)"/>
    public static bool TryParse(string text, [NotNullWhen(true)] out Expression? expression, [NotNullWhen(false)] out ExpressionError? error) =>
        TryParse(text, [], out expression, out error);

    /// <summary>
    /// The value for an input; false when it would cost more than <see cref="ExpressionLimits"/> allows.
    /// </summary>
    public bool TryEvaluate(in ExpressionScope scope, out ExpressionValue value)
    {
        var evaluation = new Evaluation(ExpressionValue.Of(scope.Root), scope.Variables.IsDefault ? [] : scope.Variables);
        value = _body.Evaluate(evaluation);
        if (!evaluation.IsExhausted)
            return true;

        value = ExpressionValue.Null;
        return false;
    }

    /// <summary>Whether the expression is true of an input; false as well when it costs too much.</summary>
    public bool IsTrue(JsonElement root) => TryEvaluate(new ExpressionScope(root), out var value) && value.IsTruthy;

    internal ExpressionValue Evaluate(Evaluation evaluation) => _body.Evaluate(evaluation);

    public override string ToString() => Text;
}
