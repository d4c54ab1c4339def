using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain.Components;
using Actors.Domain.Interchange;

namespace Actors.Frontend.UiComponents;

/// <summary>A component of wireframes as a library shows it.</summary>
/// <param name="Id">The type of its nodes.</param>
/// <param name="Schema">JSON Schema (draft 2020-12) of a node's properties.</param>
/// <param name="Defaults">The properties that have a default, with the value that applies when they are absent.</param>
/// <param name="Example">The properties with which <paramref name="Preview"/> and <paramref name="Export"/> show it.</param>
/// <param name="DefaultWidth">Pixels of a node that names no width.</param>
/// <param name="DefaultHeight">Pixels of a node that names no height.</param>
/// <param name="Container">Whether other nodes may stand inside.</param>
/// <param name="Preview">The path of its picture (SVG).</param>
/// <param name="Export">What exports make of it; only in the answer for one component.</param>
public sealed record UiComponentView(
    string Id,
    int Version,
    string Category,
    string Title,
    string Description,
    string Icon,
    JsonElement Schema,
    JsonElement Defaults,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Example,
    double DefaultWidth,
    double DefaultHeight,
    bool Container,
    string Preview,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ComponentSample? Export)
{
    public static UiComponentView Of(ComponentDescriptor component, ComponentSample? export = null) => new(
        component.Id,
        component.Version,
        component.Category,
        component.Title,
        component.Description,
        component.Icon,
        component.Properties.ToJsonSchema(),
        DefaultsOf(component.Properties),
        component.Example,
        component.DefaultWidth,
        component.DefaultHeight,
        component.Container,
        $"/api/v1/ui-components/{component.Id}/preview",
        export);

    private static JsonElement DefaultsOf(PropertySchema schema)
    {
        var defaults = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, rule) in schema.Properties)
        {
            if (rule.Default is { } value)
                defaults.Add(name, value);
        }

        return JsonSerializer.SerializeToElement(defaults);
    }
}
