using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Grains.Interfaces.Designs;

/// <summary>The JSON form of the messages of design grains.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(DesignCaller))]
[JsonSerializable(typeof(NewDesign))]
[JsonSerializable(typeof(DesignReply))]
[JsonSerializable(typeof(DesignHeader))]
[JsonSerializable(typeof(DesignPart))]
[JsonSerializable(typeof(DesignListQuery))]
[JsonSerializable(typeof(DesignPage))]
[JsonSerializable(typeof(DesignFeedItem))]
public sealed partial class DesignsJsonContext : JsonSerializerContext;
