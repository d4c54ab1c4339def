using System.Collections.Immutable;
using static Actors.Domain.Components.BuiltIn.Rules;
using static Actors.Domain.Components.BuiltIn.WireframeRules;

namespace Actors.Domain.Components.BuiltIn;

/// <summary>What one draws with: frames, text, images and shapes.</summary>
internal static class ShapeComponents
{
    private const string Category = "shapes";

    private static readonly ImmutableDictionary<string, PropertyRule> Line = TextStyle.And(
        ("points", List("Points relative to the node's position, as pairs of x and y.", List("", new PropertyRule.Number(), 4), PointsPerLine)),
        ("startArrowhead", Any("arrow, triangle, dot, bar, ...; null or absent for none.")),
        ("endArrowhead", Any("As startArrowhead.")),
        ("startBinding", Any("The node at which it begins.")),
        ("endBinding", Any("The node at which it ends.")),
        ("curved", Flag("Whether the line is smoothed through its points.")),
        ("closed", Flag("Whether the last point is joined to the first.")));

    public static IEnumerable<ComponentDescriptor> All =>
    [
        Component("frame", Category, "Frame", "A screen, or a named area that holds others.", "frame", 800, 600,
            """{"title":"Screen"}""",
            TextStyle.And(("title", Short("Shown above the frame.")), ("device", Short("desktop, tablet, phone, ...")), ("clip", Flag("Whether what sticks out is hidden."))),
            container: true),
        Component("text", Category, "Text", "A line or a paragraph.", "type", 160, 24, """{"text":"Text","fontSize":16}""", TextStyle),
        Component("image", Category, "Image", "A picture, or the place of one.", "image", 240, 160, """{"alt":"Picture"}""",
            TextStyle.And(
                ("src", Short("Address or project file.")),
                ("alt", Short("What it shows.")),
                ("fit", OneOf("How the picture fills its box.", "cover", "contain", "fill")),
                ("fileId", Any("The file's id in the tool that it came from.")))),
        Component("shape.rectangle", Category, "Rectangle", "A box.", "square", 160, 100, """{"stroke":"#1e1e1e","strokeWidth":1}""", TextStyle),
        Component("shape.ellipse", Category, "Ellipse", "A circle or an ellipse.", "circle", 120, 120, """{"stroke":"#1e1e1e"}""", TextStyle),
        Component("shape.diamond", Category, "Diamond", "A decision, for example.", "diamond", 140, 100, """{"stroke":"#1e1e1e"}""", TextStyle),
        Component("shape.line", Category, "Line", "A line or an arrow through points.", "minus", 160, 1,
            """{"points":[[0,0],[160,0]],"endArrowhead":"arrow"}""", Line),
        Component("shape.path", Category, "Path", "A free stroke of the pen, or SVG path data.", "pen", 160, 80,
            """{"points":[[0,0],[40,30],[160,80]]}""", Line.And(("d", Long("SVG path data relative to the node's position; wins over the points.")))),
    ];
}
