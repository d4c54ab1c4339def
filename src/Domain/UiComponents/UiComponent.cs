using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Domain.UiComponents;

/// <summary>What a component of a project is, as whoever made it wrote it down.</summary>
/// <param name="Title">1 to 100 characters.</param>
/// <param name="Description">Up to 1,000 characters.</param>
/// <param name="Category">The palette's group, 1 to 50 characters.</param>
/// <param name="Icon">The name of an icon, 1 to 50 characters.</param>
/// <param name="Schema">The properties as JSON Schema, of the keywords that <c>GET /components</c> answers with.</param>
/// <param name="Example">Properties with which it is shown.</param>
/// <param name="DefaultWidth">Pixels of a node that names no width, 1 to 10,000.</param>
/// <param name="DefaultHeight">Pixels of a node that names no height, 1 to 10,000.</param>
/// <param name="Container">Whether other nodes may stand inside.</param>
/// <param name="Drawing">The shapes that it is drawn with.</param>
/// <param name="Markup">The element that it is in pages; its drawing when null.</param>
public sealed record UiComponentDefinition(
    string Title,
    string Description,
    string Category,
    string Icon,
    JsonElement Schema,
    JsonElement Example,
    double DefaultWidth,
    double DefaultHeight,
    bool Container,
    JsonElement Drawing,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Markup);

/// <summary>A component of wireframes that a project made for its designs.</summary>
/// <param name="Id">The type of its nodes.</param>
/// <param name="Version">How often it was written, from 1.</param>
public sealed record UiComponent(
    string Id, long Version, UiComponentDefinition Definition, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset UpdatedAt, string UpdatedBy);
