using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Actors.Frontend.Http;

/// <summary>Stops waiting for a body when its request has run out of time: the framework reads bodies without looking at the clock.</summary>
internal sealed class BodyTimeMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
        {
            await next(context);
            return;
        }

        using (context.RequestAborted.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), context.Request.BodyReader))
            await next(context);
    }
}
