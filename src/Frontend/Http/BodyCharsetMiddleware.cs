using System.Text;
using Actors.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Actors.Frontend.Http;

/// <summary>
/// Refuses JSON in an encoding that nobody knows, which the framework would take for a fault of the server, and takes the
/// quotes from the name of one, which it does not understand and which RFC 9110 allows.
/// </summary>
internal sealed class BodyCharsetMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.Charset.HasValue || !IsJson(type))
            return next(context);

        var charset = HeaderUtilities.RemoveQuotes(type.Charset);
        if (!IsKnown(charset.ToString()))
            return Problem.WriteAsync(context, new Refusal(ErrorCodes.UnsupportedMediaType, $"the encoding '{charset}' is not known: send UTF-8"));

        type.Charset = charset;
        context.Request.ContentType = type.ToString();
        return next(context);
    }

    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);

    private static bool IsKnown(string charset)
    {
        try
        {
            Encoding.GetEncoding(charset);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
