using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Grains.Interfaces.Runs;

/// <summary>The JSON form of the messages of run grains.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(NewRun))]
[JsonSerializable(typeof(PersonAnswer))]
[JsonSerializable(typeof(RunReply))]
[JsonSerializable(typeof(RunHeader))]
[JsonSerializable(typeof(RunView))]
[JsonSerializable(typeof(RunTokens))]
[JsonSerializable(typeof(RunPage))]
[JsonSerializable(typeof(RunFeedItem))]
public sealed partial class RunsJsonContext : JsonSerializerContext;
