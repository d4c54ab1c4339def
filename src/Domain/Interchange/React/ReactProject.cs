using System.Reflection;
using System.Text;
using Actors.Domain.Designs;
using Actors.Domain.Interchange.Html;
using Actors.Domain.UiComponents;

namespace Actors.Domain.Interchange.React;

/// <summary>The files of a project: one component for each frame, one for each user interface component that repeats.</summary>
internal sealed class ReactProject
{
    private const string Lock = "Actors.Domain.Interchange.React.package-lock.json";

    private static readonly string[] Reserved = ["App", "Fragment", "React", "StrictMode"];

    private readonly Archive _archive = new();
    private readonly HashSet<string> _names = new(Reserved, StringComparer.Ordinal);
    private readonly List<RepeatedComponent> _components = [];

    private ReactProject()
    {
    }

    public static byte[] Write(DesignDocument design, Scene scene)
    {
        var project = new ReactProject();
        var page = Page.Of(design, scene);
        var assets = new Assets("assets/");
        assets.TakeFrom(page);
        assets.AddTo(project._archive, "public/");
        project.Extract(page);
        project.WriteApp(page);
        foreach (var component in project._components)
        {
            var (code, css) = component.Write();
            project._archive.Add($"src/components/{component.Name}.tsx", code);
            project._archive.Add($"src/components/{component.Name}.module.css", css);
        }

        var sheet = new StringBuilder();
        StyleSheet.Format(sheet, StyleSheet.Base);
        project._archive.Add("src/index.css", sheet.ToString().TrimEnd() + "\n");
        project.WriteFrame(design);
        return project._archive.ToBytes();
    }

    /// <summary>Replaces elements that repeat by uses of a component.</summary>
    private void Extract(Element page)
    {
        var places = new List<(Element Parent, int Index, Element Element)>();
        Collect(page, places);
        foreach (var group in places.GroupBy(place => place.Element.Component + RepeatedComponent.Build(place.Element), StringComparer.Ordinal).Where(group => group.Skip(1).Any()))
        {
            var uses = group.ToList();
            var type = uses[0].Element.Component!;
            var wanted = Pascal(type[(type.IndexOf('.', StringComparison.Ordinal) + 1)..], "Part");
            if (RepeatedComponent.Of(Unique(wanted, take: false), type, [.. uses.Select(use => use.Element)]) is { } component)
            {
                Unique(wanted, take: true);
                _components.Add(component);
                for (var i = 0; i < uses.Count; i++)
                {
                    uses[i].Parent.Children[uses[i].Index] = component.Use(i, uses[i].Element);
                }
            }
        }
    }

    private static void Collect(Element element, List<(Element Parent, int Index, Element Element)> places)
    {
        for (var i = 0; i < element.Children.Count; i++)
        {
            if (element.Children[i] is not Element child)
            {
                continue;
            }

            if (IsUserInterface(child.Component) && !HoldsNodes(child))
            {
                places.Add((element, i, child));
            }
            else
            {
                Collect(child, places);
            }
        }
    }

    private static bool IsUserInterface(string? type) =>
        type is not null && (type.StartsWith("ui.", StringComparison.Ordinal) || UiComponentId.IsCustom(type));

    private static bool HoldsNodes(Element element) => element.Children.OfType<Element>().Any(child => child.Component is not null || HoldsNodes(child));

    /// <summary>The app, with each frame of the page in a file of its own.</summary>
    private void WriteApp(Element page)
    {
        var main = page;
        if (page.Component == "frame")
        {
            main = Frame(page);
        }
        else
        {
            LiftFrames(page);
        }

        WriteComponent("src/App", "App", main, "./");
    }

    private void LiftFrames(Element element)
    {
        for (var i = 0; i < element.Children.Count; i++)
        {
            if (element.Children[i] is Element { Component: null } group)
            {
                LiftFrames(group);
            }
            else if (element.Children[i] is Element { Component: "frame" } frame)
            {
                element.Children[i] = Frame(frame);
            }
        }
    }

    private Element Frame(Element frame)
    {
        var name = Unique(Pascal(frame.Attributes.Find(attribute => attribute.Name == "aria-label").Value ?? "", "Screen"), take: true);
        WriteComponent($"src/frames/{name}", name, frame, "../");
        return new Element(name);
    }

    private void WriteComponent(string path, string name, Element root, string source)
    {
        var sheet = new StyleSheet();
        var used = new SortedSet<string>(StringComparer.Ordinal);
        Include(root, sheet, used);
        sheet.Place(root);
        var jsx = new StringBuilder();
        JsxWriter.Write(jsx, root, 2, JsxWriter.Holes.None);
        var code = new StringBuilder();
        foreach (var import in used)
        {
            var folder = _components.Exists(component => component.Name == import) ? "components" : "frames";
            code.Append($"import {{ {import} }} from '{source}{folder}/{import}';\n");
        }

        var isStyled = jsx.ToString().Contains("{styles", StringComparison.Ordinal);
        if (isStyled)
        {
            code.Append($"import styles from './{name}.module.css';\n");
            _archive.Add(path + ".module.css", sheet.Write(withBase: false));
        }

        code.Append(code.Length > 0 ? "\n" : "").Append($"export function {name}() {{\n  return (\n").Append(jsx).Append("  );\n}\n");
        _archive.Add(path + ".tsx", code.ToString());
    }

    private static void Include(Element element, StyleSheet sheet, SortedSet<string> used)
    {
        if (char.IsAsciiLetterUpper(element.Tag[0]))
        {
            used.Add(element.Tag);
        }
        else if (element.Component is { } type)
        {
            sheet.Include(HtmlComponents.Of(type));
        }

        foreach (var child in element.Children.OfType<Element>())
        {
            Include(child, sheet, used);
        }
    }

    private void WriteFrame(DesignDocument design)
    {
        _archive.Add("package.json", ReactFiles.Package);
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Lock) ?? throw new InvalidOperationException("The lock file is not part of the assembly.");
        using var reader = new StreamReader(stream);
        _archive.Add("package-lock.json", reader.ReadToEnd());
        _archive.Add("tsconfig.json", ReactFiles.TypeScript);
        _archive.Add("vite.config.ts", ReactFiles.Vite);
        _archive.Add("index.html", ReactFiles.Index.Replace("{title}", Escaping.Html(design.Name), StringComparison.Ordinal));
        _archive.Add("src/main.tsx", ReactFiles.Main);
        _archive.Add(".gitignore", "node_modules\ndist\n");
    }

    private string Unique(string wanted, bool take)
    {
        var name = wanted;
        for (var i = 2; _names.Contains(name); i++)
        {
            name = wanted + Escaping.Digits(i);
        }

        if (take)
        {
            _names.Add(name);
        }

        return name;
    }

    internal static string Pascal(string text, string otherwise)
    {
        var name = string.Concat(Escaping.Slug(text, 40).Split('-', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return name.Length > 0 && char.IsAsciiLetter(name[0]) ? name : otherwise + name;
    }
}
