using System.Text.Json;
using System.Text.RegularExpressions;

namespace Actors.Domain.Json.Schema;

/// <summary><c>properties</c>, <c>patternProperties</c> and <c>additionalProperties</c>, of which the last depends on the others.</summary>
internal sealed class MembersRule(
    IReadOnlyDictionary<string, SchemaNode> named, IReadOnlyList<(Regex Pattern, SchemaNode Node)> patterns, SchemaNode? others) : SchemaRule
{
    public override bool Holds(JsonElement value, SchemaCheck check)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var fits = true;
        foreach (var member in value.EnumerateObject())
        {
            fits &= HoldsOf(member.Name, member.Value, check);
            if (!fits && check.EndsEarly)
            {
                break;
            }
        }

        return fits;
    }

    private bool HoldsOf(string name, JsonElement value, SchemaCheck check)
    {
        var (fits, known) = (true, false);
        if (named.TryGetValue(name, out var node))
        {
            known = true;
            fits = check.CheckChild(node, value, name);
        }

        foreach (var (pattern, matched) in patterns)
        {
            if (!check.Spend(1 + name.Length))
            {
                return false;
            }

            if (pattern.IsMatch(name))
            {
                known = true;
                fits &= check.CheckChild(matched, value, name);
            }
        }

        if (known || others is null)
        {
            return fits && !check.IsExhausted;
        }

        return others.IsNever
            ? check.Spend() && check.Fail("additionalProperties", () => $"must not have the member '{name}'")
            : check.CheckChild(others, value, name);
    }
}

internal sealed class RequiredRule(IReadOnlyList<string> names) : SchemaRule
{
    public override bool Holds(JsonElement value, SchemaCheck check) => value.ValueKind != JsonValueKind.Object || HasAll(value, names, "required", "", check);

    public static bool HasAll(JsonElement value, IReadOnlyList<string> names, string keyword, string reason, SchemaCheck check)
    {
        var fits = check.Spend(names.Count);
        foreach (var name in names)
        {
            if (fits && check.IsExhausted)
            {
                return false;
            }

            if (!value.TryGetProperty(name, out _))
            {
                fits = check.Fail(keyword, () => $"must have the member '{name}'{reason}");
                if (check.EndsEarly)
                {
                    break;
                }
            }
        }

        return fits;
    }
}

internal sealed class PropertyNamesRule(SchemaNode names) : SchemaRule
{
    public override bool Holds(JsonElement value, SchemaCheck check)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (!check.Spend(1 + member.Name.Length))
            {
                return false;
            }

            if (!check.Fits(names, JsonSerializer.SerializeToElement(member.Name)))
            {
                return check.Fail("propertyNames", () => $"must not have a member of the name '{member.Name}'");
            }
        }

        return true;
    }
}

/// <summary><c>dependentRequired</c> and <c>dependentSchemas</c>: what the presence of a member asks for.</summary>
internal sealed class DependentRule(IReadOnlyList<(string Name, IReadOnlyList<string> Required, SchemaNode? Node)> dependencies) : SchemaRule
{
    public override IEnumerable<SchemaNode> InPlace => dependencies.Select(dependency => dependency.Node).OfType<SchemaNode>();

    public override bool Holds(JsonElement value, SchemaCheck check)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var fits = true;
        foreach (var (name, required, node) in dependencies)
        {
            if (check.Spend() && value.TryGetProperty(name, out _))
            {
                fits &= node is null ? RequiredRule.HasAll(value, required, "dependentRequired", $" beside '{name}'", check) : check.Check(node, value);
            }
        }

        return fits && !check.IsExhausted;
    }
}

/// <summary><c>minProperties</c>, <c>maxProperties</c>, <c>minItems</c> and <c>maxItems</c>.</summary>
internal sealed class CountRule(string keyword, long bound, bool isMaximum, JsonValueKind kind) : SchemaRule
{
    public override bool Holds(JsonElement value, SchemaCheck check)
    {
        if (value.ValueKind != kind)
        {
            return true;
        }

        var count = kind == JsonValueKind.Object ? value.GetPropertyCount() : value.GetArrayLength();
        return (isMaximum ? count <= bound : count >= bound)
            || check.Fail(keyword, () => $"must have at {(isMaximum ? "most" : "least")} {bound} {(kind == JsonValueKind.Object ? "members" : "elements")}");
    }
}
