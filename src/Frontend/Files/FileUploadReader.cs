using Actors.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Actors.Frontend.Files;

/// <summary>Reads bodies that are files: larger than others, each with a limit that holds while it is read.</summary>
internal static class FileUploadReader
{
    private const int FirstBuffer = 64 * 1024;

    /// <summary>The whole body in memory; null when it has more than <paramref name="limit"/> bytes.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context, int limit)
    {
        // What a client claims to send is no reason to set memory aside for it.
        var buffer = new MemoryStream((int)Math.Min(context.Request.ContentLength ?? 0, FirstBuffer));
        if (!await CopyAsync(context, buffer, limit))
            return null;

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    /// <summary>Copies the body; false when it has more than <paramref name="limit"/> bytes.</summary>
    public static async Task<bool> CopyAsync(HttpContext context, Stream to, long limit)
    {
        // Ours is the limit, also of what is left unread: who sends too much shall be able to read the refusal.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;

        if (context.Request.ContentLength > limit)
            return false;

        var chunk = new byte[FirstBuffer];
        var left = limit;
        for (int read; (read = await context.Request.Body.ReadAsync(chunk, context.RequestAborted)) > 0; left -= read)
        {
            if (read > left)
                return false;

            await to.WriteAsync(chunk.AsMemory(0, read), context.RequestAborted);
        }

        return true;
    }
}
