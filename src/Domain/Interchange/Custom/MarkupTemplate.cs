using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Actors.Domain.Interchange.Html;
using Actors.Domain.Interchange.Svg;

namespace Actors.Domain.Interchange.Custom;

/// <summary>What a component is in a page: a tree of elements, from which HTML and React are written.</summary>
internal sealed class MarkupTemplate
{
    public const int MaximumElements = 200;
    public const int MaximumDepth = 12;

    private readonly MarkupElement _root;

    private MarkupTemplate(MarkupElement root)
    {
        _root = root;
    }

    public static MarkupTemplate Read(JsonElement markup, TemplateReader reader)
    {
        var count = 0;
        return new MarkupTemplate(ReadElement(markup, "markup", reader, new Surroundings("", 1, IsInControl: false), ref count));
    }

    /// <summary>The element of a node, without its place and size.</summary>
    public Element Build(SvgNode node)
    {
        var values = new TemplateValues(node);
        var element = _root.Build(values);
        element.Classes.Add("custom");

        // The template alone says what the component looks like.
        element.Looks = new Element("span");
        element.Tight = true;
        return element;
    }

    private static MarkupElement ReadElement(JsonElement json, string path, TemplateReader reader, Surroundings around, ref int count)
    {
        reader.IsObject(json, path, "tag", "style", "attributes", "children", "when", "unless", "each");
        var tag = json.GetText("tag") ?? "";
        var isRoot = around.Depth == 1;
        var misplaced = isRoot && MarkupRules.IsRoot(tag) ? null : MarkupRules.Misplaced(tag, around.Parent, around.IsInControl);
        if ((isRoot && !MarkupRules.IsRoot(tag) ? misplaced ?? "cannot be what a component begins with" : misplaced) is { } rule)
            reader.Fail(path + ".tag", rule);

        if (++count > MaximumElements || around.Depth > MaximumDepth)
            reader.Fail(path, string.Create(CultureInfo.InvariantCulture, $"is too much: a template has at most {MaximumElements} elements, {MaximumDepth} deep"));

        if (isRoot && (json.Get("when") ?? json.Get("unless") ?? json.Get("each")) is not null)
            reader.Fail(path, "is always there, so it takes no when, unless or each");

        // Nothing below a mistake is read: it may be as deep as a document can be.
        if (reader.Problem is not null)
            return new MarkupElement { Tag = tag };

        var each = reader.Each(json, path);
        var wasRepeated = reader.IsRepeated;
        reader.IsRepeated |= each is not null;
        var element = new MarkupElement
        {
            Tag = tag,
            Each = each,
            When = reader.Property(json, "when", path),
            Unless = reader.Property(json, "unless", path),
            Styles = ReadStyles(json, path, reader, isRoot),
            Attributes = ReadAttributes(json, tag, path, reader),
            Children = ReadChildren(json, tag, path, reader, new Surroundings(tag, around.Depth + 1, around.IsInControl || MarkupRules.IsControl(tag)), ref count),
        };
        reader.IsRepeated = wasRepeated;
        return element;
    }

    private static ImmutableArray<(string, TemplateText)> ReadStyles(JsonElement json, string path, TemplateReader reader, bool isRoot)
    {
        var styles = ImmutableArray.CreateBuilder<(string, TemplateText)>();
        if (json.Get("style") is not { } style)
            return [];

        if (style.ValueKind != JsonValueKind.Object)
        {
            reader.Fail(path + ".style", "must be an object");
            return [];
        }

        foreach (var declaration in style.EnumerateObject())
        {
            var at = $"{path}.style.{declaration.Name}";
            if (MarkupRules.CheckProperty(declaration.Name, isRoot) is { } rule)
                reader.Fail(at, rule);

            if (reader.Text(declaration.Value, at) is not { } value)
                continue;

            if (value.Literal is { } literal && !MarkupRules.IsValue(literal))
                reader.Fail(at, "must be a CSS value of letters, numbers, colours and the functions that templates may use");

            styles.Add((declaration.Name, value));
        }

        return styles.ToImmutable();
    }

    private static ImmutableArray<(string, TemplateText?)> ReadAttributes(JsonElement json, string tag, string path, TemplateReader reader)
    {
        var attributes = ImmutableArray.CreateBuilder<(string, TemplateText?)>();
        if (json.Get("attributes") is not { } written)
            return [];

        if (written.ValueKind != JsonValueKind.Object)
        {
            reader.Fail(path + ".attributes", "must be an object");
            return [];
        }

        foreach (var attribute in written.EnumerateObject())
        {
            var at = $"{path}.attributes.{attribute.Name}";
            if (MarkupRules.IsFlag(tag, attribute.Name))
            {
                var value = attribute.Value.ValueKind == JsonValueKind.True ? null : reader.Text(attribute.Value, at);
                if (attribute.Value.ValueKind != JsonValueKind.True && value?.Name is null)
                    reader.Fail(at, "must be true or one {{property}}");

                attributes.Add((attribute.Name, value));
                continue;
            }

            var text = reader.Text(attribute.Value, at);
            if (text is not null && MarkupRules.CheckAttribute(tag, attribute.Name, text.Literal) is { } rule)
                reader.Fail(at, rule);

            attributes.Add((attribute.Name, text));
        }

        return attributes.ToImmutable();
    }

    private static ImmutableArray<object> ReadChildren(JsonElement json, string tag, string path, TemplateReader reader, Surroundings within, ref int count)
    {
        if (json.Get("children") is not { } children)
            return [];

        if (children.ValueKind != JsonValueKind.Array || (MarkupRules.IsEmpty(tag) && children.GetArrayLength() > 0))
        {
            reader.Fail(path + ".children", MarkupRules.IsEmpty(tag) ? $"must not be there: {tag} holds nothing" : "must be a list of texts and elements");
            return [];
        }

        var read = ImmutableArray.CreateBuilder<object>();
        foreach (var child in children.EnumerateArray())
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{path}.children[{read.Count}]");
            if (child.ValueKind != JsonValueKind.String)
                read.Add(ReadElement(child, at, reader, within, ref count));
            else if (tag is "ul" or "ol" or "dl")
                reader.Fail(at, $"must be an element: {tag} holds no text");
            else if (reader.Text(child, at) is { } text)
                read.Add(text);

            if (reader.Problem is not null)
                break;
        }

        return read.ToImmutable();
    }

    /// <param name="IsInControl">Whether a button or label is around.</param>
    private sealed record Surroundings(string Parent, int Depth, bool IsInControl);
}
