using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain.Components;
using Actors.Domain.Interchange;
using Actors.Domain.UiComponents;
using Actors.Frontend.Http;

namespace Actors.Frontend.UiComponents;

/// <summary>A component of wireframes as a library shows it.</summary>
/// <param name="Id">The type of its nodes.</param>
/// <param name="Origin"><c>builtIn</c>, or <c>project</c> for one that the project made.</param>
/// <param name="Schema">JSON Schema (draft 2020-12) of a node's properties.</param>
/// <param name="Defaults">The properties that have a default, with the value that applies when they are absent.</param>
/// <param name="Example">The properties with which <paramref name="Preview"/> and <paramref name="Export"/> show it.</param>
/// <param name="DefaultWidth">Pixels of a node that names no width.</param>
/// <param name="DefaultHeight">Pixels of a node that names no height.</param>
/// <param name="Container">Whether other nodes may stand inside.</param>
/// <param name="Preview">The path of its picture (SVG).</param>
/// <param name="Export">What exports make of it; only in the answer for one component.</param>
/// <param name="Definition">What the project wrote down, as it can be written again; only in the answer for one component of a project.</param>
public sealed record UiComponentView(
    string Id,
    string Origin,
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
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ComponentSample? Export,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] UiComponentDefinition? Definition = null)
{
    public const string BuiltIn = "builtIn";
    public const string Project = "project";

    public static string OriginOf(ComponentDescriptor component) => UiComponentId.IsCustom(component.Id) ? Project : BuiltIn;

    /// <param name="component">The component.</param>
    /// <param name="projectId">The project in which it is looked at; null for the library of the installation.</param>
    /// <param name="export">What exports make of it.</param>
    public static UiComponentView Of(ComponentDescriptor component, string? projectId = null, ComponentSample? export = null) => new(
        component.Id,
        OriginOf(component),
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
        $"{ApiPaths.Root}{(projectId is null ? "" : $"/projects/{projectId}")}/ui-components/{component.Id}/preview",
        export);

    /// <summary>One that was written under older rules and breaks those of today: it can be read and written anew, but not used.</summary>
    public static UiComponentView OfBroken(UiComponent component, string projectId) => new(
        component.Id,
        Project,
        (int)component.Version,
        component.Definition.Category,
        component.Definition.Title,
        component.Definition.Description,
        component.Definition.Icon,
        component.Definition.Schema,
        JsonElement.Parse("{}"),
        component.Definition.Example,
        component.Definition.DefaultWidth,
        component.Definition.DefaultHeight,
        component.Definition.Container,
        $"{ApiPaths.Root}/projects/{projectId}/ui-components/{component.Id}/preview",
        Export: null,
        component.Definition);

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
