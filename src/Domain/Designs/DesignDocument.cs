using System.Collections.Immutable;
using System.Text.Json;

namespace Actors.Domain.Designs;

/// <summary>A whole design as REST answers it and as a snapshot frame carries it.</summary>
public sealed record DesignDocument
{
    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    public required string Name { get; init; }

    public required DesignKind Kind { get; init; }

    public string? Description { get; init; }

    public JsonElement? Settings { get; init; }

    public required string Epoch { get; init; }

    public required long Revision { get; init; }

    /// <summary>Parents before children, siblings in their order.</summary>
    public required ImmutableArray<Node> Nodes { get; init; }

    /// <summary>In the ordinal order of their ids.</summary>
    public required ImmutableArray<Connection> Connections { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
