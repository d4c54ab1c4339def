using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Domain.Triggers;
using Actors.Grains.Interfaces.Triggers;

namespace Actors.Grains.Triggers;

/// <summary>What a request to a webhook must be, and what a design is given of it.</summary>
internal static class HookRules
{
    private const string Method = "POST";
    private const string Path = "/hooks";
    private const string SignaturePrefix = "sha256=";

    /// <summary>What a hook that is fired by hand, with nothing to give, was sent.</summary>
    public static readonly Token EmptyPayload = ToPayload(new HookDelivery(
        default, null, null, null, ImmutableSortedDictionary<string, string>.Empty, ImmutableSortedDictionary<string, string>.Empty));

    private static readonly Refusal BadSignature =
        new(ErrorCodes.SignatureInvalid, "X-Signature-256 must be 'sha256=' and the HMAC-SHA256 of the body by the hook's secret, hexadecimal");

    public static Refusal? Check(HookSettings settings, HookDelivery delivery)
    {
        if (delivery.Body.Length > settings.MaximumBytes)
            return new Refusal(ErrorCodes.BodyTooLarge, $"this hook takes at most {settings.MaximumBytes} bytes");

        var type = MediaType(delivery.ContentType);
        return delivery.Body.Length == 0 || settings.ContentTypes.Contains(type, StringComparer.OrdinalIgnoreCase)
            ? null
            : new Refusal(ErrorCodes.UnsupportedMediaType, $"this hook takes {string.Join(", ", settings.ContentTypes)}");
    }

    /// <summary>Compares in constant time, so that nobody finds a signature byte by byte.</summary>
    public static Refusal? CheckSignature(string secret, HookDelivery delivery)
    {
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), delivery.Body.Span);
        var given = delivery.Signature is { } signature && signature.StartsWith(SignaturePrefix, StringComparison.OrdinalIgnoreCase)
            ? signature[SignaturePrefix.Length..]
            : "";
        return given.Length == expected.Length * 2 && given.All(char.IsAsciiHexDigit) && CryptographicOperations.FixedTimeEquals(expected, Convert.FromHexString(given))
            ? null
            : BadSignature;
    }

    /// <summary>
    /// <c>{method, path, contentType, headers, query, body}</c>; a body of JSON as it is, any other as text, none as null. The
    /// path is that of all hooks, since what follows it is the secret.
    /// </summary>
    public static Token ToPayload(HookDelivery delivery) => Token.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("method", Method);
        writer.WriteString("path", Path);
        writer.WriteString("contentType", MediaType(delivery.ContentType));
        WriteAll(writer, "headers", delivery.Headers);
        WriteAll(writer, "query", delivery.Query);
        writer.WritePropertyName("body");
        if (delivery.Body.Length == 0)
            writer.WriteNullValue();
        else if (MediaType(delivery.ContentType).EndsWith("json", StringComparison.OrdinalIgnoreCase) && Token.TryParse(delivery.Body, out var body))
            writer.WriteRawValue(body.Utf8.Span, skipInputValidation: true);
        else
            writer.WriteStringValue(Encoding.UTF8.GetString(delivery.Body.Span));

        writer.WriteEndObject();
    });

    private static string MediaType(string? contentType) => (contentType ?? "").Split(';')[0].Trim();

    private static void WriteAll(Utf8JsonWriter writer, string name, IEnumerable<KeyValuePair<string, string>> values)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in values)
            writer.WriteString(key, value);

        writer.WriteEndObject();
    }
}
