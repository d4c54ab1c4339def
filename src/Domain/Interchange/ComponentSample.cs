using System.Text;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Interchange.Html;
using Actors.Domain.Interchange.React;

namespace Actors.Domain.Interchange;

/// <summary>What exports make of one node of a component, at its usual size and with the properties of its example.</summary>
/// <param name="Html">The element, as it stands in a page of <see cref="HtmlExport"/>.</param>
/// <param name="Css">The classes that <paramref name="Html"/> and <paramref name="React"/> name; the module beside the React component.</param>
/// <param name="BaseCss">What a page with any of the components needs once: the palette, and what evens out browsers.</param>
/// <param name="React">A file of TypeScript with one React component, as in a project of <see cref="ReactExport"/>.</param>
public sealed record ComponentSample(string Html, string Css, string BaseCss, string React)
{
    private const string NodeId = "sample";

    /// <summary>The snippets of a component of wireframes. The same component always gives the same text.</summary>
    public static ComponentSample Of(ComponentDescriptor component, IComponentCatalog components)
    {
        var node = new Scene(ToDocument(component), components).Roots[0];
        var element = HtmlComponents.Render(node);
        Placement.Size(element, node.Box);
        var sheet = new StyleSheet();
        sheet.Include(HtmlComponents.Of(component.Id));
        sheet.Place(element);
        var css = sheet.Write(withBase: false, withGroups: false);

        var html = new StringBuilder();
        HtmlWriter.Write(html, element, 0);
        var name = ReactProject.Pascal(component.Id[(component.Id.IndexOf('.', StringComparison.Ordinal) + 1)..], "Part");
        var react = new StringBuilder($"import styles from './{name}.module.css';\n\nexport function {name}() {{\n  return (\n");
        JsxWriter.Write(react, element, 2, JsxWriter.Holes.None);
        var palette = new StringBuilder();
        StyleSheet.Format(palette, StyleSheet.Base);
        return new ComponentSample(html.Append('\n').ToString(), css, palette.ToString().TrimEnd() + "\n", react.Append("  );\n}\n").ToString());
    }

    /// <summary>The picture of the component, as SVG.</summary>
    public static string Draw(ComponentDescriptor component, IComponentCatalog components) => SvgExport.Write(ToDocument(component), components);

    private static DesignDocument ToDocument(ComponentDescriptor component) => new()
    {
        Id = component.Id,
        ProjectId = "",
        Name = component.Title,
        Kind = DesignKind.Wireframe,
        Epoch = "",
        Revision = 0,
        Nodes = [new Node { Id = NodeId, Type = component.Id, Props = component.Example ?? default }],
        Connections = [],
        CreatedAt = default,
        UpdatedAt = default,
    };
}
