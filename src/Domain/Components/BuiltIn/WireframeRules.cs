using System.Collections.Immutable;
using Actors.Domain.Designs;
using static Actors.Domain.Components.BuiltIn.Rules;

namespace Actors.Domain.Components.BuiltIn;

/// <summary>The properties that wireframe components share, and how a descriptor of one is made.</summary>
internal static class WireframeRules
{
    public const int PointsPerLine = 10_000;

    /// <summary>How anything on the canvas may look. The names and units are close to those of hand-drawing tools.</summary>
    public static ImmutableDictionary<string, PropertyRule> Style { get; } = Common.And(
        ("stroke", Color("Colour of the outline.")),
        ("fill", Color("Colour of the inside; transparent when absent.")),
        ("fillStyle", Short("How the inside is drawn: solid, hachure, cross-hatch, zigzag.")),
        ("strokeWidth", Number("Pixels.", 0, 1_000)),
        ("strokeStyle", OneOf("The outline's dashes.", "solid", "dashed", "dotted")),
        ("opacity", Number("0 is invisible, 100 is opaque.", 0, 100, 100)),
        ("angle", Number("Radians, clockwise, about the centre.", byDefault: 0)),
        ("roughness", Number("0 is drawn with a ruler, 2 by a shaky hand.", 0, 10)),
        ("roundness", Number("Corner radius in pixels.", 0, 10_000)),
        ("shadow", Flag("Whether it throws a shadow.")),
        ("groupIds", List("The groups it is in, innermost first.", Short())),
        ("containerId", Short("The node to whose shape this text is bound.")),
        ("locked", Flag("Whether editors leave it in place.")),
        ("hidden", Flag("Whether it is left out of views and exports.")),
        ("link", Short("An address to open.")));

    /// <summary>How text may look.</summary>
    public static ImmutableDictionary<string, PropertyRule> TextStyle { get; } = Style.And(
        ("text", Long("What is written; may have several lines.")),
        ("color", Color("Colour of the text.")),
        ("fontSize", Number("Pixels.", 1, 1_000)),
        ("fontFamily", Short("hand, sans, serif, mono or a font's name.")),
        ("fontWeight", Any("A number from 100 to 900, or normal or bold.")),
        ("fontStyle", OneOf("The slope.", "normal", "italic")),
        ("lineHeight", Number("Multiple of the font size.", 0.1, 10)),
        ("textAlign", OneOf("Across.", "left", "center", "right", "justify")),
        ("verticalAlign", OneOf("Up and down.", "top", "middle", "bottom")));

    /// <summary>What a user interface component may say and do.</summary>
    public static ImmutableDictionary<string, PropertyRule> Ui { get; } = TextStyle.And(
        ("label", Short("The caption.")),
        ("title", Short("The heading.")),
        ("subtitle", Short("The line below the heading.")),
        ("description", Long("The text below the heading.")),
        ("name", Short("The field's name in a form.")),
        ("value", Any("The current value.")),
        ("placeholder", Short("Shown while there is no value.")),
        ("icon", Short("The name of an icon.")),
        ("variant", Short("primary, secondary, outline, ghost, danger, success, warning, info, ...")),
        ("size", Any("small, medium, large, or a number of pixels.")),
        ("disabled", Flag("Whether it cannot be used.")),
        ("required", Flag("Whether a form needs it.")),
        ("href", Short("Where it leads.")),
        ("action", Short("What happens when it is used.")),
        ("layout", Short("row, column, grid, ...")),
        ("gap", Number("Pixels between parts.", 0, 10_000)),
        ("padding", Number("Pixels inside the edge.", 0, 10_000)),
        ("items", List("The entries: texts, or objects with a label.", new PropertyRule.Json())));

    public static ComponentDescriptor Component(
        string id,
        string category,
        string title,
        string description,
        string icon,
        double width,
        double height,
        string example,
        ImmutableDictionary<string, PropertyRule> rules,
        bool container = false) => new()
        {
            Id = id,
            Category = category,
            Title = title,
            Description = description,
            Icon = icon,
            Kinds = [DesignKind.Wireframe],
            Properties = new PropertySchema(rules),
            DefaultWidth = width,
            DefaultHeight = height,
            Container = container,
            Example = Parse(example),
        };
}
