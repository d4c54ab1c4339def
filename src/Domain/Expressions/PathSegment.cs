using System.Collections.Immutable;
using System.Text.Json;

namespace Actors.Domain.Expressions;

/// <summary>One step of a path (RFC 9535, section 2.5): what it selects of a value. A closed family.</summary>
internal abstract record PathSegment
{
    /// <summary>Whether it selects one value at most.</summary>
    public virtual bool IsSingular => false;

    public abstract void Select(ExpressionValue value, List<ExpressionValue> found, Evaluation evaluation);

    /// <summary><c>.name</c> or <c>['name']</c>.</summary>
    public sealed record Member(string Name) : PathSegment
    {
        public override bool IsSingular => true;

        public override void Select(ExpressionValue value, List<ExpressionValue> found, Evaluation evaluation)
        {
            if (TryGet(value, out var member))
                found.Add(member);
        }

        public bool TryGet(ExpressionValue value, out ExpressionValue member)
        {
            var exists = value.Kind == ExpressionValueKind.Json && value.AsJson.ValueKind == JsonValueKind.Object;
            member = ExpressionValue.Null;
            if (!exists || !value.AsJson.TryGetProperty(Name, out var element))
                return false;

            member = ExpressionValue.Of(element);
            return true;
        }
    }

    /// <summary><c>[0]</c>; below zero it counts from the end.</summary>
    public sealed record Index(int At) : PathSegment
    {
        public override bool IsSingular => true;

        public override void Select(ExpressionValue value, List<ExpressionValue> found, Evaluation evaluation)
        {
            if (TryGet(value, out var item))
                found.Add(item);
        }

        public bool TryGet(ExpressionValue value, out ExpressionValue item)
        {
            item = ExpressionValue.Null;
            if (!Comparison.IsList(value))
                return false;

            var count = Comparison.Count(value);
            var at = At < 0 ? count + At : At;
            if (at < 0 || at >= count)
                return false;

            item = value.Kind == ExpressionValueKind.List ? value.AsList[at] : ExpressionValue.Of(value.AsJson[at]);
            return true;
        }
    }

    /// <summary><c>[from:to:step]</c>, with the ends brought inside.</summary>
    public sealed record Slice(int? From, int? To, int Step) : PathSegment
    {
        public override void Select(ExpressionValue value, List<ExpressionValue> found, Evaluation evaluation)
        {
            var count = Comparison.Count(value);
            if (!Comparison.IsList(value) || Step == 0 || !evaluation.Spend(count))
                return;

            var items = Comparison.Items(value).ToList();
            if (Step > 0)
            {
                var end = Bound(To ?? count, count);
                for (long i = Bound(From ?? 0, count); i < end; i += Step)
                    found.Add(items[(int)i]);
            }
            else
            {
                var end = To is { } to ? Math.Clamp(to < 0 ? count + to : to, -1, count - 1) : -1;
                for (long i = Math.Min(From is { } from ? (from < 0 ? count + from : from) : count - 1, count - 1); i > end; i += Step)
                    found.Add(items[(int)i]);
            }
        }

        private static int Bound(int at, int count) => Math.Clamp(at < 0 ? count + at : at, 0, count);
    }

    /// <summary><c>*</c>: all members or elements.</summary>
    public sealed record All : PathSegment
    {
        public override void Select(ExpressionValue value, List<ExpressionValue> found, Evaluation evaluation)
        {
            if (evaluation.Spend(Comparison.Count(value)))
                found.AddRange(PathWalk.Children(value));
        }
    }

    /// <summary><c>[?condition]</c>: the members or elements of which it is true. A path alone asks whether it leads anywhere.</summary>
    public sealed record Filter(ExpressionNode Condition) : PathSegment
    {
        public override void Select(ExpressionValue value, List<ExpressionValue> found, Evaluation evaluation)
        {
            var outer = evaluation.Current;
            foreach (var child in PathWalk.Children(value))
            {
                evaluation.Current = child;
                if (!evaluation.Spend())
                    break;

                if (Condition is ExpressionNode.Path path ? PathWalk.Nodes(path, evaluation).Count > 0 : Condition.Evaluate(evaluation).IsTruthy)
                    found.Add(child);
            }

            evaluation.Current = outer;
        }
    }

    /// <summary><c>[a, b]</c>: what each selects, in their order.</summary>
    public sealed record Union(ImmutableArray<PathSegment> Parts) : PathSegment
    {
        public override void Select(ExpressionValue value, List<ExpressionValue> found, Evaluation evaluation)
        {
            foreach (var part in Parts)
                part.Select(value, found, evaluation);
        }
    }

    /// <summary><c>..</c>: the value and all that is below it, each asked for the inner segment.</summary>
    public sealed record Descendants(PathSegment Inner) : PathSegment
    {
        public override void Select(ExpressionValue value, List<ExpressionValue> found, Evaluation evaluation)
        {
            if (!evaluation.Spend())
                return;

            Inner.Select(value, found, evaluation);
            foreach (var child in PathWalk.Children(value))
                Select(child, found, evaluation);
        }
    }
}
