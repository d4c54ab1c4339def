using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Actors.Frontend.Http.Idempotency;

/// <summary>An answer as it is kept for repeats: what a client goes by, not what the server adds to every answer.</summary>
internal sealed record KeptAnswer(int Status, Dictionary<string, string> Headers, byte[] Body)
{
    private static readonly string[] KeptHeaders =
        [HeaderNames.ContentType, HeaderNames.Location, HeaderNames.ETag, HeaderNames.CacheControl, HeaderNames.ContentDisposition];

    public static KeptAnswer Of(HttpResponse response, byte[] body) => new(
        response.StatusCode,
        KeptHeaders.Where(name => response.Headers[name].Count > 0).ToDictionary(name => name, name => response.Headers[name].ToString(), StringComparer.Ordinal),
        body);

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, KeptAnswerJson.Default.KeptAnswer);

    public static KeptAnswer Read(byte[] json) => JsonSerializer.Deserialize(json, KeptAnswerJson.Default.KeptAnswer)
        ?? throw new JsonException("A kept answer is empty.");

    public async Task SendAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        foreach (var (name, value) in Headers)
            context.Response.Headers[name] = value;

        context.Response.Headers[IdempotencyMiddleware.ReplayedHeader] = "true";
        if (Body.Length > 0)
            await context.Response.Body.WriteAsync(Body, context.RequestAborted);
    }
}

[JsonSerializable(typeof(KeptAnswer))]
internal sealed partial class KeptAnswerJson : JsonSerializerContext;
