using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Versions;
using Actors.Grains.Interfaces.Versions;
using Actors.Grains.Lists;
using Actors.Storage;

namespace Actors.Grains.Versions;

/// <summary>What lists know of versions. The scope is the design, the status the kind.</summary>
internal static class VersionCatalog
{
    private const string Kind = "version";

    public static ImmutableArray<CatalogWrite> Writes(VersionsState before, VersionEvent @event) => @event switch
    {
        VersionEvent.Created e => [Put(e.Version), .. e.Dropped.Select(Remove)],
        VersionEvent.Changed e => [Put(e.Version)],
        VersionEvent.Deleted e => [Remove(e.Id)],
        VersionEvent.Ended => [.. before.Versions.Keys.Select(Remove)],
        _ => [],
    };

    public static CatalogQuery Query(string designId, VersionListQuery query) =>
        query.List.ToQuery(Kind, designId, query.Kind is { } kind ? StatusOf(kind) : null);

    public static DesignVersion Read(CatalogEntry entry) =>
        JsonSerializer.Deserialize(entry.Data.Span, VersionsJsonContext.Default.DesignVersion)
            ?? throw new InvalidOperationException($"The catalog's entry of version {entry.Id} is empty.");

    private static CatalogWrite.PutEntry Put(DesignVersion version) => new(new CatalogEntry
    {
        Kind = Kind,
        Id = version.Id,
        Scope = version.DesignId,
        Name = version.Name ?? "",
        Status = StatusOf(version.Kind),
        CreatedAt = version.CreatedAt,
        UpdatedAt = version.UpdatedAt,
        Data = JsonSerializer.SerializeToUtf8Bytes(version, VersionsJsonContext.Default.DesignVersion),
    });

    private static CatalogWrite.RemoveEntry Remove(string id) => new(Kind, id);

    private static string StatusOf(VersionKind kind) => kind == VersionKind.Named ? "named" : "automatic";
}
