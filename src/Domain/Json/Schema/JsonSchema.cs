using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Actors.Domain.Json.Schema;

/// <summary>
/// A JSON Schema of draft 2020-12, compiled once and asked often. It is bounded: nothing is fetched, patterns run in linear
/// time, and a validation that would cost too much ends.
/// </summary>
/// <remarks>
/// The validation and applicator keywords of the draft hold, <c>format</c> included (<c>date-time</c>, <c>date</c>, <c>time</c>,
/// <c>email</c>, <c>uri</c>, <c>uuid</c>, <c>ipv4</c>, <c>ipv6</c>; other formats say nothing). References stay within the
/// schema: <c>#</c>, <c>#/$defs/name</c>, <c>#anchor</c>. What a schema may say and we do not check
/// (<c>unevaluatedProperties</c>, <c>unevaluatedItems</c>, <c>$dynamicRef</c>) is refused, so that no schema promises more than it
/// keeps. Keywords that the draft does not know are annotations. Schemas are immutable and may be shared by threads.
/// </remarks>
public sealed class JsonSchema
{
    private readonly SchemaNode _root;

    private JsonSchema(SchemaNode root) => _root = root;

    /// <summary>Compiles a schema.</summary>
    /// <param name="text">An object, or a boolean.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="problem">Why it is none: where and what.</param>
    public static bool TryCompile(JsonElement text, [NotNullWhen(true)] out JsonSchema? schema, [NotNullWhen(false)] out JsonSchemaProblem? problem)
    {
        var compiler = new SchemaCompiler(text);
        var root = compiler.Compile();
        problem = compiler.Problem;
        schema = problem is null ? new JsonSchema(root) : null;
        return schema is not null;
    }

    /// <summary>What is wrong with a value.</summary>
    public JsonSchemaReport Validate(JsonElement value)
    {
        var check = new SchemaCheck(quiet: false);
        var valid = check.Check(_root, value);
        return new JsonSchemaReport(valid && !check.IsExhausted, check.IsExhausted, check.Errors);
    }

    /// <summary>Whether a value fits; ends at the first thing that does not. False as well when it costs too much.</summary>
    public bool Fits(JsonElement value)
    {
        var check = new SchemaCheck(quiet: true);
        return check.Check(_root, value) && !check.IsExhausted;
    }
}

/// <summary>Why a text is no schema.</summary>
/// <param name="Code"><c>schema_invalid</c>, <c>schema_unsupported</c>, <c>schema_reference_remote</c>, <c>schema_reference_unknown</c>, <c>schema_reference_cycle</c> or <c>schema_too_large</c>.</param>
/// <param name="Pointer">JSON Pointer (RFC 6901) into the schema.</param>
/// <param name="Message">The rule, for people.</param>
public sealed record JsonSchemaProblem(string Code, string Pointer, string Message)
{
    public override string ToString() => Pointer.Length == 0 ? Message : $"{Pointer}: {Message}";
}

/// <summary>The answer of a validation.</summary>
/// <param name="IsValid">Whether the value fits.</param>
/// <param name="IsExhausted">Whether the validation ended at <see cref="JsonSchemaLimits.Steps"/>; the value then counts as not fitting.</param>
/// <param name="Errors">At most <see cref="JsonSchemaLimits.Errors"/>, in the order of the schema.</param>
public sealed record JsonSchemaReport(bool IsValid, bool IsExhausted, ImmutableArray<JsonSchemaError> Errors);

/// <summary>One thing that does not fit.</summary>
/// <param name="Path">JSON Pointer into the value; empty for the value itself.</param>
/// <param name="Keyword">The keyword that refused it; <c>false</c> for the schema <c>false</c>.</param>
/// <param name="Message">The rule, for people.</param>
public sealed record JsonSchemaError(string Path, string Keyword, string Message)
{
    public override string ToString() => $"{(Path.Length == 0 ? "the value" : Path)} {Message}";
}

/// <summary>What bounds schemas and validations.</summary>
public static class JsonSchemaLimits
{
    /// <summary>Subschemas of one schema.</summary>
    public const int Nodes = 10_000;

    /// <summary>Characters of a pattern.</summary>
    public const int PatternLength = 1_000;

    /// <summary>The product of all counts in a pattern (<c>{2,30}</c>): what a linear-time pattern costs in memory.</summary>
    public const int PatternSize = 5_000;

    /// <summary>Steps of one validation: a subschema asked of a value is one, a text costs by its length.</summary>
    public const int Steps = 1_000_000;

    /// <summary>Subschemas that are asked within each other.</summary>
    public const int Depth = 512;

    /// <summary>Errors that a report names.</summary>
    public const int Errors = 100;
}
