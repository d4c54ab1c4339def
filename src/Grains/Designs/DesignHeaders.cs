using System.Text.Json;
using Actors.Domain.Designs;
using Actors.Grains.Interfaces.Designs;
using Actors.Storage;

namespace Actors.Grains.Designs;

/// <summary>What lists show of a design, from its state and back from its catalog entry.</summary>
internal static class DesignHeaders
{
    public static DesignHeader Of(DesignState state) => new()
    {
        Id = state.Id,
        ProjectId = state.ProjectId,
        Name = state.Name,
        Kind = state.Kind,
        Description = state.Description,
        Epoch = state.Epoch,
        Revision = state.Revision,
        Nodes = state.NodeCount,
        Connections = state.ConnectionCount,
        CreatedAt = state.CreatedAt,
        UpdatedAt = state.UpdatedAt,
    };

    public static CatalogEntry ToEntry(DesignHeader header) => new()
    {
        Kind = DesignStreams.CatalogKind,
        Id = header.Id,
        Scope = header.ProjectId,
        Name = header.Name,
        Status = StatusOf(header.Kind),
        CreatedAt = header.CreatedAt,
        UpdatedAt = header.UpdatedAt,
        Data = JsonSerializer.SerializeToUtf8Bytes(header, DesignsJsonContext.Default.DesignHeader),
    };

    public static DesignHeader Read(CatalogEntry entry) =>
        JsonSerializer.Deserialize(entry.Data.Span, DesignsJsonContext.Default.DesignHeader)
            ?? throw new InvalidOperationException($"The catalog holds nothing of {entry.Id}.");

    /// <summary>The catalog's status column holds the kind, the one thing beside the name that lists of designs filter by.</summary>
    public static string StatusOf(DesignKind kind) => kind == DesignKind.Wireframe ? "wireframe" : "process";
}
