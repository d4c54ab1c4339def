namespace Actors.Storage;

/// <summary>What lists, filters and searches know of one thing.</summary>
public sealed record CatalogEntry
{
    /// <summary>What it is: <c>project</c>, <c>design</c>, …</summary>
    public required string Kind { get; init; }

    /// <summary>Unique within its kind. Time-ordered ids make the order by id the order of creation.</summary>
    public required string Id { get; init; }

    /// <summary>What it belongs to, for example a project id; empty when it belongs to nothing.</summary>
    public string Scope { get; init; } = "";

    public string Name { get; init; } = "";

    public string Status { get; init; } = "";

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>UTF-8 JSON for whoever lists it; storage does not look inside.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }
}

/// <summary>A directed link between two ids, for example <c>member</c> from a project to an account, with what is known of it as JSON.</summary>
public sealed record CatalogLink(string Kind, string From, string To, ReadOnlyMemory<byte> Data);
