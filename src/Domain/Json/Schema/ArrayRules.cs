using System.Text.Json;

namespace Actors.Domain.Json.Schema;

/// <summary><c>prefixItems</c> and <c>items</c>, which begins behind it.</summary>
internal sealed class ItemsRule(IReadOnlyList<SchemaNode> prefix, SchemaNode? rest) : SchemaRule
{
    public override bool Holds(JsonElement value, SchemaCheck check)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var fits = true;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var node = index < prefix.Count ? prefix[index] : rest;
            if (node is null)
            {
                break;
            }

            fits &= node.IsNever && index >= prefix.Count
                ? check.Spend() && check.Fail("items", () => $"must have at most {prefix.Count} elements")
                : check.CheckChild(node, item, index);
            if (!fits && (check.EndsEarly || node.IsNever))
            {
                break;
            }

            index++;
        }

        return fits;
    }
}

/// <summary><c>contains</c> with <c>minContains</c> and <c>maxContains</c>.</summary>
internal sealed class ContainsRule(SchemaNode node, long minimum, long? maximum) : SchemaRule
{
    public override bool Holds(JsonElement value, SchemaCheck check)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var count = 0L;
        foreach (var item in value.EnumerateArray())
        {
            if (check.Fits(node, item))
            {
                count++;
            }
        }

        return count < minimum ? check.Fail(count == 0 ? "contains" : "minContains", () => $"must have at least {minimum} elements of the wanted kind, has {count}")
            : count > maximum ? check.Fail("maxContains", () => $"must have at most {maximum} elements of the wanted kind, has {count}")
            : !check.IsExhausted;
    }
}

internal sealed class UniqueItemsRule : SchemaRule
{
    public override bool Holds(JsonElement value, SchemaCheck check)
    {
        if (value.ValueKind != JsonValueKind.Array || !check.Spend(JsonCost.Of(value)))
        {
            return !check.IsExhausted;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (!check.Spend() || !seen.Add(JsonIdentity.Of(item)))
            {
                return check.Fail("uniqueItems", () => $"must have no element twice; the one at {index} is there before");
            }

            index++;
        }

        return true;
    }
}
