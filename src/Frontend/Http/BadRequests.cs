using System.Text.Json;
using System.Text.RegularExpressions;
using Actors.Domain;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Http;

/// <summary>What was wrong with a request that could not be bound, as precisely as the framework's exception tells.</summary>
internal static partial class BadRequests
{
    public static Refusal Describe(BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => new Refusal(ErrorCodes.BodyTooLarge, "the body is larger than this address accepts"),
        StatusCodes.Status415UnsupportedMediaType => new Refusal(ErrorCodes.UnsupportedMediaType, "the body must be JSON: send 'Content-Type: application/json'"),
        StatusCodes.Status408RequestTimeout => new Refusal(ErrorCodes.BodyTooSlow, "the body came too slowly", Retryable: true),
        _ when exception.InnerException is JsonException json => Describe(json),
        _ when exception.InnerException is { InnerException: JsonException json } => Describe(json),
        _ when BoundParameter().Match(exception.Message) is { Success: true } match
            => Refusal.Field(CamelCase(match.Groups["name"].Value), "has a value of the wrong kind"),
        _ when exception.Message.Contains("body", StringComparison.OrdinalIgnoreCase)
            => new Refusal(ErrorCodes.MalformedJson, "a JSON body is needed"),
        _ => new Refusal(ErrorCodes.ValidationFailed, "the request is malformed"),
    };

    public static Refusal Describe(JsonException exception)
    {
        // Below a conversion error, which has a path, lies no other; a syntax error is the reader's, or the reader's lies below it.
        if ((exception.InnerException as JsonException ?? (exception.Path is null ? exception : null)) is { } reader)
        {
            return reader.Message.Contains("maximum configured depth", StringComparison.Ordinal)
                ? new Refusal(ErrorCodes.JsonTooDeep, "the JSON is nested too deeply")
                : new Refusal(ErrorCodes.MalformedJson, $"the body is no JSON: line {reader.LineNumber + 1}, byte {reader.BytePositionInLine + 1}");
        }

        var field = Field(exception.Path);
        if (exception.Message.Contains("could not be mapped", StringComparison.Ordinal))
            return Refusal.Field(UnmappedMember().Match(exception.Message) is { Success: true } match ? match.Groups["name"].Value : field, "is not a known field");

        // Elsewhere in the message stands the name of the type that was read.
        return exception.Message.StartsWith("Duplicate property", StringComparison.Ordinal)
            ? Refusal.Field(field, "is given twice")
            : Refusal.Field(field, "has a value of the wrong kind");
    }

    private static string Field(string? path) => path is null or "$" ? "body" : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;

    private static string CamelCase(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    [GeneratedRegex("parameter \"\\S+ (?<name>\\w+)\" from", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BoundParameter();

    [GeneratedRegex("property '(?<name>[^']*)' could not be mapped", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UnmappedMember();
}
