using System.Collections.Immutable;
using System.Text.Json;

namespace Actors.Domain.Components.BuiltIn;

/// <summary>Short names for the rules of which the built-in components are made.</summary>
internal static class Rules
{
    /// <summary>What an import knew beyond our model; every component may hold it, so that imports lose nothing.</summary>
    public const string Source = "source";

    /// <summary>Names the format in which <see cref="Source"/> is written.</summary>
    public const string SourceFormat = "sourceFormat";

    public static ImmutableDictionary<string, PropertyRule> Common { get; } = Of(
        (Source, Any("What an import keeps of the original; not interpreted.")),
        (SourceFormat, Short("The format of the original: excalidraw or reactflow.")),
        ("notes", Long("Remarks for whoever builds it.")));

    public static ImmutableDictionary<string, PropertyRule> Of(params ReadOnlySpan<(string Name, PropertyRule Rule)> rules) =>
        ImmutableDictionary<string, PropertyRule>.Empty.And(rules);

    /// <summary>The rules with others besides; a later rule replaces an earlier one of the same name.</summary>
    public static ImmutableDictionary<string, PropertyRule> And(
        this ImmutableDictionary<string, PropertyRule> rules, params ReadOnlySpan<(string Name, PropertyRule Rule)> more)
    {
        var builder = rules.ToBuilder();
        foreach (var (name, rule) in more)
        {
            builder[name] = rule;
        }

        return builder.ToImmutable();
    }

    public static PropertyRule Short(string description = "", string? byDefault = null, bool required = false) =>
        new PropertyRule.Text(1_000) { Description = description, Default = byDefault is null ? null : JsonSerializer.SerializeToElement(byDefault), Required = required };

    public static PropertyRule Long(string description = "", bool required = false) =>
        new PropertyRule.Text(40_000, Format: "multiline") { Description = description, Required = required };

    public static PropertyRule Color(string description) => new PropertyRule.Text(100, Format: "color") { Description = description };

    public static PropertyRule Expression(string description, bool required = false) =>
        new PropertyRule.Text(4_000, Format: "expression") { Description = description, Required = required };

    public static PropertyRule OneOf(string description, params ReadOnlySpan<string> allowed) =>
        new PropertyRule.Text(100, [.. allowed]) { Description = description, Default = JsonSerializer.SerializeToElement(allowed[0]) };

    public static PropertyRule Number(string description = "", double minimum = double.MinValue, double maximum = double.MaxValue, double? byDefault = null) =>
        new PropertyRule.Number(minimum, maximum) { Description = description, Default = byDefault is { } value ? JsonSerializer.SerializeToElement(value) : null };

    public static PropertyRule Whole(string description, double minimum, double maximum, double? byDefault = null, bool required = false) =>
        new PropertyRule.Number(minimum, maximum, Integer: true)
        {
            Description = description,
            Default = byDefault is { } value ? JsonSerializer.SerializeToElement(value) : null,
            Required = required,
        };

    public static PropertyRule Flag(string description = "", bool? byDefault = false) =>
        new PropertyRule.Boolean { Description = description, Default = byDefault is { } value ? JsonSerializer.SerializeToElement(value) : null };

    public static PropertyRule List(string description, PropertyRule item, int maximum = 1_000) =>
        new PropertyRule.List(item, maximum) { Description = description };

    public static PropertyRule Object(string description, params ReadOnlySpan<(string Name, PropertyRule Rule)> rules) =>
        new PropertyRule.Object(new PropertySchema(Of(rules))) { Description = description };

    /// <summary>An object with names of the user's choice.</summary>
    public static PropertyRule Map(string description, bool required = false) =>
        new PropertyRule.Object(new PropertySchema(ImmutableDictionary<string, PropertyRule>.Empty, Open: true)) { Description = description, Required = required };

    /// <summary>An object with names of the user's choice, the value of each under one rule.</summary>
    public static PropertyRule Named(string description, PropertyRule value) =>
        new PropertyRule.Object(new PropertySchema(ImmutableDictionary<string, PropertyRule>.Empty) { Others = value }) { Description = description };

    public static PropertyRule Any(string description, bool required = false) => new PropertyRule.Json { Description = description, Required = required };

    public static JsonElement Parse(string text) => JsonElement.Parse(text);
}
