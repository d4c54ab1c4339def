using System.Text.Json;

namespace Actors.Domain.Expressions;

/// <summary>Follows paths.</summary>
internal static class PathWalk
{
    /// <summary>What a singular path leads to, or null; what any other path leads to, as a list.</summary>
    public static ExpressionValue Value(ExpressionNode.Path path, Evaluation evaluation)
    {
        if (!path.IsSingular)
            return ExpressionValue.Of([.. Nodes(path, evaluation)]);

        var value = Start(path, evaluation);
        foreach (var segment in path.Segments)
        {
            if (!evaluation.Spend() || !(segment is PathSegment.Member member ? member.TryGet(value, out value) : ((PathSegment.Index)segment).TryGet(value, out value)))
                return ExpressionValue.Null;
        }

        return value;
    }

    /// <summary>Everything that a path leads to.</summary>
    public static List<ExpressionValue> Nodes(ExpressionNode.Path path, Evaluation evaluation)
    {
        List<ExpressionValue> nodes = [Start(path, evaluation)];
        foreach (var segment in path.Segments)
        {
            var next = new List<ExpressionValue>();
            foreach (var node in nodes)
            {
                if (!evaluation.Spend())
                    return [];

                segment.Select(node, next, evaluation);
            }

            nodes = next;
        }

        return nodes;
    }

    /// <summary>The elements of a list or the values of an object's members.</summary>
    public static IEnumerable<ExpressionValue> Children(ExpressionValue value) =>
        value.Kind == ExpressionValueKind.Json && value.AsJson.ValueKind == JsonValueKind.Object
            ? value.AsJson.EnumerateObject().Select(member => ExpressionValue.Of(member.Value))
            : Comparison.Items(value);

    private static ExpressionValue Start(ExpressionNode.Path path, Evaluation evaluation) => path.Start switch
    {
        PathStart.Root => evaluation.Root,
        PathStart.Current => evaluation.Current,
        _ => evaluation.Variable(path.Variable),
    };
}
