using System.Collections.Frozen;
using Actors.Domain.Interchange.Svg;
using Actors.Domain.UiComponents;

namespace Actors.Domain.Interchange.Html;

/// <summary>Which component becomes what of a page; whatever is not named here becomes its drawing.</summary>
internal static class HtmlComponents
{
    private static readonly FrozenDictionary<string, HtmlComponent> ByType =
        HtmlShapes.All.Concat(HtmlForms.All).Concat(HtmlLayout.All).Concat(HtmlNavigation.All).Concat(HtmlContent.All).Concat(HtmlData.All)
            .ToFrozenDictionary(entry => entry.Type, entry => entry.Component, StringComparer.Ordinal);

    /// <summary>Components of projects bring their markup themselves, and all share one style.</summary>
    private static readonly HtmlComponent Custom = new(
        ".custom { overflow: hidden; font-size: 14px; }", ["drawing"], node => node.Component?.Look?.Markup is { } markup ? markup.Build(node) : HtmlShapes.Other.Render(node));

    public static HtmlComponent Of(string type) =>
        UiComponentId.IsCustom(type) ? Custom : ByType.GetValueOrDefault(type, HtmlShapes.Other);

    /// <summary>The node's element, without place and size and without its children.</summary>
    public static Element Render(SvgNode node)
    {
        var element = Of(node.Node.Type).Render(node);
        HtmlStyle.Look(node, element.Looks ?? element);
        HtmlStyle.Whole(node, element);
        if (Escaping.Link(node.Text("link")) is { } link && element.Tag is "div" or "p")
        {
            element.Tag = "a";
            element.With("href", link);
        }

        return element;
    }
}
