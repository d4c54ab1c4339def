using System.Text;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Interchange.Html;

namespace Actors.Domain.Interchange;

/// <summary>
/// A wireframe as a page of semantic, accessible HTML that looks like it at its size: rows, columns and grids where boxes
/// align, fixed places where they were drawn freely. Nothing in a design can bring script, style or an address of another
/// scheme than http, https and mailto into the page. The same design always gives the same bytes.
/// </summary>
public static class HtmlExport
{
    /// <summary>One document that needs nothing beside it.</summary>
    public static string Write(DesignDocument design, IComponentCatalog components)
    {
        var (body, sheet) = Build(design, components);
        var style = new StringBuilder("    <style>\n");
        foreach (var line in sheet.TrimEnd().Split('\n'))
        {
            style.Append(line.Length == 0 ? "" : "      ").Append(line).Append('\n');
        }

        return Document(design, style.Append("    </style>\n").ToString(), body);
    }

    /// <summary>A zip of <c>index.html</c>, <c>styles.css</c> and the pictures that the design holds itself, in <c>assets</c>.</summary>
    public static byte[] WriteZip(DesignDocument design, IComponentCatalog components)
    {
        var (body, sheet) = Build(design, components);
        var archive = new Archive();
        var assets = new Assets("assets/");
        assets.TakeFrom(body);
        archive.Add("index.html", Document(design, "    <link rel=\"stylesheet\" href=\"styles.css\">\n", body));
        archive.Add("styles.css", sheet);
        assets.AddTo(archive);
        return archive.ToBytes();
    }

    private static (Element Body, string Sheet) Build(DesignDocument design, IComponentCatalog components)
    {
        var scene = new Scene(design, components);
        var body = Page.Of(design, scene);
        var sheet = new StyleSheet();
        foreach (var type in scene.Painted.Select(node => node.Node.Type).Distinct(StringComparer.Ordinal))
        {
            sheet.Include(HtmlComponents.Of(type));
        }

        sheet.Place(body);
        return (body, sheet.Write(withBase: true));
    }

    private static string Document(DesignDocument design, string style, Element body)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\">\n  <head>\n    <meta charset=\"utf-8\">\n    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Append("    <title>").Append(Escaping.Html(design.Name)).Append("</title>\n");
        if (design.Description is { Length: > 0 } description)
        {
            page.Append("    <meta name=\"description\" content=\"").Append(Escaping.Html(description)).Append("\">\n");
        }

        page.Append(style).Append("  </head>\n  <body>\n");
        HtmlWriter.Write(page, body, 2);
        return page.Append("\n  </body>\n</html>\n").ToString();
    }
}
