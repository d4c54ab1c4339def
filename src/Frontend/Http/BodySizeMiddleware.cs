using Actors.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Actors.Frontend.Http;

/// <summary>
/// Refuses a body that says itself that it is too large. The server, left alone, would end the connection under the client
/// who still sends, and who would read of a broken pipe instead of the reason.
/// </summary>
internal sealed class BodySizeMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var size = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (size is not { IsReadOnly: false, MaxRequestBodySize: { } limit }
            || context.Request.ContentLength is not { } length
            || length <= limit
            || context.GetEndpoint()?.Metadata.GetMetadata<OwnBodyLimit>() is not null)
        {
            return next(context);
        }

        // What is left unread is then taken in for a few seconds and dropped, until the client has read the answer.
        size.MaxRequestBodySize = null;
        return Problem.WriteAsync(context, new Refusal(ErrorCodes.BodyTooLarge, $"the body has {length} bytes, and this address accepts {limit}"));
    }
}

/// <summary>Marks an endpoint that limits its body by itself, and says so in its own words.</summary>
internal sealed class OwnBodyLimit
{
    public static OwnBodyLimit Instance { get; } = new();
}
