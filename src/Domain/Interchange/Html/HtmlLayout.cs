using System.Text.Json;
using Actors.Domain.Interchange.Svg;
using static Actors.Domain.Interchange.Html.Element;

namespace Actors.Domain.Interchange.Html;

/// <summary>What gives a page its shape.</summary>
internal static class HtmlLayout
{
    public static IEnumerable<(string Type, HtmlComponent Component)> All =>
    [
        ("frame", new HtmlComponent(
            """
            .frame { outline: 1px solid var(--edge); outline-offset: -1px; border-radius: 8px; background: var(--paper); }
            .frame > .frame-title { position: absolute; top: -24px; left: 2px; color: var(--muted); font-size: 13px; font-weight: 600; line-height: 18px; white-space: nowrap; }
            """,
            node => Of("section", "frame").With("aria-label", node.Node.Label ?? node.Text("title", "name") ?? "Frame"))),
        ("ui.card", new HtmlComponent(
            """
            .card { display: flex; flex-direction: column; gap: 8px; padding: 14px 16px; overflow: hidden; outline: 1px solid var(--edge); outline-offset: -1px; border-radius: 10px; background: var(--paper); }
            .card > .placeholder, .card > .picture { flex: none; width: calc(100% + 32px); height: 42%; margin: -14px -16px 4px; border-width: 0 0 1px; border-radius: 0; }
            .card-title { flex: none; color: var(--ink); font-size: 16px; font-weight: 600; line-height: 20px; }
            .card-text { flex: 1; min-height: 0; overflow: hidden; color: var(--muted); font-size: 13px; line-height: 18px; white-space: pre-line; }
            .card > .bars { flex: 1; padding-top: 6px; }
            .card > .actions { flex: none; }
            .card > .pinned { position: absolute; top: 14px; left: 16px; }
            """,
            ["button", "actions", "bars", "placeholder", "picture"],
            Card)),
        ("ui.section", new HtmlComponent(
            """
            .section { padding: 14px 16px; outline: 1px solid var(--shade); outline-offset: -1px; border-radius: 6px; background: var(--paper); }
            .section-title { color: var(--ink); font-size: 16px; font-weight: 600; line-height: 20px; }
            .section > .pinned { position: absolute; top: 14px; left: 16px; }
            """,
            node => Of("section", "section").Add(Title(node, "section-title", node.Text("title", "label"))))),
        ("ui.container", new HtmlComponent(".container { outline: 1px dashed var(--edge); outline-offset: -1px; border-radius: 6px; background: var(--paper); }", _ => Of("div", "container"))),
        ("ui.modal", new HtmlComponent(ModalCss, ["button", "actions", "bars"], Modal)),
        ("ui.drawer", new HtmlComponent(ModalCss, ["button", "actions", "bars"], Modal)),
        ("ui.hero", new HtmlComponent(
            """
            .hero { display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 10px; padding: 0 24px; overflow: hidden; outline: 1px solid var(--edge); outline-offset: -1px; border-radius: 8px; background: var(--soft); text-align: center; }
            .hero-title { color: var(--ink); font-weight: 700; line-height: 1.1; }
            .hero-text { color: var(--muted); font-size: 16px; line-height: 24px; }
            .hero-actions { display: flex; gap: 12px; margin-top: 12px; }
            .hero-actions > .button { min-width: 110px; height: 40px; padding: 0 20px; }
            .hero > .pinned { position: absolute; inset: 0; display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 10px; pointer-events: none; }
            """,
            ["button"],
            Hero)),
        ("ui.footer", new HtmlComponent(
            """
            .footer { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 24px; padding: 12px 24px; overflow: hidden; outline: 1px solid var(--edge); outline-offset: -1px; background: var(--soft); color: var(--muted); font-size: 13px; }
            .footer ul { display: flex; gap: 24px; white-space: nowrap; }
            .footer > p { margin-left: auto; color: var(--muted); font-size: 12px; }
            """,
            Footer)),
        ("ui.divider", new HtmlComponent("", ["drawing"], node => MarkupCanvas.Draw(node, "drawing", null).With("role", "separator"))),
        ("ui.spacer", new HtmlComponent("", _ => Of("div").With("aria-hidden", "true"))),
        ("ui.accordion", new HtmlComponent(
            """
            .accordion { overflow: hidden; outline: 1px solid var(--edge); outline-offset: -1px; border-radius: 8px; background: var(--paper); color: var(--ink); }
            .accordion summary { display: flex; align-items: center; justify-content: space-between; height: 40px; padding: 0 16px; font-size: 14px; font-weight: 600; cursor: pointer; list-style: none; }
            .accordion summary::after { width: 7px; height: 7px; border: solid var(--muted); border-width: 0 1.5px 1.5px 0; content: ""; transform: translateY(-2px) rotate(45deg); }
            .accordion details { border-bottom: 1px solid var(--shade); }
            .accordion details > p { height: 47px; padding: 0 16px; overflow: hidden; color: var(--muted); font-size: 12px; line-height: 17px; }
            .accordion details > .bars { height: 47px; padding: 0 16px; }
            """,
            ["bars"],
            Accordion)),
        ("ui.tabs", new HtmlComponent(
            """
            .tabs { position: relative; overflow: hidden; }
            .tabs::before { position: absolute; inset: 40px 0 0; border: 1px solid var(--edge); border-radius: 4px; content: ""; pointer-events: none; }
            .tab-list { display: flex; height: 40px; overflow: hidden; }
            .tab-list > button { height: 40px; padding: 0 16px; border: 0; background: none; color: var(--muted); font-size: 14px; white-space: nowrap; cursor: pointer; }
            .tab-list > button[aria-selected="true"] { color: var(--accent); font-weight: 600; box-shadow: inset 0 -3px var(--accent); }
            .tabs > .bars { padding: 18px 16px; }
            .tabs > .pinned { position: absolute; top: 0; left: 0; }
            """,
            ["bars"],
            Tabs)),
    ];

    private const string ModalCss = """
        .modal { display: flex; flex-direction: column; overflow: hidden; outline: 1px solid var(--edge); outline-offset: -1px; border-radius: 10px; background: var(--paper); box-shadow: 5px 6px 0 #d1d5db; }
        .modal-head { display: flex; flex: none; align-items: center; justify-content: space-between; width: 100%; height: 48px; padding: 0 16px 0 20px; border-bottom: 1px solid var(--shade); }
        .modal-head > h2 { overflow: hidden; color: var(--ink); font-size: 16px; font-weight: 600; text-overflow: ellipsis; white-space: nowrap; }
        .modal-head > button { flex: none; padding: 4px; border: 0; background: none; color: var(--muted); font-size: 20px; line-height: 1; cursor: pointer; }
        .modal-text { flex: 1; min-height: 0; padding: 12px 20px; overflow: hidden; color: var(--muted); font-size: 14px; line-height: 20px; white-space: pre-line; }
        .modal > .bars { flex: 1; padding: 14px 20px; }
        .modal > .actions { flex: none; padding: 0 20px 14px; }
        .modal > .actions > .button { height: 34px; }
        .modal > .pinned { position: absolute; top: 0; left: 0; }
        """;

    /// <summary>The address of a picture that a property names, or empty when it only says that there is one.</summary>
    public static string? Address(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static Element? Title(SvgNode node, string style, string? text) => text is null ? null : Of("h3", style).Style("pinned", node.HasChildren).Say(text);

    private static Element Card(SvgNode node)
    {
        var card = Of("article", "card");
        var title = node.Text("title", "label");
        if (node.HasChildren)
        {
            return card.Add(Title(node, "card-title", title));
        }

        var text = node.Text("text", "description", "subtitle");
        if (node.Props.Get("image") is { ValueKind: not JsonValueKind.False } image)
        {
            card.Add(HtmlParts.Picture(Address(image), null));
        }
        else if (title is null && text is null && node.Box.Height > 120)
        {
            card.Add(HtmlParts.Picture(null, null));
        }

        card.Add(Title(node, "card-title", title));
        return card.Add(text is null ? HtmlParts.Bars(Math.Min(3, (int)(node.Box.Height / 40))) : Of("p", "card-text").Say(text), HtmlParts.Actions(node));
    }

    private static Element Modal(SvgNode node)
    {
        var title = node.Text("title", "label") ?? node.Node.Label ?? "Dialog";
        var modal = Of("section", "modal").With("role", "dialog").With("aria-label", title);
        modal.Add(Of("header", "modal-head", Of("h2").Say(title), Of("button").With("type", "button").With("aria-label", "Close").Say("×")).Style("pinned", node.HasChildren));
        if (node.HasChildren)
        {
            return modal;
        }

        return modal.Add(
            node.Text("text", "description") is { } text ? Of("p", "modal-text").Say(text) : HtmlParts.Bars(Math.Clamp((int)(node.Box.Height / 40), 0, 4)),
            HtmlParts.Actions(node));
    }

    private static Element Hero(SvgNode node)
    {
        var hero = Of("section", "hero");
        if (node.HasChildren && node.Text("title", "text") is null)
        {
            return hero;
        }

        var parts = new List<Markup>
        {
            Of("h1", "hero-title").Css("font-size", HtmlStyle.Pixels(Math.Clamp(node.Box.Height / 9, 16, 40)))
                .Say(node.Text("title", "text", "label") ?? node.Node.Label ?? "Headline"),
        };
        if (node.Text("subtitle", "description") is { } subtitle)
        {
            parts.Add(Of("p", "hero-text").Say(subtitle));
        }

        if (node.Text("cta", "action") is { } action)
        {
            var second = node.Text("secondaryCta");
            parts.Add(Of("div", "hero-actions", HtmlParts.Button(action), second is null ? null : HtmlParts.Button(second, "outline")));
        }

        return node.HasChildren ? hero.Add(Of("div", "pinned").AddAll(parts)) : hero.AddAll(parts);
    }

    private static Element Footer(SvgNode node)
    {
        var footer = Of("footer", "footer");
        if (node.HasChildren)
        {
            return footer;
        }

        var links = HtmlParts.Links(node, -1, "items", "links", "columns").ToList();
        return footer.Add(
            links.Count == 0 ? null : Of("ul").AddAll(links),
            node.Text("text", "label", "title") is { } text ? Of("p").Say(text) : null);
    }

    private static Element Accordion(SvgNode node)
    {
        var entries = node.List("items");
        var active = node.Active(node.Captions("items"), 0);
        return Of("div", "accordion").AddAll(entries.Select((entry, i) => Of(
            "details",
            null,
            Of("summary").Say(SvgNode.Caption(entry) ?? ""),
            entry.GetText("text") is { } text ? Of("p").Say(text) : HtmlParts.Bars(2)).Mark("open", i == active)));
    }

    private static Element Tabs(SvgNode node)
    {
        var captions = node.Captions("items", "tabs");
        var active = node.Active(captions, 0);
        var list = Of("div", "tab-list").Style("pinned", node.HasChildren).With("role", "tablist").AddAll(captions.Select((caption, i) =>
            Of("button").With("type", "button").With("role", "tab").With("aria-selected", i == active ? "true" : "false").Say(caption)));
        return Of("div", "tabs", list, node.HasChildren ? null : HtmlParts.Bars(3));
    }
}
