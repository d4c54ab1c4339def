using System.Globalization;
using System.Text;
using Actors.Domain;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Interchange;
using Actors.Domain.Projects;
using Actors.Frontend.Http;
using Actors.Frontend.UiComponents;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Orleans;

namespace Actors.Frontend.Designs;

/// <summary>A design, or a part of it, as a file of another form.</summary>
internal static class ExportEndpoint
{
    private static readonly DesignKind[] Wireframes = [DesignKind.Wireframe];
    private static readonly DesignKind[] Processes = [DesignKind.Process];
    private static readonly DesignKind[] Both = [DesignKind.Wireframe, DesignKind.Process];

    private static readonly Format[] Formats =
    [
        new("json", "json", "application/json", Both, (design, _) => Text(DesignJson.Write(design).GetRawText())),
        new("svg", "svg", "image/svg+xml", Both, (design, components) => Text(SvgExport.Write(design, components))),
        new("html", "html", "text/html", Wireframes, (design, components) => Text(HtmlExport.Write(design, components))),
        new("html-zip", "zip", "application/zip", Wireframes, HtmlExport.WriteZip),
        new("react", "zip", "application/zip", Wireframes, ReactExport.WriteZip),
        new("png", "png", "image/png", Both, null),
        new("reactflow", "json", "application/json", Both, (design, components) => Text(ReactFlowExport.Write(design, components).GetRawText())),
        new("mermaid", "mmd", "text/vnd.mermaid", Processes, (design, components) => Text(MermaidExport.Write(design, components))),
    ];

    public static async Task<IResult> Export(
        HttpContext context,
        string designId,
        DesignGate gate,
        IGrainFactory grains,
        ProjectComponentCatalogs catalogs,
        [FromQuery(Name = "format")] string? format,
        [FromQuery(Name = "revision")] string? revision,
        [FromQuery(Name = "nodeId")] string? nodeId,
        [FromQuery(Name = "scale")] string? scale)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Viewer);
        if (pass.Refusal is { } closed)
        {
            return closed.ToResult();
        }

        var name = string.IsNullOrEmpty(format) ? "json" : format;
        if (Formats.FirstOrDefault(known => known.Name == name && known.Kinds.Contains(pass.Header.Kind)) is not { } chosen)
        {
            var possible = string.Join(", ", Formats.Where(known => known.Kinds.Contains(pass.Header.Kind)).Select(known => $"'{known.Name}'"));
            return Refusal.Field("format", $"must be one of {possible} for a design of this kind", ErrorCodes.FormatUnknown).ToResult();
        }

        if (!TryRead(scale, out var pixels))
        {
            return Refusal.Field("scale", $"must be a whole number from 1 to {PngExport.MaximumScale}").ToResult();
        }

        var (design, unread) = await Revisions.ReadAsync(pass, grains, revision);
        if (design is null)
        {
            return (unread ?? new Refusal(ErrorCodes.NotFound, "The design was deleted meanwhile.")).ToResult();
        }

        var part = string.IsNullOrEmpty(nodeId) ? design : Subtree.Of(design, nodeId);
        if (part is null)
        {
            return new Refusal(ErrorCodes.NotFound, "The design has no such node.").ToResult();
        }

        var components = await catalogs.OfAsync(design.ProjectId);
        var (file, refused) = chosen.Write is { } write ? (write(part, components), null) : PngExport.Write(part, components, pixels);
        if (file is null)
        {
            return refused!.ToResult();
        }

        // A page of someone else's making must never run in the origin that holds the reader's session.
        context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = ExportFile.Name(part.Name, chosen.Extension) }.ToString();
        return TypedResults.Bytes(file, chosen.ContentType);
    }

    private static bool TryRead(string? scale, out int pixels)
    {
        pixels = 1;
        return string.IsNullOrEmpty(scale)
            || (int.TryParse(scale, NumberStyles.None, CultureInfo.InvariantCulture, out pixels) && pixels is >= 1 and <= PngExport.MaximumScale);
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <param name="Write">Makes the file; null for the picture, which has a scale and may be too large.</param>
    private sealed record Format(string Name, string Extension, string ContentType, DesignKind[] Kinds, Func<DesignDocument, IComponentCatalog, byte[]>? Write);
}
