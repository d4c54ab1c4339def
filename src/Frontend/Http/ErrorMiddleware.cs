using Actors.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Actors.Frontend.Http;

/// <summary>
/// Every error leaves as a problem document: exceptions (of which a client learns only the trace id), and answers that
/// the framework gives without a body, such as an unknown path or a wrong method.
/// </summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, ExceptionTranslation translation, ILogger<ErrorMiddleware> logger)
{
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            if (!context.Response.HasStarted)
                context.Response.StatusCode = ClientClosedRequest;

            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var refusal = translation.Translate(exception);
            if (refusal.Code == ErrorCodes.InternalError)
                LogUnhandled(logger, exception, context.Request.Method, SecretPaths.Redact(context.Request.Path));
            else if (RefusalStatus.Of(refusal.Code) >= StatusCodes.Status500InternalServerError)
                LogUnavailable(logger, exception, context.Request.Method, SecretPaths.Redact(context.Request.Path), refusal.Code);

            var allow = context.Response.Headers.Allow;
            context.Response.Clear();
            context.Response.Headers.Allow = allow;
            await Problem.WriteAsync(context, refusal);
            return;
        }

        if (!context.Response.HasStarted
            && context.Response.StatusCode >= StatusCodes.Status400BadRequest
            && context.Response.ContentType is null
            && context.Response.ContentLength is null or 0
            && Describe(context) is { } described)
        {
            await Problem.WriteAsync(context, described);
        }
    }

    private static Refusal? Describe(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status400BadRequest => new Refusal(ErrorCodes.ValidationFailed, "the request is malformed"),
        StatusCodes.Status401Unauthorized => new Refusal(ErrorCodes.Unauthenticated, "log in first"),
        StatusCodes.Status403Forbidden => new Refusal(ErrorCodes.Forbidden, "this is not allowed for you"),
        StatusCodes.Status404NotFound => new Refusal(ErrorCodes.NotFound, "there is nothing at this address"),
        StatusCodes.Status405MethodNotAllowed => new Refusal(ErrorCodes.MethodNotAllowed, $"this address does not take {context.Request.Method}; it takes {context.Response.Headers.Allow}"),
        StatusCodes.Status406NotAcceptable => new Refusal(ErrorCodes.NotAcceptable, "this address answers with application/json"),
        StatusCodes.Status408RequestTimeout => new Refusal(ErrorCodes.BodyTooSlow, "the body came too slowly", Retryable: true),
        StatusCodes.Status413PayloadTooLarge => new Refusal(ErrorCodes.BodyTooLarge, "the body is larger than this address accepts"),
        StatusCodes.Status415UnsupportedMediaType => new Refusal(ErrorCodes.UnsupportedMediaType, "the body must be JSON: send 'Content-Type: application/json'"),
        _ => null,
    };

    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private static partial void LogUnhandled(ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "{Method} {Path} was answered {Code}.")]
    private static partial void LogUnavailable(ILogger logger, Exception exception, string method, string path, string code);
}
