using System.Globalization;

namespace Actors.Domain.Expressions;

internal enum ArithmeticOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// <summary>
/// Numbers with numbers; a text that reads as a number counts as one. <c>+</c> with a text joins. Anything else, and
/// dividing by zero, is null.
/// </summary>
internal static class Arithmetic
{
    public static ExpressionValue Apply(ArithmeticOperator @operator, in ExpressionValue left, in ExpressionValue right, Evaluation evaluation)
    {
        if (@operator == ArithmeticOperator.Add && (left.Kind == ExpressionValueKind.Text || right.Kind == ExpressionValueKind.Text))
            return Join(left, right, evaluation);

        if (!TryNumber(left, out var a) || !TryNumber(right, out var b))
            return ExpressionValue.Null;

        return a.IsWide || b.IsWide ? Wide(@operator, a.AsDouble, b.AsDouble) : Exact(@operator, a.AsDecimal, b.AsDecimal);
    }

    /// <summary>The number that a value is or, being text, reads as.</summary>
    public static bool TryNumber(in ExpressionValue value, out ExpressionValue number)
    {
        number = value;
        if (value.Kind == ExpressionValueKind.Number)
            return true;

        if (value.Kind != ExpressionValueKind.Text || value.AsText.Length is 0 or > 64)
            return false;

        var text = value.AsText.AsSpan().Trim();
        number = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? ExpressionValue.Of(exact)
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var wide) ? ExpressionValue.Of(wide)
            : ExpressionValue.Null;
        return number.Kind == ExpressionValueKind.Number;
    }

    private static ExpressionValue Join(in ExpressionValue left, in ExpressionValue right, Evaluation evaluation)
    {
        var a = left.ToText();
        var b = right.ToText();
        return a.Length + (long)b.Length > ExpressionLimits.TextLength ? evaluation.Exhaust() : evaluation.Text(a + b);
    }

    private static ExpressionValue Exact(ArithmeticOperator @operator, decimal a, decimal b)
    {
        if (b == 0 && (@operator is ArithmeticOperator.Divide or ArithmeticOperator.Remainder))
            return ExpressionValue.Null;

        try
        {
            return ExpressionValue.Of(@operator switch
            {
                ArithmeticOperator.Add => a + b,
                ArithmeticOperator.Subtract => a - b,
                ArithmeticOperator.Multiply => a * b,
                ArithmeticOperator.Divide => a / b,
                _ => a % b,
            });
        }
        catch (OverflowException)
        {
            return Wide(@operator, (double)a, (double)b);
        }
    }

    private static ExpressionValue Wide(ArithmeticOperator @operator, double a, double b) => ExpressionValue.Of(@operator switch
    {
        ArithmeticOperator.Add => a + b,
        ArithmeticOperator.Subtract => a - b,
        ArithmeticOperator.Multiply => a * b,
        ArithmeticOperator.Divide => a / b,
        _ => a % b,
    });
}
