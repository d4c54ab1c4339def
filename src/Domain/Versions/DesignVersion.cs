using System.Text.Json.Serialization;
using Actors.Domain.Designs;

namespace Actors.Domain.Versions;

/// <summary>A revision of a design that somebody, or the server, marked.</summary>
public sealed record DesignVersion
{
    public required string Id { get; init; }

    public required string DesignId { get; init; }

    public required VersionKind Kind { get; init; }

    /// <summary>1 to 200 characters; null for an automatic checkpoint that nobody has named.</summary>
    public string? Name { get; init; }

    /// <summary>At most 10,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>The design's revision that it stands for.</summary>
    public required long Revision { get; init; }

    /// <summary>Who made it; null when the server did.</summary>
    public Author? CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<VersionKind>))]
public enum VersionKind
{
    /// <summary>A person named it; it stays until somebody deletes it.</summary>
    [JsonStringEnumMemberName("named")]
    Named,

    /// <summary>The server made it after some activity; old ones are thinned out.</summary>
    [JsonStringEnumMemberName("automatic")]
    Automatic,
}
