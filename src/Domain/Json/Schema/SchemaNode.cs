using System.Text.Json;

namespace Actors.Domain.Json.Schema;

/// <summary>A compiled subschema: its rules, all of which must hold.</summary>
internal sealed class SchemaNode
{
    /// <summary>The schema <c>false</c>, which nothing fits.</summary>
    public bool IsNever { get; init; }

    /// <summary>Set once, by the compiler.</summary>
    public SchemaRule[] Rules { get; set; } = [];
}

/// <summary>A keyword, or several that belong together. A rule for another kind of value than it is asked about holds.</summary>
internal abstract class SchemaRule
{
    /// <summary>Subschemas that are asked about the same value: a cycle of them would never end.</summary>
    public virtual IEnumerable<SchemaNode> InPlace => [];

    /// <summary>Whether the value fits; says to <paramref name="check"/> why not.</summary>
    public abstract bool Holds(JsonElement value, SchemaCheck check);
}
