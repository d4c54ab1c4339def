using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Actors.Domain.Components;

/// <summary>Checks properties against a schema. It allocates only to refuse.</summary>
public static class PropertyValidation
{
    private const int NameBytes = 128;

    /// <summary>
    /// The check of an edit: what is there must fit; what is required may still be missing, because a design is drawn
    /// piece by piece. Answers <c>property_invalid</c> with the field's path (<c>props.points[3]</c>) and its rule, or null.
    /// </summary>
    public static Refusal? Check(this PropertySchema schema, JsonElement props) => Begin(schema, props, complete: false);

    /// <summary>As <see cref="Check"/>, for an object that stands under another name than <c>props</c>.</summary>
    public static Refusal? CheckNamed(this PropertySchema schema, JsonElement value, string name) => Begin(schema, value, complete: false, name);

    /// <summary>The check before a run: as <see cref="Check"/>, and every required property is there.</summary>
    public static Refusal? CheckComplete(this PropertySchema schema, JsonElement props) => Begin(schema, props, complete: true);

    private static Refusal? Begin(PropertySchema schema, JsonElement props, bool complete, string name = "props")
    {
        if (props.ValueKind != JsonValueKind.Object)
        {
            return Invalid(name, "must be an object");
        }

        if (!JsonText.IsReadable(props))
        {
            return Invalid(name, "must be well-formed Unicode text");
        }

        return CheckObject(schema, props, complete) is { } problem ? Invalid(name + problem.Path, problem.Rule) : null;
    }

    private static Problem? CheckObject(PropertySchema schema, JsonElement value, bool complete)
    {
        foreach (var property in value.EnumerateObject())
        {
            var rule = Find(schema, property) ?? schema.Others;
            if (rule is null)
            {
                if (schema.Open)
                {
                    continue;
                }

                return new Problem("." + property.Name, "is not a property of this component");
            }

            if (CheckValue(rule, property.Value, complete) is { } problem)
            {
                return problem.Under("." + property.Name);
            }
        }

        return complete ? FindMissing(schema, value) : null;
    }

    private static Problem? FindMissing(PropertySchema schema, JsonElement value)
    {
        Problem? missing = null;
        foreach (var (name, rule) in schema.Properties)
        {
            // The ordinally first one, so that the answer does not depend on the dictionary's order.
            if (rule.Required && !value.TryGetProperty(name, out _) && (missing is null || string.CompareOrdinal("." + name, missing.Path) < 0))
            {
                missing = new Problem("." + name, "is required");
            }
        }

        return missing;
    }

    private static Problem? CheckValue(PropertyRule rule, JsonElement value, bool complete) => rule switch
    {
        PropertyRule.Text text => CheckText(text, value),
        PropertyRule.Number number => CheckNumber(number, value),
        PropertyRule.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : new Problem("", "must be true or false"),
        PropertyRule.List list => CheckList(list, value, complete),
        PropertyRule.Object inner => value.ValueKind == JsonValueKind.Object ? CheckObject(inner.Schema, value, complete) : new Problem("", "must be an object"),
        _ => null,
    };

    private static Problem? CheckText(PropertyRule.Text rule, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return new Problem("", "must be text");
        }

        // No escape or encoding makes a string longer in UTF-16 than in its JSON form, so short ones need not be decoded.
        if (JsonMarshal.GetRawUtf8Value(value).Length - 2 > rule.MaximumLength && value.GetString()!.Length > rule.MaximumLength)
        {
            return new Problem("", string.Create(CultureInfo.InvariantCulture, $"must have at most {rule.MaximumLength} characters"));
        }

        if (rule.Allowed.IsDefaultOrEmpty)
        {
            return null;
        }

        foreach (var allowed in rule.Allowed)
        {
            if (value.ValueEquals(allowed))
            {
                return null;
            }
        }

        return new Problem("", $"must be one of {string.Join(", ", rule.Allowed)}");
    }

    private static Problem? CheckNumber(PropertyRule.Number rule, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || !double.IsFinite(number))
        {
            return new Problem("", "must be a number");
        }

        if (number < rule.Minimum || number > rule.Maximum)
        {
            return new Problem("", (rule.Minimum > double.MinValue, rule.Maximum < double.MaxValue) switch
            {
                (true, true) => string.Create(CultureInfo.InvariantCulture, $"must be between {rule.Minimum} and {rule.Maximum}"),
                (true, false) => string.Create(CultureInfo.InvariantCulture, $"must be at least {rule.Minimum}"),
                _ => string.Create(CultureInfo.InvariantCulture, $"must be at most {rule.Maximum}"),
            });
        }

        return rule.Integer && Math.Floor(number) != number ? new Problem("", "must be a whole number") : null;
    }

    private static Problem? CheckList(PropertyRule.List rule, JsonElement value, bool complete)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return new Problem("", "must be a list");
        }

        if (value.GetArrayLength() > rule.MaximumCount)
        {
            return new Problem("", string.Create(CultureInfo.InvariantCulture, $"must have at most {rule.MaximumCount} entries"));
        }

        if (rule.Item is PropertyRule.Json)
        {
            return null;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (CheckValue(rule.Item, item, complete) is { } problem)
            {
                return problem.Under(string.Create(CultureInfo.InvariantCulture, $"[{index}]"));
            }

            index++;
        }

        return null;
    }

    private static PropertyRule? Find(PropertySchema schema, JsonProperty property)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        if (raw.Length > NameBytes || raw.Contains((byte)'\\'))
        {
            return schema.Find(property.Name);
        }

        Span<char> name = stackalloc char[NameBytes];
        return schema.Find(name[..Encoding.UTF8.GetChars(raw, name)]);
    }

    private static Refusal Invalid(string path, string rule) => Refusal.Field(path, rule, ErrorCodes.PropertyInvalid);

    /// <summary>What is wrong, with a path that grows on the way out.</summary>
    private sealed record Problem(string Path, string Rule)
    {
        public Problem Under(string parent) => this with { Path = parent + Path };
    }
}
