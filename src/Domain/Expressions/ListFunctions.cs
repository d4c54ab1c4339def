using System.Collections.Immutable;
using System.Text.Json;

namespace Actors.Domain.Expressions;

/// <summary>Functions over lists and objects.</summary>
internal static class ListFunctions
{
    private const int ManyArguments = 16;

    public static ImmutableArray<ExpressionFunction> All { get; } =
    [
        new("length", 1, 1, "length(value)", "Characters of a text, elements of a list, members of an object; null of anything else.", Length),
        new("type", 1, 1, "type(value)", "null, boolean, number, text, list or object.", (a, _) => ExpressionValue.Of(TypeName(a[0]))),
        new("has", 2, 2, "has(object, name)", "Whether the object has the member, null or not.",
            (a, _) => ExpressionValue.Of(a[0].Kind == ExpressionValueKind.Json && a[0].AsJson.ValueKind == JsonValueKind.Object && a[0].AsJson.TryGetProperty(a[1].ToText(), out JsonElement _))),
        new("keys", 1, 1, "keys(object)", "The names of the members, in their order.", Keys),
        new("values", 1, 1, "values(object)", "The values of the members, in their order.", Values),
        new("first", 1, 1, "first(list)", "The first element, or null.", (a, _) => Comparison.Items(a[0]).FirstOrDefault()),
        new("last", 1, 1, "last(list)", "The last element, or null.", (a, e) => new PathSegment.Index(-1).TryGet(a[0], out var last) ? last : ExpressionValue.Null),
        new("slice", 2, 3, "slice(list, from, to?)", "The elements from one index up to, not including, another.", Slice),
        new("sum", 1, 1, "sum(list)", "The sum of the numbers; 0 of an empty list.", (a, e) => Fold(a[0], e, ExpressionValue.Of(0m), (x, y) => Arithmetic.Apply(ArithmeticOperator.Add, x, y, e))),
        new("avg", 1, 1, "avg(list)", "The mean of the numbers; null of an empty list.", Average),
        new("min", 1, ManyArguments, "min(list) or min(a, b, ...)", "The least number.", (a, e) => Extreme(a, e, -1)),
        new("max", 1, ManyArguments, "max(list) or max(a, b, ...)", "The greatest number.", (a, e) => Extreme(a, e, 1)),
        new("distinct", 1, 1, "distinct(list)", "The elements without repetitions, each where it was first.", Distinct),
        new("coalesce", 1, ManyArguments, "coalesce(a, b, ...)", "The first that is not null.", (a, _) => a.FirstOrDefault(value => value.Kind != ExpressionValueKind.Null)),
    ];

    private static string TypeName(in ExpressionValue value) => value.Kind switch
    {
        ExpressionValueKind.Boolean => "boolean",
        ExpressionValueKind.Number => "number",
        ExpressionValueKind.Text => "text",
        ExpressionValueKind.List => "list",
        ExpressionValueKind.Json => value.AsJson.ValueKind == JsonValueKind.Array ? "list" : "object",
        _ => "null",
    };

    private static ExpressionValue Length(ExpressionValue[] a, Evaluation e) => a[0].Kind switch
    {
        ExpressionValueKind.Text => ExpressionValue.Of((decimal)a[0].AsText.Length),
        ExpressionValueKind.Json or ExpressionValueKind.List => ExpressionValue.Of((decimal)Comparison.Count(a[0])),
        _ => ExpressionValue.Null,
    };

    private static ExpressionValue Keys(ExpressionValue[] a, Evaluation e) =>
        a[0].Kind == ExpressionValueKind.Json && a[0].AsJson.ValueKind == JsonValueKind.Object && e.Spend(a[0].AsJson.GetPropertyCount())
            ? ExpressionValue.Of([.. a[0].AsJson.EnumerateObject().Select(member => ExpressionValue.Of(member.Name))])
            : ExpressionValue.Null;

    private static ExpressionValue Values(ExpressionValue[] a, Evaluation e) =>
        a[0].Kind == ExpressionValueKind.Json && e.Spend(Comparison.Count(a[0])) ? ExpressionValue.Of([.. PathWalk.Children(a[0])]) : ExpressionValue.Null;

    private static ExpressionValue Slice(ExpressionValue[] a, Evaluation e)
    {
        if (!NumberFunctions.TryIndex(a[1], out var from))
            return ExpressionValue.Null;

        int? to = null;
        if (a.Length > 2)
        {
            if (!NumberFunctions.TryIndex(a[2], out var end))
                return ExpressionValue.Null;

            to = end;
        }

        var found = new List<ExpressionValue>();
        new PathSegment.Slice(from, to, 1).Select(a[0], found, e);
        return ExpressionValue.Of([.. found]);
    }

    // Null, once it is the sum or an element, stays: a sum of what are no numbers is none.
    private static ExpressionValue Fold(in ExpressionValue list, Evaluation e, ExpressionValue start, Func<ExpressionValue, ExpressionValue, ExpressionValue> step)
    {
        if (!Comparison.IsList(list) || !e.Spend(Comparison.Count(list)))
            return ExpressionValue.Null;

        foreach (var item in Comparison.Items(list))
        {
            if (!Arithmetic.TryNumber(item, out var number))
                return ExpressionValue.Null;

            start = step(start, number);
        }

        return start;
    }

    private static ExpressionValue Average(ExpressionValue[] a, Evaluation e)
    {
        var sum = Fold(a[0], e, ExpressionValue.Of(0m), (x, y) => Arithmetic.Apply(ArithmeticOperator.Add, x, y, e));
        return Arithmetic.Apply(ArithmeticOperator.Divide, sum, ExpressionValue.Of((decimal)Comparison.Count(a[0])), e);
    }

    private static ExpressionValue Extreme(ExpressionValue[] a, Evaluation e, int sign)
    {
        var list = a.Length == 1 ? a[0] : ExpressionValue.Of([.. a]);
        return Fold(list, e, ExpressionValue.Null, (best, next) => best.Kind == ExpressionValueKind.Null || Comparison.Order(next, best) * sign > 0 ? next : best);
    }

    private static ExpressionValue Distinct(ExpressionValue[] a, Evaluation e)
    {
        if (!Comparison.IsList(a[0]))
            return ExpressionValue.Null;

        var found = new List<ExpressionValue>();
        foreach (var item in Comparison.Items(a[0]))
        {
            var known = false;
            foreach (var other in found)
            {
                if (!e.Spend())
                    return ExpressionValue.Null;

                if (Comparison.AreEqual(other, item, e))
                {
                    known = true;
                    break;
                }
            }

            if (!known)
                found.Add(item);
        }

        return ExpressionValue.Of([.. found]);
    }
}
