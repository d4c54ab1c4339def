using System.Text.Json;
using Actors.Domain.Interchange.Svg;
using static Actors.Domain.Interchange.Html.Element;

namespace Actors.Domain.Interchange.Html;

/// <summary>What a page shows.</summary>
internal static class HtmlContent
{
    public static IEnumerable<(string Type, HtmlComponent Component)> All =>
    [
        ("ui.heading", new HtmlComponent(".heading { color: var(--ink); font-weight: 700; line-height: 1.4; }", Heading)),
        ("ui.paragraph", new HtmlComponent(".paragraph { overflow: hidden; color: var(--ink); font-size: 14px; line-height: 1.4; white-space: pre-line; }", ["bars"], Paragraph)),
        ("ui.icon", new HtmlComponent("", ["drawing"], node => MarkupCanvas.Draw(node, "drawing", node.Text("label", "icon", "name")))),
        ("ui.image", new HtmlComponent(".placeholder.round { border-radius: 4px; }", ["placeholder", "picture"], node =>
            HtmlParts.Picture(node.Text("src"), node.Text("alt", "label", "title", "text") ?? node.Node.Label).Style("round"))),
        ("image", new HtmlComponent("", ["placeholder", "picture"], node =>
            HtmlParts.Picture(node.Text("src"), node.Text("alt", "text", "label") ?? node.Node.Label ?? "Image", node.Text("fit")))),
        ("ui.gallery", new HtmlComponent(
            """
            .gallery { display: grid; gap: 8px; padding: 4px; }
            .gallery > * { width: 100%; height: 100%; min-width: 0; min-height: 0; border-radius: 4px; }
            """,
            ["placeholder", "picture"],
            Gallery)),
        ("ui.carousel", new HtmlComponent(
            """
            .carousel { position: relative; }
            .carousel > .placeholder, .carousel > .picture { width: 100%; height: 100%; border-radius: 6px; }
            .carousel > button { position: absolute; top: calc(50% - 18px); width: 36px; height: 36px; border: 0; background: none; color: var(--muted); font-size: 28px; line-height: 1; cursor: pointer; }
            .carousel > .next { right: 4px; }
            .carousel > ol { position: absolute; bottom: 10px; display: flex; gap: 6px; justify-content: center; width: 100%; }
            .carousel li { width: 8px; height: 8px; border-radius: 50%; background: var(--edge); }
            .carousel li[aria-current] { background: var(--accent); }
            """,
            ["placeholder", "picture"],
            Carousel)),
        ("ui.video", new HtmlComponent("", ["drawing"], node => MarkupCanvas.Draw(node, "drawing", node.Text("title", "label") ?? "Video"))),
        ("ui.map", new HtmlComponent("", ["drawing"], node => MarkupCanvas.Draw(node, "drawing", node.Text("label", "title", "text") ?? "Map"))),
        ("ui.avatar", new HtmlComponent(".avatar { border-radius: 50%; object-fit: cover; }", ["drawing", "picture"], node => Escaping.Picture(node.Text("src")) is { } source
            ? Of("img", "avatar").With("src", source).With("alt", node.Text("name", "label") ?? "")
            : MarkupCanvas.Draw(node, "drawing", node.Text("name", "label", "initials") ?? node.Node.Label ?? "Avatar"))),
        ("ui.badge", new HtmlComponent(
            ".badge { display: flex; align-items: center; justify-content: center; padding: 0 4px; overflow: hidden; border: 1px solid; border-radius: 999px; background: var(--paper); font-weight: 600; line-height: 1; white-space: nowrap; }",
            Badge)),
        ("ui.alert", new HtmlComponent(
            """
            .alert { display: flex; align-items: center; gap: 10px; padding: 0 12px 0 16px; overflow: hidden; border: 1px solid; border-left-width: 5px; border-radius: 6px; background: var(--paper); font-size: 14px; }
            .alert::before { display: flex; flex: none; align-items: center; justify-content: center; width: 18px; height: 18px; border: 1.5px solid; border-radius: 50%; content: "!"; font-size: 12px; font-weight: 700; }
            .alert > p { flex: 1; overflow: hidden; color: var(--ink); text-overflow: ellipsis; white-space: nowrap; }
            .alert > button { flex: none; border: 0; background: none; color: var(--muted); font-size: 18px; line-height: 1; cursor: pointer; }
            """,
            Alert)),
        ("ui.toast", new HtmlComponent(BubbleCss, node => Bubble(node, "status"))),
        ("ui.tooltip", new HtmlComponent(BubbleCss, node => Bubble(node, "tooltip").Style("pointing"))),
        ("ui.progress", new HtmlComponent(
            """
            .progress { display: block; overflow: hidden; border: 0; border-radius: 999px; background: var(--shade); appearance: none; }
            .progress::-webkit-progress-bar { background: var(--shade); }
            .progress::-webkit-progress-value { border-radius: 999px; background: var(--accent); }
            .progress::-moz-progress-bar { border-radius: 999px; background: var(--accent); }
            """,
            node => Of("progress", "progress").With("aria-label", node.Text("label") ?? "Progress")
                .With("value", SvgCanvas.N(node.Props.GetNumber("value") ?? 50)).With("max", SvgCanvas.N(node.Props.GetNumber("max") is { } most and > 0 ? most : 100)))),
        ("ui.spinner", new HtmlComponent(
            """
            .spinner { border: 4px solid var(--shade); border-top-color: var(--accent); border-radius: 50%; animation: turn 1s linear infinite; }
            @keyframes turn { to { rotate: 1turn; } }
            @media (prefers-reduced-motion: reduce) { .spinner { animation: none; } }
            """,
            _ => Of("div", "spinner").With("role", "status").With("aria-label", "Loading"))),
        ("ui.skeleton", new HtmlComponent(
            """
            .skeleton { gap: 12px; }
            .skeleton > span { height: 12px; border-radius: 6px; }
            """,
            ["bars"],
            node => HtmlParts.Bars((int)Math.Clamp(node.Props.GetNumber("lines") ?? 3, 0, 50)).Style("skeleton"))),
    ];

    private const string BubbleCss = """
        .bubble { position: relative; display: flex; align-items: center; justify-content: center; padding: 0 8px; border-radius: 6px; background: #374151; color: var(--paper); font-size: 13px; line-height: 1.2; text-align: center; }
        .bubble.pointing::after { position: absolute; top: 100%; left: calc(50% - 7px); border: 7px solid transparent; border-top-color: #374151; border-bottom: 0; content: ""; }
        """;

    private static Element Heading(SvgNode node)
    {
        var level = (int)Math.Clamp(node.Props.GetNumber("level") ?? 2, 1, 6);
        var size = node.FontSize(level switch { 1 => 32, 2 => 24, 3 => 20, _ => 16 });
        return Of("h" + Escaping.Digits(level), "heading").Css("font-size", HtmlStyle.Pixels(size)).Css("text-align", HtmlStyle.Align(node))
            .Say(node.Text("text", "title", "label") ?? node.Node.Label ?? "Heading");
    }

    private static Element Paragraph(SvgNode node) => node.Text("text", "description", "value") is { } text
        ? Of("p", "paragraph").Css("text-align", HtmlStyle.Align(node)).Say(text)
        : HtmlParts.Bars((int)Math.Clamp(node.Props.GetNumber("lines") ?? Math.Max(1, node.Box.Height / 18), 0, 50));

    private static Element Gallery(SvgNode node)
    {
        var pictures = node.List("images", "items");
        var count = (int)Math.Clamp(node.Props.GetNumber("count") ?? Math.Max(pictures.Count, 1), 1, 60);
        var columns = (int)Math.Clamp(node.Props.GetNumber("columns") ?? 3, 1, count);
        return Of("div", "gallery")
            .Css("grid-template", $"repeat({Escaping.Digits((count + columns - 1) / columns)}, 1fr) / repeat({Escaping.Digits(columns)}, 1fr)")
            .AddAll(Enumerable.Range(0, count).Select(i => HtmlParts.Picture(i < pictures.Count ? HtmlLayout.Address(pictures[i]) : null, null)));
    }

    private static Element Carousel(SvgNode node)
    {
        var pictures = node.List("images", "items");
        var count = (int)Math.Clamp(node.Props.GetNumber("count") ?? Math.Max(pictures.Count, 3), 1, 12);
        var active = (int)Math.Clamp(node.Props.GetNumber("active") ?? 0, 0, count - 1);
        return Of(
            "section",
            "carousel",
            HtmlParts.Picture(active < pictures.Count ? HtmlLayout.Address(pictures[active]) : null, node.Text("title", "label")),
            Of("button").With("type", "button").With("aria-label", "Previous").Say("‹"),
            Of("button", "next").With("type", "button").With("aria-label", "Next").Say("›"),
            Of("ol").AddAll(Enumerable.Range(0, count).Select(i => Of("li").With("aria-current", i == active ? "true" : null)))).With("aria-label", node.Text("title", "label") ?? "Carousel");
    }

    private static Element Badge(SvgNode node)
    {
        var badge = Of("span", "badge").Css("font-size", HtmlStyle.Pixels(Math.Max(8, node.Box.Height * 0.5))).Css("color", SvgStyle.Variant(node.Text("variant")));
        return badge.Say(node.Text("text", "label", "value") ?? node.Node.Label ?? "Badge");
    }

    private static Element Alert(SvgNode node)
    {
        var text = string.Join("  ", new[] { node.Text("title", "label"), node.Text("text", "description") }.Where(part => part is not null));
        return Of("div", "alert", Of("p").Say(text), Of("button").With("type", "button").With("aria-label", "Dismiss").Say("×"))
            .With("role", "alert").Css("color", SvgStyle.Variant(node.Text("variant") ?? "info"));
    }

    private static Element Bubble(SvgNode node, string role) => Of("div", "bubble").With("role", role).Say(node.Text("text", "label", "title") ?? node.Node.Label);
}
