using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Actors.Frontend.Tests.OpenApi;

/// <summary>
/// Holds a value against a schema of the document: the part of JSON Schema 2020-12 that our documents use. An unknown
/// keyword is an error, so that a schema cannot promise what is not checked.
/// </summary>
public sealed class SchemaCheck(JsonObject document)
{
    private static readonly HashSet<string> Silent = new(["description", "title", "format", "default", "example", "examples", "readOnly", "deprecated"], StringComparer.Ordinal);

    /// <summary>What is wrong, each with the place; empty when the value fits.</summary>
    public List<string> Errors(JsonNode? schema, JsonNode? value, string place = "$")
    {
        var errors = new List<string>();
        Check(schema, value, place, errors);
        return errors;
    }

    private void Check(JsonNode? node, JsonNode? value, string place, List<string> errors)
    {
        if (node is not JsonObject schema)
            return;

        foreach (var (keyword, rule) in schema)
        {
            switch (keyword)
            {
                case "$ref":
                    Check(Resolve((string)rule!), value, place, errors);
                    break;
                case "type":
                    CheckType(rule!, value, place, errors);
                    break;
                case "enum" when !rule!.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)):
                    errors.Add($"{place} is none of {rule.ToJsonString()}");
                    break;
                case "const" when !JsonNode.DeepEquals(rule, value):
                    errors.Add($"{place} is not {rule!.ToJsonString()}");
                    break;
                case "required" when value is JsonObject o:
                    errors.AddRange(rule!.AsArray().Where(name => !o.ContainsKey((string)name!)).Select(name => $"{place} lacks '{name}'"));
                    break;
                case "properties" when value is JsonObject o:
                    foreach (var (name, member) in o.Where(member => rule!.AsObject().ContainsKey(member.Key)))
                        Check(rule![name], member, $"{place}.{name}", errors);

                    break;
                case "additionalProperties" when value is JsonObject o:
                    foreach (var (name, member) in o.Where(member => schema["properties"]?.AsObject().ContainsKey(member.Key) is not true))
                    {
                        if (rule is JsonValue allowed && !allowed.GetValue<bool>())
                            errors.Add($"{place} has the unknown member '{name}'");
                        else
                            Check(rule, member, $"{place}.{name}", errors);
                    }

                    break;
                case "items" when value is JsonArray list:
                    for (var i = 0; i < list.Count; i++)
                        Check(rule, list[i], $"{place}[{i}]", errors);

                    break;
                case "anyOf" or "oneOf":
                    CheckOneOf(rule!.AsArray(), value, place, errors);
                    break;
                case "allOf":
                    foreach (var part in rule!.AsArray())
                        Check(part, value, place, errors);

                    break;
                case "pattern" when Text(value) is { } text && !Regex.IsMatch(text, (string)rule!, RegexOptions.None, TimeSpan.FromSeconds(1)):
                    errors.Add($"{place} does not match {rule}");
                    break;
                case "minLength" when Text(value) is { } text && text.Length < (int)rule!:
                case "maxLength" when Text(value) is { } long_ && long_.Length > (int)rule!:
                case "minimum" when Number(value) < Number(rule):
                case "maximum" when Number(value) > Number(rule):
                case "minItems" when value is JsonArray few && few.Count < (int)rule!:
                case "maxItems" when value is JsonArray many && many.Count > (int)rule!:
                    errors.Add($"{place} breaks {keyword} {rule}");
                    break;
                case "enum" or "const" or "required" or "properties" or "additionalProperties" or "items" or "pattern" or "minLength" or "maxLength"
                    or "minimum" or "maximum" or "minItems" or "maxItems":
                    break;
                default:
                    if (!Silent.Contains(keyword) && !keyword.StartsWith("x-", StringComparison.Ordinal))
                        errors.Add($"{place}: the schema's keyword '{keyword}' is not one that SchemaCheck knows");

                    break;
            }
        }
    }

    private void CheckOneOf(JsonArray choices, JsonNode? value, string place, List<string> errors)
    {
        var tries = choices.Select(choice => Errors(choice, value, place)).ToList();
        if (tries.Count > 0 && tries.TrueForAll(failed => failed.Count > 0))
            errors.AddRange(tries.MinBy(failed => failed.Count)!);
    }

    private static void CheckType(JsonNode rule, JsonNode? value, string place, List<string> errors)
    {
        var allowed = rule is JsonArray several ? several.Select(name => (string)name!).ToList() : [(string)rule!];
        var kind = value?.GetValueKind() switch
        {
            null or JsonValueKind.Null => "null",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.String => "string",
            JsonValueKind.Array => "array",
            JsonValueKind.Object => "object",
            _ => Number(value) % 1 == 0 ? "integer" : "number",
        };
        if (!allowed.Contains(kind) && !(kind == "integer" && allowed.Contains("number")))
            errors.Add($"{place} is {kind} instead of {string.Join(" or ", allowed)}");
    }

    private JsonNode? Resolve(string reference) =>
        reference.Split('/')[1..].Aggregate((JsonNode?)document, (node, name) => node?[name.Replace("~1", "/", StringComparison.Ordinal)])
        ?? throw new InvalidOperationException($"The document has no {reference}.");

    private static string? Text(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static double? Number(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.Number ? double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) : null;
}
