using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain.Rooms;

namespace Actors.Grains.Interfaces.Rooms;

/// <summary>The JSON form of the messages of room grains and of what a room keeps.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(Participant))]
[JsonSerializable(typeof(Cursor))]
[JsonSerializable(typeof(ImmutableArray<Cursor>))]
[JsonSerializable(typeof(ImmutableArray<string>))]
[JsonSerializable(typeof(SayResult))]
[JsonSerializable(typeof(RoomFeedItem))]
[JsonSerializable(typeof(RunsChange))]
[JsonSerializable(typeof(RoomEvent))]
[JsonSerializable(typeof(RoomSnapshot))]
public sealed partial class RoomsJsonContext : JsonSerializerContext;
