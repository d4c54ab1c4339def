using System.Collections.Frozen;
using System.Text.Json;
using Actors.Domain.Interchange.Svg;
using static Actors.Domain.Interchange.Html.Element;

namespace Actors.Domain.Interchange.Html;

/// <summary>Parts that several components share, and their style sheets.</summary>
internal static class HtmlParts
{
    private const int MaximumBars = 50;

    /// <summary>Style sheets by the name of the class that they style.</summary>
    public static FrozenDictionary<string, string> Sheets { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["button"] = """
            .button { display: inline-flex; align-items: center; justify-content: center; padding: 0 6px; overflow: hidden; border: 1px solid var(--accent); border-radius: 6px; background: var(--accent); color: var(--paper); font-size: 15px; font-weight: 600; line-height: 1.2; white-space: nowrap; cursor: pointer; }
            .button.outline { background: var(--paper); color: var(--accent); }
            .button.danger { border-color: #dc2626; background: #dc2626; }
            .button.success { border-color: #16a34a; background: #16a34a; }
            .button.warning { border-color: #d97706; background: #d97706; }
            .button.info { border-color: #2563eb; background: #2563eb; }
            .button:disabled { border-color: var(--faint); background: var(--faint); color: var(--paper); cursor: default; }
            """,
        ["actions"] = """
            .actions { display: flex; justify-content: flex-end; gap: 8px; }
            .actions > .button { flex: none; height: 30px; padding: 0 13px; font-size: 12px; }
            """,
        ["bars"] = """
            .bars { display: flex; flex-direction: column; gap: 8px; overflow: hidden; }
            .bars > span { flex: none; height: 8px; border-radius: 4px; background: var(--shade); }
            .bars > span:last-child:not(:first-child) { width: 60%; }
            """,
        ["placeholder"] = """
            .placeholder { display: flex; align-items: center; justify-content: center; overflow: hidden; border: 1px solid var(--edge); background: linear-gradient(to top right, transparent calc(50% - 1px), #d1d5db calc(50% - 0.5px), #d1d5db calc(50% + 0.5px), transparent calc(50% + 1px)), linear-gradient(to bottom right, transparent calc(50% - 1px), #d1d5db calc(50% - 0.5px), #d1d5db calc(50% + 0.5px), transparent calc(50% + 1px)), var(--soft); }
            .placeholder > span { max-width: calc(100% - 12px); padding: 2px 6px; overflow: hidden; border-radius: 4px; background: var(--soft); color: var(--muted); font-size: 12px; line-height: 16px; text-overflow: ellipsis; white-space: nowrap; }
            """,
        ["picture"] = """
            .picture { display: block; object-fit: cover; }
            """,
        ["field"] = """
            .field { display: flex; flex-direction: column; color: var(--ink); font-size: 13px; }
            .field-label { flex: none; height: 18px; overflow: hidden; color: var(--muted); font-size: 12px; font-weight: 600; line-height: 15px; text-overflow: ellipsis; white-space: nowrap; }
            .control { flex: 1; width: 100%; min-width: 0; min-height: 0; padding: 0 10px; border: 1px solid var(--edge); border-radius: 6px; background-color: var(--paper); color: var(--ink); font-size: 13px; }
            .control::placeholder { color: var(--faint); opacity: 1; }
            .control:disabled { background-color: var(--soft); }
            """,
        ["drawing"] = """
            .drawing { display: block; flex: none; overflow: visible; }
            .drawing text { white-space: pre; }
            """,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Element Button(string caption, string? variant = null) => Variant(Of("button", "button").With("type", "button"), variant).Say(caption);

    /// <summary>The look that a button's variant names; an unknown one is the main look.</summary>
    public static Element Variant(Element button, string? variant)
    {
        button.Variant = variant switch
        {
            "secondary" or "outline" or "ghost" or "link" => "outline",
            "danger" or "error" or "destructive" => "danger",
            "success" or "warning" or "info" => variant,
            _ => null,
        };
        return button;
    }

    /// <summary>A row of buttons of which the last is the main one; null when there are none.</summary>
    public static Element? Actions(SvgNode node)
    {
        var captions = node.Captions("actions");
        return captions.Count == 0 ? null : Of("div", "actions").AddAll(captions.Select((caption, i) => Button(caption, i == captions.Count - 1 ? null : "outline")));
    }

    /// <summary>Grey bars instead of words.</summary>
    public static Element Bars(int count) => Of("div", "bars").With("aria-hidden", "true").AddAll(Enumerable.Range(0, Math.Clamp(count, 0, MaximumBars)).Select(_ => Of("span")));

    /// <summary>A picture, or the place of one.</summary>
    public static Element Picture(string? address, string? alt, string? fit = null) => Escaping.Picture(address) is { } source
        ? Of("img", "picture").With("src", source).With("alt", alt ?? "").Css("object-fit", fit is "contain" or "fill" ? fit : null)
        : Of("div", "placeholder").With("role", "img").With("aria-label", alt ?? "Picture").Add(alt is { Length: > 0 } ? Of("span").Say(alt) : null);

    /// <summary>Entries of a list as links; the active one says that it is.</summary>
    public static IEnumerable<Element> Links(SvgNode node, int activeByDefault, params ReadOnlySpan<string> names)
    {
        var entries = node.List(names);
        var active = node.Active(entries.ConvertAll(entry => SvgNode.Caption(entry) ?? ""), activeByDefault);
        return [.. entries.Select((entry, i) => Of("li", null, Link(entry).With("aria-current", i == active ? "page" : null)))];
    }

    public static Element Link(JsonElement entry) =>
        Of("a").With("href", Escaping.Link(entry.GetText("href")) ?? "#").Say(SvgNode.Caption(entry) ?? "");
}
