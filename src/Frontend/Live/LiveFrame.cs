using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain;

namespace Actors.Frontend.Live;

/// <summary>
/// A frame of a live stream as the bytes that go out. It is written once and shared by every client that is at the
/// same position; the hub's protocol copies the bytes and serializes nothing.
/// </summary>
[JsonConverter(typeof(LiveFrameConverter))]
public sealed class LiveFrame(ReadOnlyMemory<byte> json)
{
    public ReadOnlyMemory<byte> Json { get; } = json;

    /// <summary>The last frame of a stream.</summary>
    public static LiveFrame End(string code, bool retry) => new(
        JsonSerializer.SerializeToUtf8Bytes(new EndFrame("end", code, retry), LiveJsonContext.Default.EndFrame));

    /// <summary>The last frame of a stream that was refused.</summary>
    public static LiveFrame End(Refusal refusal) => new(
        JsonSerializer.SerializeToUtf8Bytes(new EndFrame("end", refusal.Code, refusal.Retryable, refusal.Detail), LiveJsonContext.Default.EndFrame));
}

internal sealed record EndFrame(string Kind, string Code, bool Retry, string? Detail = null);

internal sealed class LiveFrameConverter : JsonConverter<LiveFrame>
{
    public override LiveFrame Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Frames are only sent.");

    public override void Write(Utf8JsonWriter writer, LiveFrame value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Json.Span, skipInputValidation: true);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EndFrame))]
internal sealed partial class LiveJsonContext : JsonSerializerContext;
