using System.Collections.Immutable;

namespace Actors.Domain.Expressions;

/// <summary>One evaluation under way: what it sees and what it may still spend.</summary>
internal sealed class Evaluation(ExpressionValue root, ImmutableArray<ExpressionValue> variables)
{
    private int _steps = ExpressionLimits.Steps;
    private ImmutableArray<ExpressionValue> _variables = variables;

    /// <summary>What <c>$</c> names.</summary>
    public ExpressionValue Root { get; private set; } = root;

    /// <summary>What <c>@</c> names: the element that a filter looks at.</summary>
    public ExpressionValue Current { get; set; } = root;

    /// <summary>Whether the evaluation ran into a limit. What is computed from then on means nothing.</summary>
    public bool IsExhausted { get; private set; }

    public ExpressionValue Variable(int index) => index < _variables.Length ? _variables[index] : ExpressionValue.Null;

    /// <summary>Goes on with other things in sight and what is left to spend.</summary>
    public Evaluation Within(ExpressionValue root, ImmutableArray<ExpressionValue> variables)
    {
        Root = Current = root;
        _variables = variables;
        return this;
    }

    /// <summary>Pays for work before it is done; false when that is more than is left.</summary>
    public bool Spend(int steps = 1)
    {
        if (IsExhausted || steps > _steps)
        {
            IsExhausted = true;
            return false;
        }

        _steps -= steps;
        return true;
    }

    /// <summary>Text that an evaluation made, paid for by its length.</summary>
    public ExpressionValue Text(string text) =>
        text.Length <= ExpressionLimits.TextLength && Spend(text.Length / 16) ? ExpressionValue.Of(text) : Exhaust();

    public ExpressionValue Exhaust()
    {
        IsExhausted = true;
        return ExpressionValue.Null;
    }
}
