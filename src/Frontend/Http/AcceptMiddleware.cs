using Actors.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Actors.Frontend.Http;

/// <summary>
/// Refuses a request of the interface that accepts nothing of what its address answers with. Addresses that only answer
/// with JSON say so in their metadata; what says otherwise, or nothing, decides for itself.
/// </summary>
internal sealed class AcceptMiddleware(RequestDelegate next)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json") { Charset = "utf-8" };
    private static readonly MediaTypeHeaderValue ProblemJson = new(Problem.ContentType) { Charset = "utf-8" };
    private static readonly MediaTypeHeaderValue Events = new("text/event-stream");

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Headers.Accept.Count == 0 || !ApiPaths.IsApi(context.Request.Path) || !AnswersOnlyJson(context.GetEndpoint()) || Accepts(context.Request))
            return next(context);

        return Problem.WriteAsync(context, new Refusal(ErrorCodes.NotAcceptable, "this address answers with application/json; the Accept header leaves no room for it"));
    }

    private static bool AnswersOnlyJson(Endpoint? endpoint)
    {
        if (endpoint?.Metadata.GetMetadata<AnswerMetadata>() is not null)
            return false;

        var types = endpoint?.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>()
            .Where(answer => answer.StatusCode is >= 200 and < 300)
            .SelectMany(answer => answer.ContentTypes)
            .ToList();
        return types is { Count: > 0 } && types.TrueForAll(type => type == "application/json");
    }

    /// <summary>Events are asked for where JSON is the alternative, so whoever asks for them is let through.</summary>
    private static bool Accepts(HttpRequest request) =>
        !MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges)
        || ranges.Any(range => range.Quality is not 0 && (Json.IsSubsetOf(range) || ProblemJson.IsSubsetOf(range) || Events.IsSubsetOf(range)));
}
