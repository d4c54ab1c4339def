using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Actors.Frontend.Http;
using Microsoft.OpenApi;

namespace Actors.Frontend.Documentation;

/// <summary>Parameters that mean the same wherever they stand; others are described by their endpoint.</summary>
internal static partial class ParameterDescriptions
{
    private static readonly FrozenDictionary<string, string> Known = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["limit"] = $"Items a page, 1 to {PageQuery.Maximum}; {PageQuery.Default} by default.",
        ["cursor"] = "`nextCursor` of the page before, asked with the same order and filters.",
        ["componentId"] = "The component's id, such as `ui.button`.",
        ["nodeId"] = "The node's id in its design.",
        ["connectionId"] = "The connection's id in its design.",
        ["revision"] = "A revision of the design; the newest by default.",
    }.ToFrozenDictionary();

    /// <summary>Null for a parameter that only its endpoint can describe.</summary>
    public static string? Of(string name, ListRules? list) => (name, list) switch
    {
        ("sort", { } rules) => $"One of {string.Join(", ", rules.Sorts.Select(key => $"`{key}`"))}; with `-` before it, greatest or newest first. `{rules.DefaultSort}` by default.",
        ("search", { Searched: { } searched }) => $"Only items whose {searched} contains this, whatever the case; at most {ListQuery.MaximumSearchLength} characters.",
        ("search", { }) => "This list cannot be searched.",
        _ when IdentifierFilter.PrefixOf(name) is { } prefix => $"The {Noun(name)}'s id: `{prefix}` and 26 characters.",
        _ => Known.GetValueOrDefault(name),
    };

    public static OpenApiSchema IdentifierSchema(string prefix) => new()
    {
        Type = JsonSchemaType.String,
        Pattern = $"^{prefix}[0-9a-hjkmnp-tv-z]{{26}}$",
    };

    private static string Noun(string name) => WordStart().Replace(name[..^"Id".Length], match => " " + match.Value.ToLowerInvariant());

    [GeneratedRegex("(?<!^)[A-Z]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex WordStart();
}
