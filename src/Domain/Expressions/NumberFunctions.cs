using System.Collections.Immutable;

namespace Actors.Domain.Expressions;

/// <summary>Functions over numbers. A text that reads as a number counts as one; anything else gives null.</summary>
internal static class NumberFunctions
{
    private const int MostDigits = 15;

    public static ImmutableArray<ExpressionFunction> All { get; } =
    [
        new("number", 1, 1, "number(value)", "The number that a text reads as, or that true (1) and false (0) are.", Number),
        new("boolean", 1, 1, "boolean(value)", "Whether the value counts as true.", (a, _) => ExpressionValue.Of(a[0].IsTruthy)),
        new("abs", 1, 1, "abs(number)", "The number without its sign.", (a, _) => Map(a, Math.Abs, Math.Abs)),
        new("floor", 1, 1, "floor(number)", "The largest whole number not above.", (a, _) => Map(a, Math.Floor, Math.Floor)),
        new("ceil", 1, 1, "ceil(number)", "The smallest whole number not below.", (a, _) => Map(a, Math.Ceiling, Math.Ceiling)),
        new("round", 1, 2, "round(number, digits?)", "Rounded to digits (0 to 15, default 0) behind the point, halves away from zero.", Round),
    ];

    /// <summary>A whole number that may count elements or characters.</summary>
    public static bool TryIndex(in ExpressionValue value, out int index)
    {
        index = 0;
        if (!Arithmetic.TryNumber(value, out var number) || number.IsWide)
            return false;

        index = (int)Math.Clamp(decimal.Truncate(number.AsDecimal), -int.MaxValue, int.MaxValue);
        return true;
    }

    private static ExpressionValue Number(ExpressionValue[] a, Evaluation e) =>
        Arithmetic.TryNumber(a[0], out var number) ? number
        : a[0].Kind == ExpressionValueKind.Boolean ? ExpressionValue.Of(a[0].AsBoolean ? 1m : 0m)
        : ExpressionValue.Null;

    private static ExpressionValue Map(ExpressionValue[] a, Func<decimal, decimal> exact, Func<double, double> wide) =>
        !Arithmetic.TryNumber(a[0], out var number) ? ExpressionValue.Null
        : number.IsWide ? ExpressionValue.Of(wide(number.AsDouble))
        : ExpressionValue.Of(exact(number.AsDecimal));

    private static ExpressionValue Round(ExpressionValue[] a, Evaluation e)
    {
        var digits = 0;
        if (a.Length > 1 && !TryIndex(a[1], out digits))
            return ExpressionValue.Null;

        digits = Math.Clamp(digits, 0, MostDigits);
        return Map(a, value => Math.Round(value, digits, MidpointRounding.AwayFromZero), value => Math.Round(value, digits, MidpointRounding.AwayFromZero));
    }
}
