using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Actors.Domain.Json.Schema;

/// <summary>Reads the keywords of one subschema into rules; cheap ones first.</summary>
internal sealed class SchemaKeywords(SchemaCompiler compiler, JsonElement schema, string pointer, List<SchemaRule> rules)
{
    private static readonly ImmutableArray<string> Unsupported = ["$dynamicRef", "$recursiveRef", "unevaluatedItems", "unevaluatedProperties"];

    public void Read()
    {
        foreach (var keyword in Unsupported)
        {
            if (schema.TryGetProperty(keyword, out _))
            {
                compiler.Fail(At(keyword), $"'{keyword}' is not supported", "schema_unsupported");
            }
        }

        ReadReference();
        ReadType();
        ReadNumbers();
        ReadTexts();
        ReadObjects();
        ReadArrays();
        ReadApplicators();
        ReadValues();
    }

    private void ReadReference()
    {
        if (Text("$ref") is { } reference)
        {
            rules.Add(compiler.Reference(reference, At("$ref")));
        }

        _ = Map("$defs");
        _ = Map("definitions");
        _ = Text("$anchor");
    }

    private void ReadType()
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return;
        }

        string[] types = type.ValueKind switch
        {
            JsonValueKind.String => [type.GetString()!],
            JsonValueKind.Array => [.. type.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : "")],
            _ => [],
        };
        if (types.Length == 0 || types.Except(TypeRule.Names, StringComparer.Ordinal).Any())
        {
            compiler.Fail(At("type"), $"must name one or more of {string.Join(", ", TypeRule.Names)}");
        }

        rules.Add(new TypeRule(types));
    }

    private void ReadNumbers()
    {
        AddBound("minimum", -1, exclusive: false, "at least");
        AddBound("maximum", 1, exclusive: false, "at most");
        AddBound("exclusiveMinimum", -1, exclusive: true, "greater than");
        AddBound("exclusiveMaximum", 1, exclusive: true, "less than");
        if (Number("multipleOf") is { } divisor)
        {
            if (!divisor.IsPositive)
            {
                compiler.Fail(At("multipleOf"), "must be greater than 0");
            }

            rules.Add(new MultipleOfRule(divisor));
        }
    }

    private void ReadTexts()
    {
        AddCount("minLength", (keyword, bound) => new LengthRule(keyword, bound, isMaximum: false));
        AddCount("maxLength", (keyword, bound) => new LengthRule(keyword, bound, isMaximum: true));
        if (Text("pattern") is { } pattern && compiler.Pattern(pattern, At("pattern")) is { } regex)
        {
            rules.Add(new PatternRule(regex));
        }

        if (Text("format") is { } format && SchemaFormats.Find(format) is { } holds)
        {
            rules.Add(new FormatRule(format, holds));
        }
    }

    private void ReadObjects()
    {
        AddCount("minProperties", (keyword, bound) => new CountRule(keyword, bound, isMaximum: false, JsonValueKind.Object));
        AddCount("maxProperties", (keyword, bound) => new CountRule(keyword, bound, isMaximum: true, JsonValueKind.Object));
        if (schema.TryGetProperty("required", out var required))
        {
            rules.Add(new RequiredRule(Names(required, At("required"))));
        }

        var named = Map("properties");
        var patterns = Map("patternProperties")?
            .Select(pair => (Pattern: compiler.Pattern(pair.Key, $"{At("patternProperties")}/{SchemaCheck.Escape(pair.Key)}"), pair.Value))
            .Where(pair => pair.Pattern is not null)
            .Select(pair => (pair.Pattern!, pair.Value))
            .ToArray();
        var others = Single("additionalProperties");
        if (named is not null || patterns is not null || others is not null)
        {
            rules.Add(new MembersRule(named ?? [], patterns ?? Array.Empty<(Regex, SchemaNode)>(), others));
        }

        if (Single("propertyNames") is { } names)
        {
            rules.Add(new PropertyNamesRule(names));
        }

        ReadDependencies();
    }

    private void ReadDependencies()
    {
        var dependencies = new List<(string, IReadOnlyList<string>, SchemaNode?)>();
        if (Members("dependentRequired") is { } required)
        {
            dependencies.AddRange(required.Select(member =>
                (member.Name, Names(member.Value, $"{At("dependentRequired")}/{SchemaCheck.Escape(member.Name)}"), (SchemaNode?)null)));
        }

        if (Map("dependentSchemas") is { } schemas)
        {
            dependencies.AddRange(schemas.Select(pair => (pair.Key, (IReadOnlyList<string>)[], (SchemaNode?)pair.Value)));
        }

        if (dependencies.Count > 0)
        {
            rules.Add(new DependentRule(dependencies));
        }
    }

    private void ReadArrays()
    {
        AddCount("minItems", (keyword, bound) => new CountRule(keyword, bound, isMaximum: false, JsonValueKind.Array));
        AddCount("maxItems", (keyword, bound) => new CountRule(keyword, bound, isMaximum: true, JsonValueKind.Array));
        var prefix = Several("prefixItems");
        var rest = Single("items");
        if (prefix is not null || rest is not null)
        {
            rules.Add(new ItemsRule(prefix ?? [], rest));
        }

        if (Single("contains") is { } contains)
        {
            rules.Add(new ContainsRule(contains, Count("minContains") ?? 1, Count("maxContains")));
        }

        if (schema.TryGetProperty("uniqueItems", out var unique) && unique.ValueKind == JsonValueKind.True)
        {
            rules.Add(new UniqueItemsRule());
        }
    }

    private void ReadApplicators()
    {
        if (Several("allOf") is { } all)
        {
            rules.Add(new AllOfRule(all));
        }

        if (Several("anyOf") is { } any)
        {
            rules.Add(new AnyOfRule(any));
        }

        if (Several("oneOf") is { } one)
        {
            rules.Add(new OneOfRule(one));
        }

        if (Single("not") is { } not)
        {
            rules.Add(new NotRule(not));
        }

        var (condition, then, otherwise) = (Single("if"), Single("then"), Single("else"));
        if (condition is not null && (then is not null || otherwise is not null))
        {
            rules.Add(new ConditionRule(condition, then, otherwise));
        }
    }

    private void ReadValues()
    {
        if (schema.TryGetProperty("const", out var value))
        {
            rules.Add(new EnumRule("const", [value]));
        }

        if (schema.TryGetProperty("enum", out var values))
        {
            if (values.ValueKind != JsonValueKind.Array)
            {
                compiler.Fail(At("enum"), "must be a list");
            }
            else
            {
                rules.Add(new EnumRule("enum", [.. values.EnumerateArray()]));
            }
        }
    }

    private void AddBound(string keyword, int sign, bool exclusive, string words)
    {
        if (Number(keyword) is { } bound)
        {
            rules.Add(new BoundRule(keyword, bound, sign, exclusive, words));
        }
    }

    private void AddCount(string keyword, Func<string, long, SchemaRule> rule)
    {
        if (Count(keyword) is { } bound)
        {
            rules.Add(rule(keyword, bound));
        }
    }

    private SchemaNumber? Number(string keyword)
    {
        if (!schema.TryGetProperty(keyword, out var value))
        {
            return null;
        }

        if (SchemaNumber.Of(value) is not { } number)
        {
            compiler.Fail(At(keyword), "must be a number");
            return null;
        }

        return number;
    }

    private long? Count(string keyword)
    {
        if (Number(keyword) is null)
        {
            return null;
        }

        var value = schema.GetProperty(keyword).GetDouble();
        if (value < 0 || value > long.MaxValue || Math.Floor(value) != value)
        {
            compiler.Fail(At(keyword), "must be a whole number, 0 or greater");
            return null;
        }

        return (long)value;
    }

    private string? Text(string keyword)
    {
        if (!schema.TryGetProperty(keyword, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            compiler.Fail(At(keyword), "must be text");
            return null;
        }

        return value.GetString();
    }

    private SchemaNode? Single(string keyword) => schema.TryGetProperty(keyword, out var value) ? compiler.Node(value, At(keyword)) : null;

    private SchemaNode[]? Several(string keyword)
    {
        if (!schema.TryGetProperty(keyword, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            compiler.Fail(At(keyword), "must be a list of schemas, at least one");
            return null;
        }

        return [.. value.EnumerateArray().Select((item, index) => compiler.Node(item, $"{At(keyword)}/{index}"))];
    }

    private Dictionary<string, SchemaNode>? Map(string keyword)
    {
        if (Members(keyword) is not { } members)
        {
            return null;
        }

        var map = new Dictionary<string, SchemaNode>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            map[member.Name] = compiler.Node(member.Value, $"{At(keyword)}/{SchemaCheck.Escape(member.Name)}");
        }

        return map;
    }

    private JsonElement.ObjectEnumerator? Members(string keyword)
    {
        if (!schema.TryGetProperty(keyword, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            compiler.Fail(At(keyword), "must be an object");
            return null;
        }

        return value.EnumerateObject();
    }

    private IReadOnlyList<string> Names(JsonElement value, string at)
    {
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            compiler.Fail(at, "must be a list of texts");
            return [];
        }

        return [.. value.EnumerateArray().Select(item => item.GetString()!)];
    }

    private string At(string keyword) => $"{pointer}/{keyword}";
}
