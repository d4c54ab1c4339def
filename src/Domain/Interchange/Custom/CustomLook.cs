using System.Text.Json;
using Actors.Domain.Components;

namespace Actors.Domain.Interchange.Custom;

/// <summary>What a component that a project made looks like: its drawing, and in pages its markup where it has one.</summary>
internal sealed record CustomLook(DrawingTemplate Drawing, MarkupTemplate? Markup)
{
    /// <summary>Reads both templates; what they name must be properties of <paramref name="schema"/>.</summary>
    public static (CustomLook Look, (string Path, string Rule)? Problem) Read(JsonElement drawing, JsonElement? markup, PropertySchema schema)
    {
        var reader = new TemplateReader(schema);
        var look = new CustomLook(DrawingTemplate.Read(drawing, reader), markup is { } tree ? MarkupTemplate.Read(tree, reader) : null);
        return (look, reader.Problem);
    }
}
