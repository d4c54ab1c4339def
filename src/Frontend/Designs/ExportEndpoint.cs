using System.Text;
using Actors.Domain;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Interchange;
using Actors.Domain.Projects;
using Actors.Frontend.Http;
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
        new("reactflow", "json", "application/json", Both, (design, components) => Text(ReactFlowExport.Write(design, components).GetRawText())),
        new("mermaid", "mmd", "text/vnd.mermaid", Processes, (design, components) => Text(MermaidExport.Write(design, components))),
    ];

    public static async Task<IResult> Export(
        HttpContext context,
        string designId,
        DesignGate gate,
        IGrainFactory grains,
        IComponentCatalog components,
        [FromQuery(Name = "format")] string? format,
        [FromQuery(Name = "revision")] string? revision,
        [FromQuery(Name = "nodeId")] string? nodeId)
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

        // A page of someone else's making must never run in the origin that holds the reader's session.
        context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = ExportFile.Name(part.Name, chosen.Extension) }.ToString();
        return TypedResults.Bytes(chosen.Write(part, components), chosen.ContentType);
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private sealed record Format(string Name, string Extension, string ContentType, DesignKind[] Kinds, Func<DesignDocument, IComponentCatalog, byte[]> Write);
}
