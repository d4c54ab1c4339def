using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Frontend.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Builder;

namespace Actors.Frontend.Http;

/// <summary>An error as a client sees it (RFC 9457).</summary>
/// <param name="Type">Where the code is explained.</param>
/// <param name="Code">Stable; one of docs/errors.md.</param>
/// <param name="TraceId">What to quote to the operator: logs and traces carry the same.</param>
/// <param name="Retryable">Whether the same request may succeed later.</param>
/// <param name="Errors">For validation: field name to messages.</param>
/// <param name="Index">The place of the offending operation in its batch.</param>
/// <param name="RetryAt">From when on the same request may succeed, where that is known.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    string TraceId,
    bool Retryable,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableDictionary<string, ImmutableArray<string>>? Errors,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Index,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? RetryAt = null)
{
    public const string ContentType = "application/problem+json";

    private const string Documentation = "/docs/errors#";

    /// <summary>Never rendered as HTML (type and nosniff see to it), so a quotation mark need not become six characters.</summary>
    private static readonly ProblemJsonContext Json = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Answers with a refusal.</summary>
    public static async Task WriteAsync(HttpContext context, Refusal refusal, TimeSpan? retryAfter = null)
    {
        var status = RefusalStatus.Of(refusal.Code);
        var problem = new Problem(
            Documentation + refusal.Code,
            RefusalStatus.Title(status),
            status,
            refusal.Detail,
            refusal.Code,
            Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier,
            refusal.Retryable,
            refusal.Errors,
            refusal.Index,
            refusal.RetryAt);
        context.AuditScope().Code = refusal.Code;
        context.Response.StatusCode = status;
        context.Response.ContentType = ContentType;
        context.Response.Headers.CacheControl = "no-store";
        if (retryAfter is { } wait)
            context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

        // A request that ran out of time is cancelled already, and is to be told so all the same.
        if (!HttpMethods.IsHead(context.Request.Method))
            await JsonSerializer.SerializeAsync(context.Response.Body, problem, Json.Problem, CancellationToken.None);
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemJsonContext : JsonSerializerContext;

/// <summary>A refusal as the result of an endpoint.</summary>
public sealed class RefusalResult(Refusal refusal, TimeSpan? retryAfter = null) : IResult, IEndpointMetadataProvider
{
    public Refusal Refusal => refusal;

    public Task ExecuteAsync(HttpContext httpContext) => Problem.WriteAsync(httpContext, refusal, retryAfter);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status400BadRequest, typeof(Problem), [Problem.ContentType]));
}

public static class RefusalResultExtensions
{
    /// <summary>The problem document of a refusal, with the status of its code.</summary>
    public static RefusalResult ToResult(this Refusal refusal, TimeSpan? retryAfter = null) => new(refusal, retryAfter);
}
