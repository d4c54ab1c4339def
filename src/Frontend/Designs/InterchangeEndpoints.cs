using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Interchange;
using Actors.Domain.Projects;
using Actors.Frontend.Http;
using Actors.Frontend.UiComponents;
using Actors.Grains.Interfaces.Designs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Orleans;
using Json = Actors.Frontend.Designs.DesignRequestsJsonContext;

namespace Actors.Frontend.Designs;

/// <summary>Files of other tools and of our own, on their way in.</summary>
internal static class InterchangeEndpoints
{
    private const int MaximumFileBytes = 16 * 1024 * 1024;

    /// <summary>Nesting that a file may have; React Flow nodes of real tools stay below 20.</summary>
    private const int MaximumDepth = 128;

    [RequestSizeLimit(MaximumFileBytes)]
    public static async Task<IResult> Import(
        HttpContext context,
        string projectId,
        DesignGate gate,
        IGrainFactory grains,
        Identifiers identifiers,
        ProjectComponentCatalogs catalogs,
        DesignLimits limits,
        [FromQuery(Name = "format")] string? format,
        [FromQuery(Name = "name")] string? name)
    {
        if (await gate.RefuseAsync(context, projectId, ProjectRole.Editor) is { } refusal)
        {
            return refusal.ToResult();
        }

        JsonDocument parsed;
        try
        {
            parsed = await JsonDocument.ParseAsync(context.Request.Body, new JsonDocumentOptions { MaxDepth = MaximumDepth }, context.RequestAborted);
        }
        catch (JsonException malformed)
        {
            return BadRequests.Describe(malformed).ToResult();
        }

        using var file = parsed;
        switch (Read(file.RootElement, format, await catalogs.OfAsync(projectId), limits))
        {
            case null:
                return Refusal.Field("format", "must be 'excalidraw', 'reactflow' or 'json', or a file that can be told by its content", ErrorCodes.FormatUnknown).ToResult();
            case ImportResult.Refused refused:
                return refused.Error.ToResult();
            case ImportResult.Imported imported:
                var (design, notCreated) = await DesignEndpoints.CreateAsync(context, grains, identifiers, new NewDesign(
                    projectId,
                    name ?? imported.Name ?? "Imported design",
                    imported.Kind,
                    imported.Description,
                    imported.Settings,
                    imported.Nodes,
                    imported.Connections));
                return notCreated is null
                    ? TypedResults.Json(
                        new ImportedDesign(design!, [.. imported.Warnings.Select(warning => new ImportNote(warning.Pointer, warning.Text))]),
                        Json.Default.ImportedDesign,
                        statusCode: StatusCodes.Status201Created)
                    : notCreated.ToResult();
            default:
                throw new InvalidOperationException("Unknown import result.");
        }
    }

    private static ImportResult? Read(JsonElement file, string? format, IComponentCatalog components, DesignLimits limits) =>
        (string.IsNullOrEmpty(format) ? Tell(file) : format) switch
        {
            "excalidraw" => ExcalidrawImport.Read(file, components, limits),
            "reactflow" => ReactFlowImport.Read(file, components, limits),
            "json" => DesignJson.Read(file, components, limits),
            _ => null,
        };

    /// <summary>What a file is, by what only such a file has.</summary>
    private static string? Tell(JsonElement file)
    {
        if (file.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (file.TryGetProperty("format", out var ours) && ours.ValueKind == JsonValueKind.String && ours.GetString() == DesignJson.Format)
        {
            return "json";
        }

        if (file.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() is "excalidraw" or "excalidrawlib")
        {
            return "excalidraw";
        }

        return file.TryGetProperty("nodes", out _) && file.TryGetProperty("edges", out _) ? "reactflow" : null;
    }
}
