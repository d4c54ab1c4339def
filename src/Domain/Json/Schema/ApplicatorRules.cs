using System.Text.Json;

namespace Actors.Domain.Json.Schema;

/// <summary><c>$ref</c>. The target is known when the whole schema is compiled.</summary>
internal sealed class ReferenceRule : SchemaRule
{
    public SchemaNode Target { get; set; } = new();

    public override IEnumerable<SchemaNode> InPlace => [Target];

    public override bool Holds(JsonElement value, SchemaCheck check) => check.Check(Target, value);
}

internal sealed class AllOfRule(IReadOnlyList<SchemaNode> nodes) : SchemaRule
{
    public override IEnumerable<SchemaNode> InPlace => nodes;

    public override bool Holds(JsonElement value, SchemaCheck check)
    {
        var fits = true;
        foreach (var node in nodes)
        {
            fits &= check.Check(node, value);
            if (!fits && check.EndsEarly)
            {
                break;
            }
        }

        return fits;
    }
}

internal sealed class AnyOfRule(IReadOnlyList<SchemaNode> nodes) : SchemaRule
{
    public override IEnumerable<SchemaNode> InPlace => nodes;

    public override bool Holds(JsonElement value, SchemaCheck check)
    {
        foreach (var node in nodes)
        {
            if (check.Fits(node, value))
            {
                return true;
            }
        }

        return check.Fail("anyOf", () => $"must fit at least one of {nodes.Count} schemas");
    }
}

internal sealed class OneOfRule(IReadOnlyList<SchemaNode> nodes) : SchemaRule
{
    public override IEnumerable<SchemaNode> InPlace => nodes;

    public override bool Holds(JsonElement value, SchemaCheck check)
    {
        var count = 0;
        foreach (var node in nodes)
        {
            count += check.Fits(node, value) ? 1 : 0;
        }

        return count == 1 || check.Fail("oneOf", () => $"must fit exactly one of {nodes.Count} schemas, fits {count}");
    }
}

internal sealed class NotRule(SchemaNode node) : SchemaRule
{
    public override IEnumerable<SchemaNode> InPlace => [node];

    // An exhausted answer is no answer, and must not turn into a yes.
    public override bool Holds(JsonElement value, SchemaCheck check) =>
        (!check.Fits(node, value) || check.Fail("not", "must not fit the schema")) && !check.IsExhausted;
}

internal sealed class ConditionRule(SchemaNode condition, SchemaNode? then, SchemaNode? otherwise) : SchemaRule
{
    public override IEnumerable<SchemaNode> InPlace => new[] { condition, then, otherwise }.OfType<SchemaNode>();

    public override bool Holds(JsonElement value, SchemaCheck check)
    {
        var node = check.Fits(condition, value) ? then : otherwise;
        return !check.IsExhausted && (node is null || check.Check(node, value));
    }
}
