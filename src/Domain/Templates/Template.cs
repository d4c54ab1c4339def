using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain.Designs;

namespace Actors.Domain.Templates;

/// <summary>What a design made from a template starts with: the template's own copy.</summary>
public sealed record TemplateContents(
    DesignKind Kind,
    JsonElement? Settings,
    ImmutableArray<Node> Nodes,
    ImmutableArray<Connection> Connections)
{
    /// <summary>As a document, for exports of it.</summary>
    public DesignDocument ToDocument(string id, string name, DateTimeOffset at) => new()
    {
        Id = id,
        ProjectId = "",
        Name = name,
        Kind = Kind,
        Settings = Settings,
        Epoch = "",
        Revision = 0,
        Nodes = Nodes,
        Connections = Connections,
        CreatedAt = at,
        UpdatedAt = at,
    };
}

/// <summary>A template without its contents.</summary>
/// <param name="ProjectId">The project that it belongs to; absent for those that are shipped.</param>
/// <param name="Category">One word of whoever made it; shipped ones have <c>marketing</c>, <c>application</c>, <c>data</c> and <c>ai</c>.</param>
/// <param name="CreatedBy">The account that saved it; absent for those that are shipped.</param>
/// <param name="Preview">The path of a picture (SVG) of it.</param>
/// <param name="Version">Grows with every change of its name, description or category.</param>
public sealed record TemplateView(
    string Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ProjectId,
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Category,
    DesignKind Kind,
    int Nodes,
    int Connections,
    string Preview,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version)
{
    public static string PreviewOf(string id) => $"/api/v1/templates/{id}/preview";
}
