using System.Text.Json;
using Actors.Domain.Interchange.Svg;
using static Actors.Domain.Interchange.Html.Element;

namespace Actors.Domain.Interchange.Html;

/// <summary>Many values in one box.</summary>
internal static class HtmlData
{
    private const int EmptyRows = 20;
    private const int TreeDepth = 20;

    public static IEnumerable<(string Type, HtmlComponent Component)> All =>
    [
        ("ui.list", new HtmlComponent(
            """
            .list { overflow: hidden; border: 1px solid var(--edge); border-radius: 6px; background: var(--paper); color: var(--ink); font-size: 14px; }
            .list > li { display: flex; align-items: center; gap: 12px; padding: 0 14px; }
            .list > li + li { border-top: 1px solid var(--shade); }
            .list > li::before { flex: none; width: 6px; height: 6px; border-radius: 50%; background: var(--faint); content: ""; }
            .list.ordered { counter-reset: entry; }
            .list.ordered > li { counter-increment: entry; }
            .list.ordered > li::before { width: auto; height: auto; background: none; color: var(--muted); content: counter(entry) "."; }
            .list > .bars { gap: 16px; padding: 14px; }
            """,
            ["bars"],
            List)),
        ("ui.table", new HtmlComponent(
            """
            .table { overflow: auto; border: 1px solid var(--edge); border-radius: 6px; background: var(--paper); }
            .table > table { width: 100%; border-collapse: collapse; table-layout: fixed; color: var(--muted); font-size: 13px; text-align: left; }
            .table th { height: 36px; padding: 0 12px; background: var(--shade); color: var(--ink); font-weight: 600; }
            .table td { height: var(--row); padding: 0 12px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
            .table tr + tr > td { border-top: 1px solid var(--shade); }
            .table .bars { width: 70%; }
            """,
            ["bars"],
            Table)),
        ("ui.chart", new HtmlComponent("", ["drawing"], node =>
        {
            var values = string.Join(", ", SvgTables.Values(node).Take(50).Select(SvgCanvas.N));
            return MarkupCanvas.Draw(node, "drawing", $"{node.Text("title", "label") ?? "Chart"}: {values}");
        })),
        ("ui.stat", new HtmlComponent(
            """
            .stat { display: flex; flex-direction: column; padding: 12px 16px; overflow: hidden; border: 1px solid var(--edge); border-radius: 8px; background: var(--paper); white-space: nowrap; }
            .stat-label { color: var(--muted); font-size: 13px; line-height: 18px; }
            .stat-value { color: var(--ink); font-size: 28px; font-weight: 700; line-height: 34px; }
            .stat-change { color: #15803d; font-size: 12px; line-height: 18px; }
            """,
            node => Of(
                "div",
                "stat",
                Of("p", "stat-label").Say(node.Text("label", "title")),
                Of("p", "stat-value").Say(node.Text("value", "text") ?? "0"),
                node.Text("change", "description") is { } change ? Of("p", "stat-change").Say(change) : null))),
        ("ui.calendar", new HtmlComponent(
            """
            .calendar { display: flex; flex-direction: column; overflow: hidden; border: 1px solid var(--edge); border-radius: 8px; background: var(--paper); color: var(--ink); font-size: 12px; }
            .calendar > h3 { flex: none; height: 38px; font-size: 14px; font-weight: 600; line-height: 36px; text-align: center; }
            .calendar > ol { display: grid; flex: 1; grid-template: repeat(5, 1fr) / repeat(7, 1fr); min-height: 0; }
            .calendar li { display: flex; align-items: center; justify-content: center; min-height: 0; }
            .calendar .outside { color: var(--faint); }
            """,
            node => Of("section", "calendar", Of("h3").Say(node.Text("month", "title", "label") ?? "Month"), Of("ol").AddAll(Enumerable.Range(0, 35).Select(day =>
                Of("li").Style("outside", day > 30).Say(Escaping.Digits((day % 31) + 1))))))),
        ("ui.tree", new HtmlComponent(
            """
            .tree { padding: 8px 12px; overflow: hidden; border: 1px solid var(--edge); border-radius: 6px; background: var(--paper); color: var(--ink); font-size: 13px; line-height: 26px; white-space: nowrap; }
            .tree ul { padding-left: 18px; }
            .tree li > span::before { display: inline-block; width: 14px; color: var(--muted); content: "\b7"; }
            .tree li > .branch::before { content: "\25be"; }
            """,
            node => Of("ul", "tree").With("role", "tree").AddAll(Branch(node.List("items"), 0)))),
        ("ui.code", new HtmlComponent(
            ".code { padding: 10px 12px; overflow: auto; border-radius: 6px; background: #1f2937; color: #e5e7eb; font: 13px/18px \"Cascadia Code\", Menlo, Consolas, monospace; white-space: pre; }",
            node => Of("pre", "code", Of("code").Say((node.Text("text", "value") ?? "").ReplaceLineEndings("\n"))))),
        ("ui.chat", new HtmlComponent(
            """
            .chat { display: flex; flex-direction: column; gap: 12px; padding: 13px; overflow: hidden; border: 1px solid var(--edge); border-radius: 8px; background: var(--paper); }
            .chat > ol { display: flex; flex: 1; flex-direction: column; gap: 8px; align-items: flex-start; min-height: 0; overflow: hidden; }
            .chat li { flex: none; max-width: 72%; padding: 6px 12px; border-radius: 12px; background: var(--soft); color: var(--ink); font-size: 13px; line-height: 18px; }
            .chat li:nth-child(even) { align-self: flex-end; background: var(--accent-soft); }
            .chat > input { flex: none; height: 34px; padding: 0 14px; border: 1px solid var(--edge); border-radius: 17px; font-size: 13px; }
            """,
            node => Of(
                "section",
                "chat",
                Of("ol").AddAll(node.Captions("items").Select(message => Of("li").Say(message))),
                Of("input").With("type", "text").With("aria-label", "Message").With("placeholder", node.Text("placeholder") ?? "Message")).With("aria-label", node.Text("title", "label") ?? "Chat"))),
    ];

    private static Element List(SvgNode node)
    {
        var entries = node.List("items");
        var ordered = node.Props.GetFlag("ordered");
        var list = Of(ordered ? "ol" : "ul", "list").Style("ordered", ordered);
        if (entries.Count == 0)
        {
            list.Tag = "div";
            return list.Add(HtmlParts.Bars(6));
        }

        var height = HtmlStyle.Pixels(Math.Clamp(node.Box.Height / entries.Count, 26, 48));
        return list.AddAll(entries.Select(entry =>
        {
            var caption = SvgNode.Caption(entry) ?? "";
            return Of("li").Css("height", height).Add(Escaping.Link(entry.GetText("href")) is { } link ? Of("a").With("href", link).Say(caption) : new Words(caption));
        }));
    }

    private static Element Table(SvgNode node)
    {
        var columns = node.List("columns");
        var titles = columns.ConvertAll(column => SvgNode.Caption(column) ?? "");
        if (titles.Count == 0)
        {
            titles = ["Column", "Column", "Column"];
        }

        var rows = node.List("rows", "items");
        var height = rows.Count == 0 ? 32 : Math.Clamp((node.Box.Height - 38) / rows.Count, 26, 44);
        var shown = rows.Count == 0 ? (int)Math.Clamp((node.Box.Height - 36) / 32, 0, EmptyRows) : rows.Count;
        var body = Of("tbody").AddAll(Enumerable.Range(0, shown).Select(row => Of("tr").AddAll(titles.Select((_, column) => rows.Count == 0
            ? Of("td", null, HtmlParts.Bars(1))
            : Of("td").Say(SvgTables.Cell(rows[row], columns, titles, column))))));
        return Of("div", "table", Of("table", null, Of("thead", null, Of("tr").AddAll(titles.Select(title => Of("th").With("scope", "col").Say(title)))), body))
            .Css("--row", HtmlStyle.Pixels(height));
    }

    private static IEnumerable<Element> Branch(IEnumerable<JsonElement> entries, int depth)
    {
        foreach (var entry in depth > TreeDepth ? [] : entries)
        {
            var inner = entry.GetList("items") ?? entry.GetList("children");
            yield return Of(
                "li",
                null,
                Of("span").Style("branch", inner is not null).Say(SvgNode.Caption(entry)),
                inner is { } list ? Of("ul").With("role", "group").AddAll(Branch(list.EnumerateArray(), depth + 1)) : null).With("role", "treeitem");
        }
    }
}
