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

    /// <summary>Whether all there is to say is the revision, as for nearly every edit.</summary>
    public bool IsBrief => Result is SubmitResult.Committed { Operations: null, Ignored.IsEmpty: true };

    /// <summary>The revision of a brief answer.</summary>
    public long Revision => ((SubmitResult.Committed)Result).Revision;
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

    public override void Write(Utf8JsonWriter writer, SubmitReply value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Result, DomainJson.SubmitResult);
}

internal sealed class SayReplyConverter : JsonConverter<SayReply>
{
    public override SayReply Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Replies are only sent.");

    public override void Write(Utf8JsonWriter writer, SayReply value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Result, RoomsJsonContext.Default.SayResult);
}
