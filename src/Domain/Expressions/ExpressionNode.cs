using System.Collections.Immutable;

namespace Actors.Domain.Expressions;

/// <summary>A part of an expression. A closed family; evaluating never throws.</summary>
internal abstract record ExpressionNode
{
    public ExpressionValue Evaluate(Evaluation evaluation) => evaluation.Spend() ? Compute(evaluation) : ExpressionValue.Null;

    protected abstract ExpressionValue Compute(Evaluation evaluation);

    public sealed record Literal(ExpressionValue Value) : ExpressionNode
    {
        protected override ExpressionValue Compute(Evaluation evaluation) => Value;
    }

    /// <summary><c>$</c> or <c>@</c> or a variable, and the way from there.</summary>
    public sealed record Path(PathStart Start, int Variable, ImmutableArray<PathSegment> Segments) : ExpressionNode
    {
        /// <summary>Whether it can lead to one place at most.</summary>
        public bool IsSingular => Segments.All(segment => segment.IsSingular);

        protected override ExpressionValue Compute(Evaluation evaluation) => PathWalk.Value(this, evaluation);
    }

    public sealed record Not(ExpressionNode Operand) : ExpressionNode
    {
        protected override ExpressionValue Compute(Evaluation evaluation) => ExpressionValue.Of(!Operand.Evaluate(evaluation).IsTruthy);
    }

    public sealed record Negate(ExpressionNode Operand) : ExpressionNode
    {
        protected override ExpressionValue Compute(Evaluation evaluation) =>
            Arithmetic.Apply(ArithmeticOperator.Subtract, ExpressionValue.Of(0m), Operand.Evaluate(evaluation), evaluation);
    }

    /// <summary>Both values when both are true, as in most languages: the first that decides.</summary>
    public sealed record And(ExpressionNode Left, ExpressionNode Right) : ExpressionNode
    {
        protected override ExpressionValue Compute(Evaluation evaluation) =>
            ExpressionValue.Of(Left.Evaluate(evaluation).IsTruthy && Right.Evaluate(evaluation).IsTruthy);
    }

    public sealed record Or(ExpressionNode Left, ExpressionNode Right) : ExpressionNode
    {
        protected override ExpressionValue Compute(Evaluation evaluation) =>
            ExpressionValue.Of(Left.Evaluate(evaluation).IsTruthy || Right.Evaluate(evaluation).IsTruthy);
    }

    /// <summary><c>a ?? b</c>: the second where the first is null.</summary>
    public sealed record Coalesce(ExpressionNode Left, ExpressionNode Right) : ExpressionNode
    {
        protected override ExpressionValue Compute(Evaluation evaluation)
        {
            var left = Left.Evaluate(evaluation);
            return left.Kind == ExpressionValueKind.Null ? Right.Evaluate(evaluation) : left;
        }
    }

    public sealed record Conditional(ExpressionNode Condition, ExpressionNode Then, ExpressionNode Else) : ExpressionNode
    {
        protected override ExpressionValue Compute(Evaluation evaluation) =>
            (Condition.Evaluate(evaluation).IsTruthy ? Then : Else).Evaluate(evaluation);
    }

    public sealed record Compare(ComparisonOperator Operator, ExpressionNode Left, ExpressionNode Right) : ExpressionNode
    {
        protected override ExpressionValue Compute(Evaluation evaluation) =>
            ExpressionValue.Of(Comparison.Holds(Operator, Left.Evaluate(evaluation), Right.Evaluate(evaluation), evaluation));
    }

    public sealed record Calculate(ArithmeticOperator Operator, ExpressionNode Left, ExpressionNode Right) : ExpressionNode
    {
        protected override ExpressionValue Compute(Evaluation evaluation) =>
            Arithmetic.Apply(Operator, Left.Evaluate(evaluation), Right.Evaluate(evaluation), evaluation);
    }

    public sealed record ListOf(ImmutableArray<ExpressionNode> Items) : ExpressionNode
    {
        protected override ExpressionValue Compute(Evaluation evaluation) =>
            ExpressionValue.Of([.. Items.Select(item => item.Evaluate(evaluation))]);
    }

    public sealed record Call(ExpressionFunction Function, ImmutableArray<ExpressionNode> Arguments) : ExpressionNode
    {
        protected override ExpressionValue Compute(Evaluation evaluation)
        {
            var arguments = new ExpressionValue[Arguments.Length];
            for (var i = 0; i < arguments.Length; i++)
                arguments[i] = Arguments[i].Evaluate(evaluation);
            return evaluation.IsExhausted ? ExpressionValue.Null : Function.Apply(arguments, evaluation);
        }
    }
}

internal enum PathStart
{
    Root,
    Current,
    Variable,
}
