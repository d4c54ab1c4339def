using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain.Designs;
using Actors.Domain.Json;
using Actors.Grains.Interfaces.Rooms;

namespace Actors.Frontend.Live;

/// <summary>
/// The answer to a batch as the hub sends it. The hub's protocol serializes by run-time type and would lose which member
/// of the family it is.
/// </summary>
[JsonConverter(typeof(SubmitReplyConverter))]
internal sealed class SubmitReply(SubmitResult result)
{
    public SubmitResult Result { get; } = result;
}

/// <inheritdoc cref="SubmitReply"/>
[JsonConverter(typeof(SayReplyConverter))]
internal sealed class SayReply(SayResult result)
{
    public SayResult Result { get; } = result;
}

internal sealed class SubmitReplyConverter : JsonConverter<SubmitReply>
{
    public override SubmitReply Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Replies are only sent.");

    public override void Write(Utf8JsonWriter writer, SubmitReply value, JsonSerializerOptions options)
    {
        if (value.Result is SubmitResult.Committed { Operations: null } committed)
        {
            // The answer to nearly every edit.
            writer.WriteStartObject();
            writer.WriteString("status"u8, "committed"u8);
            writer.WriteNumber("revision"u8, committed.Revision);
            writer.WriteStartArray("ignored"u8);
            foreach (var index in committed.Ignored)
            {
                writer.WriteNumberValue(index);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            return;
        }

        JsonSerializer.Serialize(writer, value.Result, DomainJson.SubmitResult);
    }
}

internal sealed class SayReplyConverter : JsonConverter<SayReply>
{
    public override SayReply Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Replies are only sent.");

    public override void Write(Utf8JsonWriter writer, SayReply value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Result, RoomsJsonContext.Default.SayResult);
}
