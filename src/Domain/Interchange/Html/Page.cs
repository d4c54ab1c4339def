using Actors.Domain.Designs;
using Actors.Domain.Interchange.Svg;

namespace Actors.Domain.Interchange.Html;

/// <summary>A wireframe as elements that stand where its nodes stand.</summary>
internal sealed class Page
{
    private readonly Scene _scene;
    private readonly bool _captions;

    private Page(Scene scene)
    {
        _scene = scene;
        _captions = scene.Roots is not [{ Node.Type: "frame" }];
    }

    /// <summary>The element that holds everything; a single frame is the page itself.</summary>
    public static Element Of(DesignDocument design, Scene scene)
    {
        var page = new Page(scene);
        if (!page._captions)
        {
            var main = page.Build(scene.Roots[0]);
            main.Tag = "main";
            main.Css("margin", "0 auto");
            Placement.Size(main, scene.Roots[0].Box);
            return main;
        }

        var view = SvgExport.View(scene);
        var canvas = new Element("main").With("aria-label", design.Name);
        canvas.Classes.Add("page");
        Placement.Size(canvas, view);
        Placement.Fill(canvas, view, [.. scene.Roots.Select(root => new Placement.Piece(root.Box, page.Build(root)))]);
        return canvas;
    }

    private Element Build(SvgNode node)
    {
        var element = HtmlComponents.Render(node);
        element.Component = node.Node.Type;
        element.With("data-node", node.Node.Id);
        if (node.Node.Type == "frame" && _captions)
        {
            element.Add(Element.Of("h2", "frame-title").Say(node.Node.Label ?? node.Text("title", "name") ?? "Frame"));
        }

        if (!node.HasChildren)
        {
            return element;
        }

        var pieces = _scene.Children(node).Select(child => new Placement.Piece(child.Box, Build(child))).ToList();
        if (node.Component is { Container: true, Look: null })
        {
            Placement.Fill(element, node.Box, pieces);
            return element;
        }

        // A component that holds nothing by itself stands below what was put into it.
        var group = new Element("div");
        Placement.Fill(group, node.Box, [new Placement.Piece(node.Box, element), .. pieces]);
        return group;
    }
}
