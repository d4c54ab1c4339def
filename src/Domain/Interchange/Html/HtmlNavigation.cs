using Actors.Domain.Interchange.Svg;
using static Actors.Domain.Interchange.Html.Element;

namespace Actors.Domain.Interchange.Html;

/// <summary>What leads through a page.</summary>
internal static class HtmlNavigation
{
    private const int Pages = 7;

    private const string MenuCss = """
        .menu { padding: 8px; overflow: hidden; outline: 1px solid var(--edge); outline-offset: -1px; border-radius: 8px; background: var(--paper); }
        .menu-brand { flex: none; height: 36px; padding: 0 8px; overflow: hidden; color: var(--ink); font-size: 16px; font-weight: 700; line-height: 28px; white-space: nowrap; }
        .menu a { display: flex; align-items: center; height: 32px; margin-bottom: 4px; padding: 0 10px; overflow: hidden; border-radius: 6px; color: var(--ink); font-size: 14px; white-space: nowrap; }
        .menu a[aria-current] { background: var(--accent-soft); color: var(--accent); font-weight: 600; }
        .menu.side { padding: 16px 8px; border-radius: 0; background: var(--soft); }
        .menu > .pinned { position: absolute; top: 16px; left: 8px; }
        """;

    public static IEnumerable<(string Type, HtmlComponent Component)> All =>
    [
        ("ui.navbar", new HtmlComponent(
            """
            .navbar { display: flex; align-items: center; gap: 24px; padding: 0 20px; overflow: hidden; outline: 1px solid var(--edge); outline-offset: -1px; background: var(--paper); color: var(--ink); white-space: nowrap; }
            .brand { flex: none; color: var(--ink); font-weight: 700; }
            .navbar > ul { display: flex; flex: 1; gap: 24px; justify-content: flex-end; min-width: 0; }
            .navbar a { color: var(--muted); font-size: 14px; }
            .navbar a[aria-current] { color: var(--accent); font-weight: 600; }
            .navbar > .actions { margin-left: auto; }
            .navbar > .pinned { position: absolute; inset: 0 20px; display: flex; align-items: center; pointer-events: none; }
            """,
            ["button", "actions"],
            Navbar)),
        ("ui.sidebar", new HtmlComponent(MenuCss, node => Menu(node).Style("side"))),
        ("ui.menu", new HtmlComponent(MenuCss, Menu)),
        ("ui.breadcrumb", new HtmlComponent(
            """
            .breadcrumb { overflow: hidden; color: var(--ink); font-size: 13px; }
            .breadcrumb > ol { display: flex; align-items: center; height: 100%; white-space: nowrap; }
            .breadcrumb li { display: flex; }
            .breadcrumb li + li::before { padding: 0 8px; color: var(--faint); content: "\203a"; }
            .breadcrumb a { color: var(--accent); }
            .breadcrumb a[aria-current] { color: var(--ink); font-weight: 600; }
            """,
            Breadcrumb)),
        ("ui.pagination", new HtmlComponent(
            """
            .pagination > ul { display: flex; align-items: center; height: 100%; }
            .pagination li { padding: 2px; }
            .pagination a { display: flex; align-items: center; justify-content: center; width: 100%; height: 100%; border: 1px solid var(--edge); border-radius: 5px; background: var(--paper); color: var(--muted); font-size: 13px; }
            .pagination a[aria-current] { border-color: var(--accent); background: var(--accent); color: var(--paper); }
            """,
            Pagination)),
        ("ui.stepper", new HtmlComponent(
            """
            .stepper { display: flex; padding-top: 2px; overflow: hidden; color: var(--muted); font-size: 12px; counter-reset: step; }
            .stepper > li { position: relative; flex: 1; min-width: 0; text-align: center; counter-increment: step; }
            .stepper > li::before { position: relative; display: flex; z-index: 1; align-items: center; justify-content: center; width: 24px; height: 24px; margin: 0 auto 3px; border: 1px solid var(--edge); border-radius: 50%; background: var(--paper); content: counter(step); font-weight: 600; }
            .stepper > li + li::after { position: absolute; top: 11px; right: calc(50% + 18px); left: calc(-50% + 18px); height: 2px; background: var(--shade); content: ""; }
            .stepper > .done::before { border-color: var(--accent); background: var(--accent); color: var(--paper); }
            .stepper > .done::after { background: var(--accent) !important; }
            .stepper > [aria-current] { color: var(--ink); }
            """,
            Stepper)),
        ("ui.link", new HtmlComponent(
            ".link { display: flex; align-items: center; color: var(--accent); font-size: 14px; text-decoration: underline; white-space: nowrap; }",
            node => Of("a", "link").With("href", Escaping.Link(node.Text("href")) ?? "#").Say(node.Text("text", "label", "title") ?? node.Node.Label ?? "Link"))),
    ];

    private static Element Navbar(SvgNode node)
    {
        var brand = node.Text("brand", "title", "label", "text") ?? node.Node.Label;
        var bar = Of("nav", "navbar").With("aria-label", brand ?? "Main");
        var name = brand is null ? null : Of("strong", "brand").Css("font-size", HtmlStyle.Pixels(Math.Clamp(node.Box.Height * 0.32, 10, 18))).Say(brand);
        if (node.HasChildren)
        {
            return bar.Add(Of("div", "pinned", name, HtmlParts.Actions(node)));
        }

        var links = HtmlParts.Links(node, -1, "items", "links").ToList();
        return bar.Add(name, links.Count == 0 ? null : Of("ul").AddAll(links), HtmlParts.Actions(node));
    }

    private static Element Menu(SvgNode node)
    {
        var menu = Of("nav", "menu");
        if (node.Node.Type == "ui.sidebar" && node.Text("brand", "title", "label") is { } brand)
        {
            menu.With("aria-label", brand).Add(Of("p", "menu-brand").Style("pinned", node.HasChildren).Say(brand));
        }

        return node.HasChildren ? menu : menu.Add(Of("ul").AddAll(HtmlParts.Links(node, -1, "items", "links")));
    }

    private static Element Breadcrumb(SvgNode node)
    {
        var entries = node.List("items");
        return Of("nav", "breadcrumb", Of("ol").AddAll(entries.Select((entry, i) =>
            Of("li", null, HtmlParts.Link(entry).With("aria-current", i == entries.Count - 1 ? "page" : null))))).With("aria-label", "Breadcrumb");
    }

    private static Element Pagination(SvgNode node)
    {
        var pages = (int)Math.Clamp(node.Props.GetNumber("pages") ?? 5, 1, Pages);
        var page = (int)Math.Clamp(node.Props.GetNumber("page") ?? 1, 1, pages);
        var side = HtmlStyle.Pixels(Math.Min(node.Box.Height, node.Box.Width / (pages + 2)));
        var captions = Enumerable.Range(1, pages).Select(Escaping.Digits).Prepend("‹").Append("›");
        return Of("nav", "pagination", Of("ul").AddAll(captions.Select((caption, i) =>
            Of("li", null, Of("a").With("href", "#").With("aria-current", i == page ? "page" : null).With("aria-label", Arrow(caption)).Say(caption))
                .Css("width", side).Css("height", side)))).With("aria-label", "Pages");
    }

    private static string? Arrow(string caption) => caption switch { "‹" => "Previous page", "›" => "Next page", _ => null };

    private static Element Stepper(SvgNode node)
    {
        var steps = node.Captions("items", "steps");
        var active = node.Active(steps, 0);
        return Of("ol", "stepper").AddAll(steps.Select((step, i) => Of("li").Style("done", i <= active).With("aria-current", i == active ? "step" : null).Say(step)));
    }
}
