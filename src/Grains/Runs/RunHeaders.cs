using System.Text.Json;
using Actors.Grains.Interfaces.Runs;
using Actors.Storage;

namespace Actors.Grains.Runs;

/// <summary>A run as the catalog keeps it.</summary>
internal static class RunHeaders
{
    public static CatalogEntry ToEntry(RunHeader header) => new()
    {
        Kind = RunGrain.CatalogKind,
        Id = header.Id,
        Scope = header.ProjectId,
        Name = header.DesignName,
        Status = header.Status,
        CreatedAt = header.CreatedAt,
        UpdatedAt = header.UpdatedAt,
        Data = JsonSerializer.SerializeToUtf8Bytes(header, RunsJsonContext.Default.RunHeader),
    };

    public static RunHeader Read(CatalogEntry entry) =>
        JsonSerializer.Deserialize(entry.Data.Span, RunsJsonContext.Default.RunHeader)
            ?? throw new InvalidOperationException($"The catalog holds nothing of {entry.Id}.");
}
