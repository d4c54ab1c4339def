using System.Net;
using System.Text.Json;

namespace Actors.TestKit.Server;

/// <summary>An answer over REST, whatever its status.</summary>
/// <param name="Body">The JSON body; undefined when there is none.</param>
/// <param name="EntityTag">The version of what was answered.</param>
public sealed record ApiReply(HttpStatusCode Status, string? ContentType, JsonElement Body, string Text, string? EntityTag = null)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The body of a success.</summary>
    /// <exception cref="ApiException">It was none.</exception>
    public JsonElement Expect() =>
        IsSuccess ? Body : throw new ApiException($"{(int)Status} {Text}");

    /// <summary>The body as a problem document.</summary>
    public Problem Problem() => Body.Deserialize<Problem>(JsonSerializerOptions.Web)
        ?? throw new ApiException($"{(int)Status} without a problem document: {Text}");
}

/// <summary>A problem document (RFC 9457) as the protocol extends it; absent members are null.</summary>
public sealed record Problem(string? Type, string? Title, int? Status, string? Detail, string? Code, string? TraceId, bool? Retryable);

/// <summary>A call that had to succeed did not.</summary>
public sealed class ApiException(string message) : Exception(message);
