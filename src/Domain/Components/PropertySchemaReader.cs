using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Actors.Domain.Interchange;

namespace Actors.Domain.Components;

/// <summary>
/// Reads a property schema from the JSON Schema that <see cref="PropertySchemaJson"/> writes. Other keywords are refused: one
/// that is silently not checked would promise what does not hold.
/// </summary>
internal sealed class PropertySchemaReader
{
    public const int MaximumProperties = 100;
    public const int MaximumDepth = 4;

    private const int TextLength = 1_000;
    private const int ListCount = 1_000;
    private const int NameLength = 64;
    private const int Choices = 100;

    private static readonly string[] Any = ["title", "description", "default"];

    private int _properties;
    private (string Path, string Rule)? _problem;

    /// <summary>The schema; or what is wrong, with its path below <paramref name="name"/>.</summary>
    public static (PropertySchema Schema, (string Path, string Rule)? Problem) Read(JsonElement schema, string name)
    {
        var reader = new PropertySchemaReader();
        if (schema.ValueKind == JsonValueKind.Object && schema.GetText("type") != "object")
            reader.Fail(name + ".type", "must be 'object'");

        return (reader.ReadObject(schema, name, depth: 1), reader._problem);
    }

    private PropertySchema ReadObject(JsonElement schema, string path, int depth)
    {
        Knows(schema, path, [.. Any, "type", "properties", "required", "additionalProperties", "$schema"]);
        if (schema.Get("additionalProperties") is { ValueKind: not JsonValueKind.False })
            Fail(path + ".additionalProperties", "must be false: a component knows all of its properties");

        if (depth > MaximumDepth)
            Fail(path, Invariant($"must be nested at most {MaximumDepth} deep"));

        var rules = ImmutableDictionary.CreateBuilder<string, PropertyRule>(StringComparer.Ordinal);
        if (schema.Get("properties") is { ValueKind: not JsonValueKind.Object })
            Fail(path + ".properties", "must be an object");

        foreach (var property in schema.GetObject("properties")?.EnumerateObject().ToArray() ?? [])
        {
            var at = $"{path}.properties.{property.Name}";
            if (++_properties > MaximumProperties)
                Fail(at, Invariant($"is too much: a component has at most {MaximumProperties} properties"));

            if (!IsName(property.Name))
                Fail(at, Invariant($"must be a letter and then letters, digits, _ or -, {NameLength} in all"));

            if (_problem is not null)
                break;

            rules[property.Name] = ReadRule(property.Value, at, depth);
        }

        foreach (var name in Required(schema, path))
        {
            if (rules.TryGetValue(name, out var rule))
                rules[name] = rule with { Required = true };
            else
                Fail(path + ".required", $"names '{name}', which is no property");
        }

        return new PropertySchema(rules.ToImmutable());
    }

    private PropertyRule ReadRule(JsonElement rule, string path, int depth)
    {
        if (rule.ValueKind != JsonValueKind.Object)
        {
            Fail(path, "must be an object");
            return new PropertyRule.Json();
        }

        PropertyRule read = rule.GetText("type") switch
        {
            "string" => ReadText(rule, path),
            "number" or "integer" => ReadNumber(rule, path),
            "boolean" => Plain<PropertyRule.Boolean>(rule, path),
            "array" => ReadList(rule, path, depth),
            "object" => new PropertyRule.Object(ReadObject(rule, path, depth + 1)),
            null when rule.Get("type") is null => Plain<PropertyRule.Json>(rule, path),
            _ => Unknown(path),
        };
        read = read with { Title = Words(rule, "title", path), Description = Words(rule, "description", path), Default = rule.Get("default")?.Clone() };
        return read.Default is { } value && CheckDefault(read, value, path) ? read : read with { Default = null };
    }

    private PropertyRule.Text ReadText(JsonElement rule, string path)
    {
        Knows(rule, path, [.. Any, "type", "maxLength", "enum", "format"]);
        var allowed = ImmutableArray.CreateBuilder<string>();
        if (rule.Get("enum") is { } choices)
        {
            var texts = choices.ValueKind == JsonValueKind.Array ? choices.EnumerateArray().Where(choice => choice.ValueKind == JsonValueKind.String).Select(choice => choice.GetString()!).ToArray() : [];
            if (texts.Length is 0 or > Choices || texts.Length != choices.GetArrayLength() || texts.Any(text => text.Length > TextLength))
                Fail(path + ".enum", Invariant($"must be a list of 1 to {Choices} texts"));

            allowed.AddRange(texts);
        }

        return new PropertyRule.Text(
            (int)Limit(rule, "maxLength", path, 10_000, TextLength), allowed.Count == 0 ? default : allowed.ToImmutable(), rule.Get("format") is null ? null : Words(rule, "format", path));
    }

    private PropertyRule.Number ReadNumber(JsonElement rule, string path)
    {
        Knows(rule, path, [.. Any, "type", "minimum", "maximum"]);
        var (minimum, maximum) = (Bound(rule, "minimum", path) ?? double.MinValue, Bound(rule, "maximum", path) ?? double.MaxValue);
        if (minimum > maximum)
            Fail(path + ".minimum", "must not be above the maximum");

        return new PropertyRule.Number(minimum, maximum, rule.GetText("type") == "integer");
    }

    private PropertyRule.List ReadList(JsonElement rule, string path, int depth)
    {
        Knows(rule, path, [.. Any, "type", "items", "maxItems"]);
        if (depth > MaximumDepth)
        {
            Fail(path, Invariant($"must be nested at most {MaximumDepth} deep"));
            return new PropertyRule.List(new PropertyRule.Json());
        }

        return new PropertyRule.List(
            rule.Get("items") is { } items ? ReadRule(items, path + ".items", depth + 1) : new PropertyRule.Json(), (int)Limit(rule, "maxItems", path, ListCount, ListCount));
    }

    private T Plain<T>(JsonElement rule, string path)
        where T : PropertyRule, new()
    {
        Knows(rule, path, [.. Any, "type"]);
        return new T();
    }

    private PropertyRule.Json Unknown(string path)
    {
        Fail(path + ".type", "must be string, number, integer, boolean, array or object");
        return new PropertyRule.Json();
    }

    private bool CheckDefault(PropertyRule rule, JsonElement value, string path)
    {
        const string Name = "default";
        var alone = new PropertySchema(ImmutableDictionary<string, PropertyRule>.Empty.Add(Name, rule));
        if (alone.CheckNamed(JsonBuild.Object(writer => writer.Property(Name, value)), path) is { } refusal)
            Fail(refusal.Errors!.Keys.First(), refusal.Errors.Values.First()[0]);

        return _problem is null;
    }

    private double Limit(JsonElement rule, string name, string path, int most, int byDefault)
    {
        if (rule.Get(name) is not { } value)
            return byDefault;

        if (value.AsNumber() is { } number && number >= 1 && number <= most && Math.Floor(number) == number)
            return number;

        Fail($"{path}.{name}", Invariant($"must be a whole number from 1 to {most}"));
        return byDefault;
    }

    private double? Bound(JsonElement rule, string name, string path)
    {
        if (rule.Get(name) is not null && rule.GetNumber(name) is null)
            Fail($"{path}.{name}", "must be a number");

        return rule.GetNumber(name);
    }

    private string Words(JsonElement rule, string name, string path)
    {
        if (rule.Get(name) is not null && rule.GetText(name) is not { Length: <= TextLength })
            Fail($"{path}.{name}", Invariant($"must be text of at most {TextLength} characters"));

        return rule.GetText(name) ?? "";
    }

    private IEnumerable<string> Required(JsonElement schema, string path)
    {
        if (schema.Get("required") is not { } required)
            return [];

        if (required.ValueKind == JsonValueKind.Array && required.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String))
            return required.EnumerateArray().Select(name => name.GetString()!);

        Fail(path + ".required", "must be a list of names");
        return [];
    }

    private void Knows(JsonElement schema, string path, string[] keywords)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            Fail(path, "must be an object");
            return;
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            if (!keywords.Contains(keyword.Name))
                Fail($"{path}.{keyword.Name}", $"is not checked here; there may be {string.Join(", ", keywords)}");
        }
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= NameLength && char.IsAsciiLetter(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');

    private void Fail(string path, string rule) => _problem ??= (path, rule);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
