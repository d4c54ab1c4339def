using System.Globalization;
using System.Text.Json.Nodes;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Fuzz;

/// <summary>JSON that a schema of the document allows, or nearly: what it says of lengths and patterns is not looked at.</summary>
internal sealed class SchemaValues(ApiDocument document, ValuePool pool)
{
    private const int DeepestSchema = 6;

    private static readonly string[] AnyValues =
    [
        "{}", "[]", "null", "true", "0", "-1", "1.5", "\"text\"", "{\"a\":{\"b\":[1,2,{\"c\":null}]}}", "[[],[[]],{}]", "\"${secret:NAME}\"", "{\"text\":\"Hi\"}",
    ];

    /// <summary>A documented example with identifiers that exist in place of its own, or null where there is none.</summary>
    public JsonNode? FromExample(JsonNode? example, Random random) => example switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, FromExample(member.Value, random)))),
        JsonArray items => new JsonArray([.. items.Select(item => FromExample(item, random))]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Renew(text, random)),
        _ => example?.DeepClone(),
    };

    public JsonNode? FromSchema(JsonObject schema, Random random, string name = "", int depth = 0)
    {
        schema = document.Resolve(schema);
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices)
            return FromSchema(choices[random.Next(choices.Count)]!.AsObject(), random, name, depth);

        if (schema["const"] is { } constant)
            return constant.DeepClone();

        if (schema["enum"] is JsonArray values)
            return values[random.Next(values.Count)]?.DeepClone();

        var type = schema["type"] is JsonArray types ? (string?)types[random.Next(types.Count)] : (string?)schema["type"];
        return type switch
        {
            "object" => Object(schema, random, depth),
            "array" => new JsonArray([.. Enumerable.Range(0, depth > DeepestSchema ? 0 : random.Next(4)).Select(_ => FromSchema(schema["items"] as JsonObject ?? [], random, name, depth + 1))]),
            "string" => JsonValue.Create(Text(name, (string?)schema["format"], (string?)schema["pattern"], random)),
            "integer" => JsonValue.Create(random.Next(5) == 0 ? random.NextInt64() : random.Next(-1, 50)),
            "number" => JsonValue.Create(random.Next(5) == 0 ? (random.NextDouble() - 0.5) * 1e12 : random.Next(-10, 2000)),
            "boolean" => JsonValue.Create(random.Next(2) == 0),
            "null" => null,
            _ => JsonNode.Parse(AnyValues[random.Next(AnyValues.Length)]),
        };
    }

    /// <summary>A text that fits a parameter or member of that name.</summary>
    public string Text(string name, string? format, string? pattern, Random random)
    {
        // Patterns in the document are those of identifiers: ^prj_...
        if (pattern is not null && pattern.Length > 5 && pool.Knows(pattern[1..5]))
            return pool.Draw(pattern[1..5], random);

        if (pool.Knows(name))
            return pool.Draw(name, random);

        return format switch
        {
            "uuid" => new Guid(Bytes(16, random)).ToString(),
            "date-time" => DateTimeOffset.UnixEpoch.AddSeconds(random.NextInt64(0, 4_000_000_000)).ToString("o", CultureInfo.InvariantCulture),
            _ => random.Next(4) == 0 ? OddValues.Text(random) : "Name " + random.Next(1000),
        };
    }

    private static byte[] Bytes(int count, Random random)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private JsonObject Object(JsonObject schema, Random random, int depth)
    {
        var made = new JsonObject();
        var required = schema["required"]?.AsArray().Select(name => (string)name!).ToHashSet(StringComparer.Ordinal) ?? [];
        foreach (var (name, property) in schema["properties"]?.AsObject() ?? [])
        {
            if (required.Contains(name) || (depth < DeepestSchema && random.Next(2) == 0))
                made[name] = FromSchema(property!.AsObject(), random, name, depth + 1);
        }

        if (schema["additionalProperties"] is JsonObject additional && depth < DeepestSchema)
        {
            for (var i = random.Next(3); i > 0; i--)
                made["key" + i] = FromSchema(additional, random, "", depth + 1);
        }

        return made;
    }

    private string Renew(string text, Random random)
    {
        if (ValuePool.PrefixOf(text) is { } prefix && pool.Knows(prefix))
            return pool.Draw(prefix, random);

        if (Guid.TryParse(text, out _))
            return new Guid(Bytes(16, random)).ToString();

        // Addresses and names of accounts and projects must differ to be taken.
        return text.Contains('@', StringComparison.Ordinal) ? $"{Convert.ToHexStringLower(Bytes(8, random))}@example.org" : text;
    }
}
