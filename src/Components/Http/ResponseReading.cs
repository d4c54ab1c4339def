using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Actors.Components.Reading;

namespace Actors.Components.Http;

/// <summary>Makes a token of a response.</summary>
internal static class ResponseReading
{
    private const string Mask = "***";

    /// <summary>A shorter secret is not masked in answers: it would be found everywhere.</summary>
    private const int ShortestMasked = 4;

    /// <exception cref="ComponentException">The status is 400 or above, or the body is too long.</exception>
    public static async ValueTask<Token> ReadAsync(
        HttpResponseMessage response, string description, bool bodyOnly, int maximumBytes, DateTimeOffset now, ISet<string> secrets, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status >= 400)
        {
            throw new ComponentException(ErrorCodes.HttpStatus, $"{description} was answered with {status}.", IsRetryable(response.StatusCode))
            {
                RetryAfter = RetryAfter(response, now),

                // A server that broke down, or could not reach the one behind it, may have done what was asked.
                OutcomeUnknown = status is >= 500 and not 503,
            };
        }

        var bytes = await ReadBodyAsync(response.Content, description, maximumBytes, cancellationToken);
        var body = BodyOf(bytes, response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentType?.CharSet, secrets);
        return bodyOnly ? body : Token.Write(writer => WriteFull(writer, response, body, secrets));
    }

    /// <summary>Request timeout, too early, too many requests, and what is the server's own trouble.</summary>
    private static bool IsRetryable(HttpStatusCode status) => (int)status is 408 or 425 or 429 or >= 500;

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var wanted = response.Headers.RetryAfter is not { } after ? null : after.Delta ?? (after.Date is { } date ? date - now : null);
        return wanted is { } span && span > TimeSpan.Zero ? span : null;
    }

    private static async ValueTask<byte[]> ReadBodyAsync(HttpContent content, string description, int maximumBytes, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (kept.Length + read > maximumBytes)
            {
                throw new ComponentException(
                    ErrorCodes.ResponseTooLarge, string.Create(CultureInfo.InvariantCulture, $"{description} was answered with more than {maximumBytes} bytes."), retryable: false) { OutcomeUnknown = true };
            }

            kept.Write(buffer, 0, read);
        }

        return kept.ToArray();
    }

    /// <summary>JSON as a value, text as text, anything else as <c>{"base64"}</c>; nothing as null.</summary>
    private static Token BodyOf(byte[] bytes, string? mediaType, string? charset, ISet<string> secrets)
    {
        if (bytes.Length == 0)
        {
            return Token.Null;
        }

        var isJson = mediaType is not null && (mediaType.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
        if (!isJson && !IsText(mediaType))
        {
            return Token.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteBase64String("base64", bytes);
                writer.WriteEndObject();
            });
        }

        var text = Masked(EncodingOf(charset).GetString(bytes), secrets);
        return isJson && Token.TryParse(Encoding.UTF8.GetBytes(text), out var value) ? value : Token.Of(text);
    }

    private static bool IsText(string? mediaType) =>
        mediaType is null
        || mediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        || mediaType.EndsWith("xml", StringComparison.OrdinalIgnoreCase)
        || mediaType is "application/x-www-form-urlencoded" or "application/javascript" or "application/x-ndjson" or "application/yaml";

    private static Encoding EncodingOf(string? charset) => charset?.Trim('"').ToUpperInvariant() switch
    {
        "ISO-8859-1" or "LATIN1" => Encoding.Latin1,
        "UTF-16" or "UTF-16LE" => Encoding.Unicode,
        "UTF-16BE" => Encoding.BigEndianUnicode,
        _ => Encoding.UTF8,
    };

    private static string Masked(string text, ISet<string> secrets)
    {
        foreach (var secret in secrets.Where(secret => secret.Length >= ShortestMasked))
        {
            text = text.Replace(secret, Mask, StringComparison.Ordinal).Replace(JsonEncodedText.Encode(secret).ToString(), Mask, StringComparison.Ordinal);
        }

        return text;
    }

    private static void WriteFull(Utf8JsonWriter writer, HttpResponseMessage response, Token body, ISet<string> secrets)
    {
        writer.WriteStartObject();
        writer.WriteNumber("status", (int)response.StatusCode);
        writer.WriteStartObject("headers");
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            headers[name.ToLowerInvariant()] = Masked(string.Join(", ", values), secrets);
        }

        foreach (var (name, value) in headers)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WritePropertyName("body");
        writer.Raw(body);
        writer.WriteEndObject();
    }
}
