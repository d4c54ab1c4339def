using System.Buffers;
using System.Text.Json;

namespace Actors.Domain.Versions;

/// <summary>Single values as JSON.</summary>
internal static class JsonValues
{
    public static JsonElement Of(string value) => Write(writer => writer.WriteStringValue(value));

    public static JsonElement Of(double value) => Write(writer => writer.WriteNumberValue(value));

    private static JsonElement Write(Action<Utf8JsonWriter> value)
    {
        var buffer = new ArrayBufferWriter<byte>(32);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            value(writer);
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
