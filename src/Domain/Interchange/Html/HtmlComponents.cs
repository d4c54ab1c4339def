using System.Collections.Frozen;
using Actors.Domain.Interchange.Svg;

namespace Actors.Domain.Interchange.Html;

/// <summary>Which component becomes what of a page; whatever is not named here becomes its drawing.</summary>
internal static class HtmlComponents
{
    private static readonly FrozenDictionary<string, HtmlComponent> ByType =
        HtmlShapes.All.Concat(HtmlForms.All).Concat(HtmlLayout.All).Concat(HtmlNavigation.All).Concat(HtmlContent.All).Concat(HtmlData.All)
            .ToFrozenDictionary(entry => entry.Type, entry => entry.Component, StringComparer.Ordinal);

    public static HtmlComponent Of(string type) => ByType.GetValueOrDefault(type, HtmlShapes.Other);

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
