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
        ["limit"] = "Items a page, 1 to 100; 50 by default.",
        ["cursor"] = "`nextCursor` of the page before.",
        ["sort"] = "The field to sort by, with `-` before it for descending.",
        ["search"] = "Only items that contain this text.",
        ["componentId"] = "The component's id, such as `ui.button`.",
        ["nodeId"] = "The node's id in its design.",
        ["connectionId"] = "The connection's id in its design.",
        ["revision"] = "A revision of the design; the newest by default.",
    }.ToFrozenDictionary();

    /// <summary>Null for a parameter that only its endpoint can describe.</summary>
    public static string? Of(string name) => IdentifierFilter.PrefixOf(name) is { } prefix
        ? $"The {Noun(name)}'s id: `{prefix}` and 26 characters."
        : Known.GetValueOrDefault(name);

    public static OpenApiSchema IdentifierSchema(string prefix) => new()
    {
        Type = JsonSchemaType.String,
        Pattern = $"^{prefix}[0-9a-hjkmnp-tv-z]{{26}}$",
    };

    private static string Noun(string name) => WordStart().Replace(name[..^"Id".Length], match => " " + match.Value.ToLowerInvariant());

    [GeneratedRegex("(?<!^)[A-Z]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex WordStart();
}
