using System.Text;
using Actors.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Actors.Frontend.Http;

/// <summary>Refuses JSON in an encoding that nobody knows, which the framework would take for a fault of the server.</summary>
internal sealed class BodyCharsetMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && IsJson(type) && !IsKnown(type)
            ? Problem.WriteAsync(context, new Refusal(ErrorCodes.UnsupportedMediaType, $"the encoding '{type.Charset}' is not known: send UTF-8"))
            : next(context);

    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);

    private static bool IsKnown(MediaTypeHeaderValue type)
    {
        if (!type.Charset.HasValue)
            return true;

        try
        {
            Encoding.GetEncoding(HeaderUtilities.RemoveQuotes(type.Charset).ToString());
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
