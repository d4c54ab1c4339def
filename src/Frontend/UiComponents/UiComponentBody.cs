using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Actors.Domain;
using Actors.Domain.UiComponents;

namespace Actors.Frontend.UiComponents;

/// <param name="Id"><c>custom.</c> and words joined by hyphens; made of the title when absent. A replacement keeps the id of its path.</param>
/// <param name="Title">1 to 100 characters.</param>
/// <param name="Description">Up to 1,000 characters.</param>
/// <param name="Category">The palette's group; <c>custom</c> when absent.</param>
/// <param name="Icon">The name of an icon; <c>component</c> when absent.</param>
/// <param name="Schema">The properties as JSON Schema; none when absent.</param>
/// <param name="Example">Properties with which it is shown; none when absent.</param>
/// <param name="DefaultWidth">Pixels; 160 when absent.</param>
/// <param name="DefaultHeight">Pixels; 60 when absent.</param>
/// <param name="Container">Whether other nodes may stand inside; false when absent.</param>
/// <param name="Drawing">The shapes that it is drawn with.</param>
/// <param name="Markup">The element that it is in HTML and React; its drawing when absent.</param>
internal sealed record UiComponentBody(
    string? Id,
    [property: Required] string? Title,
    string? Description,
    string? Category,
    string? Icon,
    JsonElement? Schema,
    JsonElement? Example,
    double? DefaultWidth,
    double? DefaultHeight,
    bool? Container,
    [property: Required] JsonElement? Drawing,
    JsonElement? Markup)
{
    private static readonly JsonElement NoProperties = JsonElement.Parse("""{"type":"object","properties":{}}""");
    private static readonly JsonElement NoExample = JsonElement.Parse("{}");

    /// <summary>The id that a new component gets.</summary>
    public string NewId => Id ?? UiComponentId.Of(Title ?? "");

    /// <summary>What the core cannot be asked, because it would not be this component or none at all.</summary>
    /// <param name="componentId">The id of the path; null for a new component.</param>
    public Refusal? Check(string? componentId) =>
        Drawing is null ? Refusal.Field("drawing", "must be there")
        : Id is not null && componentId is not null && Id != componentId ? Refusal.Field("id", "must be that of the path: a component keeps its id")
        : null;

    public UiComponentDefinition ToDefinition() => new(
        Title?.Trim() ?? "",
        Description ?? "",
        Category ?? "custom",
        Icon ?? "component",
        Schema ?? NoProperties,
        Example ?? NoExample,
        DefaultWidth ?? 160,
        DefaultHeight ?? 60,
        Container ?? false,
        Drawing ?? default,
        Markup);
}
