using System.Collections.Immutable;
using System.Text.Json;

namespace Actors.Domain.Components;

/// <summary>
/// The rules for a component's properties, as a closed model from which the published JSON Schema is written. A model
/// of our own, because it is checked on every edit and must cost nothing that it does not use.
/// </summary>
/// <param name="Properties">Name to rule.</param>
/// <param name="Open">Whether properties beside the named ones are kept as they are.</param>
public sealed record PropertySchema(ImmutableDictionary<string, PropertyRule> Properties, bool Open = false)
{
    private Dictionary<string, PropertyRule>? _lookup;

    /// <summary>Name to rule.</summary>
    public ImmutableDictionary<string, PropertyRule> Properties
    {
        get;
        init
        {
            field = value;
            _lookup = null;
        }
    } = Properties;

    /// <summary>The rule for properties beside the named ones; null where they are kept as they are or refused.</summary>
    public PropertyRule? Others { get; init; }

    /// <summary>Two schemas are equal when they share their rules; the lookup below is only a cache of them.</summary>
    public bool Equals(PropertySchema? other) => other is not null && Properties == other.Properties && Open == other.Open && Others == other.Others;

    public override int GetHashCode() => HashCode.Combine(Properties, Open, Others);

    /// <summary>The rule of that name without a string for the name. Two threads may both build the cache; either will do.</summary>
    internal PropertyRule? Find(ReadOnlySpan<char> name)
    {
        _lookup ??= new Dictionary<string, PropertyRule>(Properties, StringComparer.Ordinal);
        return _lookup.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var rule) ? rule : null;
    }
}

/// <summary>The rule for one property.</summary>
public abstract record PropertyRule
{
    public string Title { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>The value that applies when the property is absent.</summary>
    public JsonElement? Default { get; init; }

    /// <summary>
    /// Whether the component means nothing without it. A design under construction may lack it: an edit is checked by
    /// <see cref="PropertyValidation.Check"/>, a design that is to run by <see cref="PropertyValidation.CheckComplete"/>.
    /// </summary>
    public bool Required { get; init; }

    /// <param name="MaximumLength">UTF-16 code units.</param>
    /// <param name="Allowed">The only values; default means any.</param>
    /// <param name="Format">A hint for forms, such as <c>color</c>, <c>uri</c>, <c>multiline</c>, <c>expression</c>; not checked.</param>
    public sealed record Text(int MaximumLength = 10_000, ImmutableArray<string> Allowed = default, string? Format = null) : PropertyRule;

    /// <summary>A finite number between two bounds, both of which it may reach.</summary>
    public sealed record Number(double Minimum = double.MinValue, double Maximum = double.MaxValue, bool Integer = false) : PropertyRule;

    public sealed record Boolean : PropertyRule;

    public sealed record List(PropertyRule Item, int MaximumCount = 1_000) : PropertyRule;

    public sealed record Object(PropertySchema Schema) : PropertyRule;

    /// <summary>Any JSON value.</summary>
    public sealed record Json : PropertyRule;
}
