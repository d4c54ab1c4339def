using System.Collections.Frozen;
using Actors.Domain;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Actors.Frontend.Files;

/// <summary>
/// A file's content: conditional and in ranges (RFC 9110, 13 and 14). Members upload what they like, so nothing that is
/// served may run as ours: types that a browser would execute are downloads, and the policy sandboxes all others.
/// </summary>
/// <param name="content">Null answers the headers alone.</param>
internal sealed class FileContentAnswer(FileView file, ReadOnlyMemory<byte>? content) : IResult
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'; frame-ancestors 'none'; sandbox";

    /// <summary>Shown in place; everything else is a download.</summary>
    private static readonly FrozenSet<string> Passive = new[]
    {
        "text/plain", "text/csv", "text/markdown", "application/json", "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp",
        "image/x-icon", "audio/mpeg", "audio/wav", "audio/ogg", "video/mp4", "video/webm",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.CacheControl = "private, no-cache";
        var media = MediaTypeHeaderValue.Parse(file.ContentType);
        var disposition = new ContentDispositionHeaderValue(Passive.Contains(media.MediaType.Value ?? "") ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        response.Headers.ContentDisposition = disposition.ToString();
        var type = media.Type == "text" && !media.Charset.HasValue ? $"{file.ContentType}; charset=utf-8" : file.ContentType!;
        if (content is not { } bytes)
        {
            response.ContentType = type;
            response.ContentLength = file.Size;
            response.Headers.AcceptRanges = "bytes";
            response.SetVersion(file.Version!.Value);
            response.Headers.LastModified = HeaderUtilities.FormatDate(file.UpdatedAt);
            return;
        }

        await TypedResults.Bytes(
            bytes,
            type,
            enableRangeProcessing: true,
            lastModified: file.UpdatedAt,
            entityTag: EntityTagHeaderValue.Parse(EntityTags.Of(file.Version!.Value))).ExecuteAsync(httpContext);
        var refusal = response.StatusCode switch
        {
            StatusCodes.Status416RangeNotSatisfiable => new Refusal(ErrorCodes.RangeNotSatisfiable, $"the file has {file.Size} bytes"),
            StatusCodes.Status412PreconditionFailed => new Refusal(ErrorCodes.PreconditionFailed, "the file has changed since it was read"),
            _ => null,
        };
        if (refusal is not null)
        {
            response.ContentLength = null;
            response.Headers.ContentDisposition = default;
            await Problem.WriteAsync(httpContext, refusal);
        }
    }
}
