using System.Text;
using Actors.Domain.Interchange.Html;

namespace Actors.Domain.Interchange.React;

/// <summary>
/// What elements of one build have in common, as a component: where they differ it has properties. Two texts that are
/// the same in every one of them are one property.
/// </summary>
internal sealed class RepeatedComponent
{
    /// <summary>A component with more properties would be harder to read than its copies.</summary>
    private const int MostProperties = 8;

    private readonly Element _model;
    private readonly Dictionary<object, string> _holes = [];
    private readonly List<(string Name, string Type, string?[] Values)> _properties = [];

    private RepeatedComponent(string name, string type, Element model)
    {
        (Name, Type, _model) = (name, type, model);
    }

    public string Name { get; }

    /// <summary>The node type that it stands for.</summary>
    public string Type { get; }

    /// <summary>What elements must share to be one component: tags, classes, attributes and the order of parts.</summary>
    public static string Build(Element element)
    {
        var build = new StringBuilder();
        Describe(build, element);
        return build.ToString();
    }

    /// <summary>The component of elements of one build, and null where they are too different to gain by one.</summary>
    public static RepeatedComponent? Of(string name, string type, IReadOnlyList<Element> elements)
    {
        var component = new RepeatedComponent(name, type, elements[0]);
        return component.Compare(elements, isRoot: true) && component._properties.Count <= MostProperties ? component : null;
    }

    /// <summary>The element that stands for the instance of that number.</summary>
    public Element Use(int instance, Element original)
    {
        var use = new Element(Name);
        use.Declarations.AddRange(original.Declarations);
        foreach (var (name, _, values) in _properties)
        {
            use.With(name, values[instance]);
        }

        return use;
    }

    public (string Code, string Css) Write()
    {
        var root = new List<(string, string)>(_model.Declarations);
        var sheet = new StyleSheet();
        sheet.Include(HtmlComponents.Of(Type));
        _model.Declarations.Clear();
        sheet.Place(_model);
        var code = new StringBuilder($"import styles from './{Name}.module.css';\n\nexport interface {Name}Props {{\n  className?: string;\n");
        foreach (var (name, type, values) in _properties)
        {
            code.Append("  ").Append(name).Append(values.Contains(null) ? "?: " : ": ").Append(type).Append(";\n");
        }

        code.Append("}\n\n").Append($"export function {Name}({{ className = ''").Append(string.Concat(_properties.Select(property => ", " + property.Name))).Append($" }}: {Name}Props) {{\n  return (\n");
        JsxWriter.Write(code, _model, 2, new JsxWriter.Holes(words => _holes.GetValueOrDefault(words), (element, attribute) => _holes.GetValueOrDefault((element, attribute)), element => _holes.GetValueOrDefault((element, ""))), isRoot: true);
        _model.Declarations.AddRange(root);
        return (code.Append("  );\n}\n").ToString(), sheet.Write(withBase: false, withGroups: false));
    }

    private bool Compare(IReadOnlyList<Element> elements, bool isRoot)
    {
        var model = elements[0];
        if (!isRoot && elements.Any(element => !element.Declarations.SequenceEqual(model.Declarations)))
        {
            return false;
        }

        if (elements.Any(element => element.Variant != model.Variant))
        {
            var values = elements.Select(element => element.Variant).ToArray();
            _holes[(model, "")] = Property("variant", Union(values), values);
        }

        for (var i = 0; i < model.Attributes.Count; i++)
        {
            var name = model.Attributes[i].Name;
            var values = elements.Select(element => element.Attributes[i].Value).ToArray();
            if (name != "data-node" && values.Any(value => value != values[0]))
            {
                var isClosed = name is "type" or "role" or "inputmode" || (name.StartsWith("aria-", StringComparison.Ordinal) && name != "aria-label");
                _holes[(model, name)] = Property(name == "aria-label" ? "label" : JsxWriter.Camel(name), isClosed ? Union(values) : "string", values);
            }
        }

        for (var i = 0; i < model.Children.Count; i++)
        {
            if (model.Children[i] is Words words)
            {
                var values = elements.Select(element => (string?)((Words)element.Children[i]).Value).ToArray();
                if (values.Any(value => value != values[0]))
                {
                    var part = model.Classes.FirstOrDefault()?.Split('-') is [_, .., var last] ? last : "text";
                    _holes[words] = Property(part, "string", values);
                }
            }
            else if (!Compare([.. elements.Select(element => (Element)element.Children[i])], isRoot: false))
            {
                return false;
            }
        }

        return true;
    }

    private string Property(string wanted, string type, string?[] values)
    {
        var known = _properties.Find(property => property.Type == type && property.Values.SequenceEqual(values));
        if (known.Name is not null)
        {
            return known.Name;
        }

        var name = wanted;
        for (var i = 2; _properties.Exists(property => property.Name == name); i++)
        {
            name = wanted + Escaping.Digits(i);
        }

        _properties.Add((name, type, values));
        return name;
    }

    private static string Union(string?[] values) =>
        string.Join(" | ", values.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(JsxWriter.Literal));

    private static void Describe(StringBuilder build, Element element)
    {
        build.Append(element.Tag).Append('.').AppendJoin('.', element.Classes);
        foreach (var (name, value) in element.Attributes)
        {
            build.Append('[').Append(name).Append(value is null ? "!" : "").Append(']');
        }

        build.Append('(');
        foreach (var child in element.Children)
        {
            if (child is Element inner)
            {
                Describe(build, inner);
            }
            else
            {
                build.Append('$');
            }
        }

        build.Append(')');
    }
}
