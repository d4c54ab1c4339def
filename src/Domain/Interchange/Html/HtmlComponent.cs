using Actors.Domain.Interchange.Svg;

namespace Actors.Domain.Interchange.Html;

/// <summary>How one kind of component stands in a page.</summary>
/// <param name="Css">The component's style sheet; its selectors begin with classes of its own.</param>
/// <param name="Uses">Names of the <see cref="HtmlParts.Sheets"/> that its markup needs besides.</param>
/// <param name="Render">
/// The component's element without place and size, which the page's layout adds. Children are appended to it, so what a
/// container with children shows itself is pinned to its corner.
/// </param>
internal sealed record HtmlComponent(string Css, string[] Uses, Func<SvgNode, Element> Render)
{
    public HtmlComponent(string css, Func<SvgNode, Element> render)
        : this(css, [], render)
    {
    }
}
