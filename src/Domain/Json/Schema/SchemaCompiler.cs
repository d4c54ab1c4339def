using System.Text.Json;
using System.Text.RegularExpressions;

namespace Actors.Domain.Json.Schema;

/// <summary>Reads a schema. The first problem is kept and ends the reading.</summary>
/// <remarks>Every subschema is compiled once, by its pointer; a reference that leads elsewhere compiles what it leads to.</remarks>
internal sealed class SchemaCompiler(JsonElement text)
{
    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);
    private readonly Queue<(ReferenceRule Rule, string Reference, string Pointer)> _references = new();

    public JsonSchemaProblem? Problem { get; private set; }

    public SchemaNode Compile()
    {
        var root = Node(text, "");
        while (Problem is null && _references.TryDequeue(out var reference))
        {
            reference.Rule.Target = Resolve(reference.Reference, reference.Pointer);
        }

        if (Problem is null && SchemaCycles.Find(_nodes) is { } pointer)
        {
            Fail(pointer, "refers to itself about the same value, without end", "schema_reference_cycle");
        }

        return root;
    }

    /// <summary>A subschema.</summary>
    public SchemaNode Node(JsonElement schema, string pointer)
    {
        if (_nodes.TryGetValue(pointer, out var known))
        {
            return known;
        }

        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return _nodes[pointer] = new SchemaNode { IsNever = schema.ValueKind == JsonValueKind.False };
        }

        var node = new SchemaNode();
        if (schema.ValueKind != JsonValueKind.Object)
        {
            Fail(pointer, "must be an object or a boolean");
        }
        else if (_nodes.Count >= JsonSchemaLimits.Nodes)
        {
            Fail(pointer, $"a schema has at most {JsonSchemaLimits.Nodes} subschemas", "schema_too_large");
        }
        else
        {
            // Known before its parts are read: they may refer back to it.
            _nodes[pointer] = node;
            var rules = new List<SchemaRule>();
            new SchemaKeywords(this, schema, pointer, rules).Read();
            node.Rules = [.. rules];
        }

        return node;
    }

    public ReferenceRule Reference(string reference, string pointer)
    {
        var rule = new ReferenceRule();
        _references.Enqueue((rule, reference, pointer));
        return rule;
    }

    public Regex? Pattern(string pattern, string pointer)
    {
        if (pattern.Length > JsonSchemaLimits.PatternLength || SizeOf(pattern) > JsonSchemaLimits.PatternSize)
        {
            Fail(pointer, $"a pattern has at most {JsonSchemaLimits.PatternLength} characters and repeats at most {JsonSchemaLimits.PatternSize} times", "schema_too_large");
            return null;
        }

        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Timeout.InfiniteTimeSpan);
        }
        catch (ArgumentException)
        {
            Fail(pointer, "is no regular expression");
        }
        catch (NotSupportedException)
        {
            Fail(pointer, "look-around and back-references are not supported: they have no linear time", "schema_unsupported");
        }

        return null;
    }

    public void Fail(string pointer, string message, string code = "schema_invalid") => Problem ??= new JsonSchemaProblem(code, pointer, message);

    private SchemaNode Resolve(string reference, string pointer)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var address = hash < 0 ? reference : reference[..hash];
        if (address.Length > 0)
        {
            Fail(pointer, $"'{reference}' is not in this schema; nothing is fetched", "schema_reference_remote");
            return new SchemaNode();
        }

        string fragment;
        try
        {
            fragment = Uri.UnescapeDataString(reference[(hash + 1)..]);
        }
        catch (UriFormatException)
        {
            fragment = "?";
        }

        var target = fragment.Length == 0 ? ""
            : fragment[0] == '/' ? fragment
            : FindAnchor(text, "", fragment);
        if (target is null || Find(target) is not { } schema)
        {
            Fail(pointer, $"'{reference}' leads nowhere", "schema_reference_unknown");
            return new SchemaNode();
        }

        return Node(schema, target);
    }

    private JsonElement? Find(string pointer)
    {
        var at = text;
        foreach (var part in pointer.Split('/').Skip(1))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var member))
            {
                at = member;
            }
            else if (at.ValueKind == JsonValueKind.Array && int.TryParse(name, out var index) && index >= 0 && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else
            {
                return null;
            }
        }

        return at;
    }

    private static string? FindAnchor(JsonElement at, string pointer, string anchor)
    {
        if (at.ValueKind == JsonValueKind.Object)
        {
            if (at.TryGetProperty("$anchor", out var name) && name.ValueKind == JsonValueKind.String && name.GetString() == anchor)
            {
                return pointer;
            }

            foreach (var member in at.EnumerateObject())
            {
                if (FindAnchor(member.Value, $"{pointer}/{SchemaCheck.Escape(member.Name)}", anchor) is { } found)
                {
                    return found;
                }
            }
        }
        else if (at.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in at.EnumerateArray())
            {
                if (FindAnchor(item, $"{pointer}/{index++}", anchor) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }

    /// <summary>The product of all counts: an upper bound of what unrolling them makes of the pattern.</summary>
    private static long SizeOf(string pattern)
    {
        var size = 1L;
        for (var open = pattern.IndexOf('{', StringComparison.Ordinal); open >= 0; open = pattern.IndexOf('{', open + 1))
        {
            var count = 0L;
            for (var i = open + 1; i < pattern.Length && (char.IsAsciiDigit(pattern[i]) || pattern[i] == ','); i++)
            {
                count = pattern[i] == ',' ? 0 : Math.Min((count * 10) + (pattern[i] - '0'), JsonSchemaLimits.PatternSize + 1);
                if (i + 1 == pattern.Length || !char.IsAsciiDigit(pattern[i + 1]))
                {
                    size = Math.Min(size * Math.Max(1, count), JsonSchemaLimits.PatternSize + 1);
                }
            }
        }

        return size;
    }
}
