using System.Text.Json;

namespace Actors.Domain.Expressions;

internal enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
}

/// <summary>
/// Equality is that of JSON values, whatever the order of members; order is that of numbers, or of texts by code unit.
/// A number and a text that reads as one compare as numbers. What cannot be ordered is neither less nor greater.
/// </summary>
internal static class Comparison
{
    public static bool Holds(ComparisonOperator @operator, in ExpressionValue left, in ExpressionValue right, Evaluation evaluation) => @operator switch
    {
        ComparisonOperator.Equal => AreEqual(left, right, evaluation),
        ComparisonOperator.NotEqual => !AreEqual(left, right, evaluation),
        ComparisonOperator.In => Contains(right, left, evaluation),
        ComparisonOperator.Less => Order(left, right) < 0,
        ComparisonOperator.LessOrEqual => Order(left, right) <= 0,
        ComparisonOperator.Greater => Order(left, right) > 0,
        _ => Order(left, right) >= 0,
    };

    /// <summary>Below, equal or above zero; null where there is no order.</summary>
    public static int? Order(in ExpressionValue left, in ExpressionValue right)
    {
        if (left.Kind == ExpressionValueKind.Text && right.Kind == ExpressionValueKind.Text)
            return string.CompareOrdinal(left.AsText, right.AsText);

        if (!Arithmetic.TryNumber(left, out var a) || !Arithmetic.TryNumber(right, out var b))
            return null;

        return a.IsWide || b.IsWide ? a.AsDouble.CompareTo(b.AsDouble) : a.AsDecimal.CompareTo(b.AsDecimal);
    }

    public static bool AreEqual(in ExpressionValue left, in ExpressionValue right, Evaluation evaluation)
    {
        if (left.Kind == right.Kind)
        {
            switch (left.Kind)
            {
                case ExpressionValueKind.Null:
                    return true;
                case ExpressionValueKind.Boolean:
                    return left.AsBoolean == right.AsBoolean;
                case ExpressionValueKind.Text:
                    return evaluation.Spend(Math.Min(left.AsText.Length, right.AsText.Length) / 16) && string.Equals(left.AsText, right.AsText, StringComparison.Ordinal);
            }
        }

        if (left.Kind == ExpressionValueKind.Number || right.Kind == ExpressionValueKind.Number)
            return Order(left, right) == 0;

        return IsList(left) && IsList(right) ? ListsEqual(left, right, evaluation)
            : left.Kind == ExpressionValueKind.Json && right.Kind == ExpressionValueKind.Json && JsonEqual(left.AsJson, right.AsJson, evaluation);
    }

    /// <summary>Whether a list has the value, a text the part, or an object the member.</summary>
    public static bool Contains(in ExpressionValue whole, in ExpressionValue part, Evaluation evaluation)
    {
        if (whole.Kind == ExpressionValueKind.Text)
            return part.Kind != ExpressionValueKind.Null && evaluation.Spend(whole.AsText.Length / 16) && whole.AsText.Contains(part.ToText(), StringComparison.Ordinal);

        if (whole.Kind == ExpressionValueKind.Json && whole.AsJson.ValueKind == JsonValueKind.Object)
            return part.Kind == ExpressionValueKind.Text && whole.AsJson.TryGetProperty(part.AsText, out _);

        foreach (var item in Items(whole))
        {
            if (!evaluation.Spend())
                return false;

            if (AreEqual(item, part, evaluation))
                return true;
        }

        return false;
    }

    public static bool IsList(in ExpressionValue value) =>
        value.Kind == ExpressionValueKind.List || (value.Kind == ExpressionValueKind.Json && value.AsJson.ValueKind == JsonValueKind.Array);

    /// <summary>The elements of a list; nothing for what is none.</summary>
    public static IEnumerable<ExpressionValue> Items(ExpressionValue value) => value.Kind switch
    {
        ExpressionValueKind.List => value.AsList,
        ExpressionValueKind.Json when value.AsJson.ValueKind == JsonValueKind.Array => value.AsJson.EnumerateArray().Select(ExpressionValue.Of),
        _ => [],
    };

    public static int Count(in ExpressionValue value) => value.Kind switch
    {
        ExpressionValueKind.List => value.AsList.Length,
        ExpressionValueKind.Json when value.AsJson.ValueKind == JsonValueKind.Array => value.AsJson.GetArrayLength(),
        ExpressionValueKind.Json => value.AsJson.GetPropertyCount(),
        _ => 0,
    };

    private static bool ListsEqual(in ExpressionValue left, in ExpressionValue right, Evaluation evaluation)
    {
        if (Count(left) != Count(right))
            return false;

        foreach (var (a, b) in Items(left).Zip(Items(right)))
        {
            if (!evaluation.Spend() || !AreEqual(a, b, evaluation))
                return false;
        }

        return true;
    }

    // As deep as the reader of JSON lets a value nest, so recursion is bounded.
    private static bool JsonEqual(JsonElement left, JsonElement right, Evaluation evaluation)
    {
        if (left.ValueKind != JsonValueKind.Object || right.ValueKind != JsonValueKind.Object)
            return AreEqual(ExpressionValue.Of(left), ExpressionValue.Of(right), evaluation);

        if (left.GetPropertyCount() != right.GetPropertyCount())
            return false;

        foreach (var member in left.EnumerateObject())
        {
            if (!evaluation.Spend() || !right.TryGetProperty(member.Name, out var other) || !JsonEqual(member.Value, other, evaluation))
                return false;
        }

        return true;
    }
}
