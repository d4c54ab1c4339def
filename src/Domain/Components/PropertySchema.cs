using System.Collections.Immutable;
using System.Text.Json;

namespace Actors.Domain.Components;

/// <summary>
/// The rules for a component's properties, as a closed model from which the published JSON Schema is written. A model
/// of our own, because it is checked on every edit and must cost nothing that it does not use.
/// </summary>
/// <param name="Properties">Name to rule.</param>
/// <param name="Open">Whether properties beside the named ones are kept as they are.</param>
public sealed record PropertySchema(ImmutableDictionary<string, PropertyRule> Properties, bool Open = false);

/// <summary>The rule for one property.</summary>
public abstract record PropertyRule
{
    public string Title { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>The value that applies when the property is absent.</summary>
    public JsonElement? Default { get; init; }

    public bool Required { get; init; }

    public sealed record Text(int MaximumLength = 10_000, ImmutableArray<string> Allowed = default, string? Format = null) : PropertyRule;

    public sealed record Number(double Minimum = double.MinValue, double Maximum = double.MaxValue, bool Integer = false) : PropertyRule;

    public sealed record Boolean : PropertyRule;

    public sealed record List(PropertyRule Item, int MaximumCount = 1_000) : PropertyRule;

    public sealed record Object(PropertySchema Schema) : PropertyRule;

    /// <summary>Any JSON value.</summary>
    public sealed record Json : PropertyRule;
}
