using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Actors.Domain.Interchange.Custom;

/// <summary>
/// What a template's markup may be made of. Everything is named here; what is not named does not exist: no scripts, no event
/// handlers, no addresses, nothing that covers the page around it.
/// </summary>
internal static partial class MarkupRules
{
    public const int MaximumValueLength = 200;

    private static readonly FrozenSet<string> Phrasing =
        Set("span", "strong", "em", "small", "code", "br", "input", "button", "label", "progress", "meter");

    private static readonly FrozenSet<string> HoldsPhrasing =
        Set("p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "strong", "em", "small", "code", "button", "label", "dt", "figcaption");

    private static readonly FrozenSet<string> Empty = Set("br", "hr", "input", "progress", "meter");

    private static readonly FrozenSet<string> Tags = Set(
        "div", "section", "article", "header", "footer", "nav", "aside", "figure", "figcaption", "p", "h1", "h2", "h3", "h4", "h5", "h6",
        "ul", "ol", "li", "dl", "dt", "dd", "span", "strong", "em", "small", "code", "br", "hr", "button", "label", "input", "progress", "meter");

    private static readonly FrozenSet<string> InnerTags = Set("li", "dt", "dd", "figcaption", "br");

    private static readonly FrozenSet<string> Interactive = Set("button", "label", "input");

    private static readonly FrozenSet<string> Roles = Set(
        "group", "img", "list", "listitem", "note", "presentation", "region", "separator", "status", "alert", "tablist", "tab", "tabpanel", "toolbar", "figure", "heading", "article");

    private static readonly FrozenSet<string> InputTypes = Set("text", "email", "password", "number", "search", "tel", "checkbox", "radio", "range", "date");

    private static readonly FrozenSet<string> RootOnlyNode = Set(
        "width", "height", "min-width", "min-height", "max-width", "max-height", "margin", "margin-top", "margin-right", "margin-bottom", "margin-left",
        "flex", "flex-grow", "flex-shrink", "flex-basis", "align-self", "justify-self", "order", "grid-column", "grid-row", "opacity");

    private static readonly FrozenSet<string> Properties = Set([
        .. RootOnlyNode, "display", "flex-direction", "flex-wrap", "align-items", "align-content", "justify-content", "justify-items",
        "gap", "row-gap", "column-gap", "grid-template-columns", "grid-template-rows", "padding", "padding-top", "padding-right", "padding-bottom", "padding-left",
        "border", "border-top", "border-right", "border-bottom", "border-left", "border-color", "border-style", "border-width", "border-radius",
        "background", "background-color", "color", "font-size", "font-weight", "font-style", "font-family", "line-height", "letter-spacing",
        "text-align", "text-transform", "text-decoration", "text-overflow", "white-space", "overflow", "vertical-align", "box-shadow", "aspect-ratio", "list-style-type"]);

    private static readonly FrozenSet<string> Functions = Set(
        "rgb", "rgba", "hsl", "hsla", "calc", "min", "max", "clamp", "var", "repeat", "minmax", "linear-gradient", "radial-gradient");

    private static readonly SearchValues<char> ValueCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 #%.,()+-*/");

    /// <summary>Tags whose text and parts are none.</summary>
    public static bool IsEmpty(string tag) => Empty.Contains(tag);

    /// <summary>Whether the component may begin with this tag.</summary>
    public static bool IsRoot(string tag) => Tags.Contains(tag) && !InnerTags.Contains(tag);

    /// <summary>The rule that an element within another breaks: what a browser's parser would put elsewhere.</summary>
    public static string? Misplaced(string tag, string parent, bool isInControl) => tag switch
    {
        _ when !Tags.Contains(tag) => $"must be one of {string.Join(", ", Tags.Order(StringComparer.Ordinal))}",
        "li" when parent is not ("ul" or "ol") => "must stand in a ul or ol",
        "dt" or "dd" when parent is not "dl" => "must stand in a dl",
        "figcaption" when parent is not "figure" => "must stand in a figure",
        not "li" when parent is "ul" or "ol" => "must be li within a list",
        not ("dt" or "dd") when parent is "dl" => "must be dt or dd within a dl",
        "button" or "label" when isInControl => "must not stand within a button or label",
        "input" when parent is "button" => "must not stand within a button",
        _ when HoldsPhrasing.Contains(parent) && !Phrasing.Contains(tag) => $"must not stand within {parent}, which holds only text and parts of it",
        _ => null,
    };

    /// <summary>Whether what stands within is part of something that is used as one.</summary>
    public static bool IsControl(string tag) => Interactive.Contains(tag);

    /// <summary>The rule that an attribute breaks; null when the element may have it.</summary>
    public static string? CheckAttribute(string tag, string name, string? literal) => name switch
    {
        "title" or "aria-label" => null,
        "role" => literal is not null && Roles.Contains(literal) ? null : $"must be one of {string.Join(", ", Roles.Order(StringComparer.Ordinal))}",
        "aria-hidden" => literal == "true" ? null : "must be 'true'",
        "type" when tag == "input" => literal is not null && InputTypes.Contains(literal) ? null : $"must be one of {string.Join(", ", InputTypes.Order(StringComparer.Ordinal))}",
        "placeholder" when tag == "input" => null,
        "value" or "max" when tag is "input" or "progress" or "meter" => null,
        "min" when tag is "input" or "meter" => null,
        _ => $"is no attribute that {tag} may have",
    };

    /// <summary>Whether an attribute is there or not, and has no value.</summary>
    public static bool IsFlag(string tag, string name) => (tag, name) is ("input", "checked") or ("input" or "button", "disabled");

    /// <summary>The rule that a declaration's name breaks; null when an element may have it.</summary>
    public static string? CheckProperty(string name, bool isRoot) =>
        !Properties.Contains(name) ? "is no CSS property that a template may set"
        : isRoot && RootOnlyNode.Contains(name) ? "is the node's own matter: the first element is as large as the node, where the node is"
        : null;

    /// <summary>
    /// Whether this is a value that cannot end its declaration or refer elsewhere: letters, numbers, colours, units and a few
    /// functions, without quotes, addresses and comments.
    /// </summary>
    public static bool IsValue(string value) =>
        value.Length is > 0 and <= MaximumValueLength
        && !value.AsSpan().ContainsAnyExcept(ValueCharacters)
        && !value.Contains("/*", StringComparison.Ordinal)
        && !value.Contains("*/", StringComparison.Ordinal)
        && IsBalanced(value)
        && Calls().Matches(value).All(call => call.Groups["name"].Length == 0 || Functions.Contains(call.Groups["name"].Value));

    private static bool IsBalanced(string value)
    {
        var open = 0;
        foreach (var letter in value)
        {
            open += letter switch { '(' => 1, ')' => -1, _ => 0 };
            if (open < 0)
                return false;
        }

        return open == 0;
    }

    private static FrozenSet<string> Set(params IEnumerable<string> names) => names.ToFrozenSet(StringComparer.Ordinal);

    [GeneratedRegex(@"(?<name>[A-Za-z0-9-]*)\(", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Calls();
}
