using System.Text;
using System.Text.Json;

namespace Actors.Components.Reading;

/// <summary>JSON that comes as text.</summary>
internal static class JsonText
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = Token.MaximumDepth };

    /// <exception cref="ComponentException">It is none: <c>json_invalid</c>, with the line and the place in it.</exception>
    public static Token Parse(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.StartsWith('\uFEFF') ? text[1..] : text);
        return Token.TryParse(bytes, out var token)
            ? token
            : throw new ComponentException(ErrorCodes.JsonInvalid, $"The text is no JSON: {Problem(bytes)}.", retryable: false);
    }

    private static string Problem(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, Options);
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException exception)
        {
            return $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}";
        }

        return "it has half a surrogate pair";
    }
}
