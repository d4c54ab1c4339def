using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain.Triggers;

namespace Actors.Grains.Interfaces.Triggers;

/// <summary>The JSON of triggers: between grains, in the journal, in snapshots and in the catalog.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(TriggerEvent))]
[JsonSerializable(typeof(TriggerState))]
[JsonSerializable(typeof(NewTrigger))]
[JsonSerializable(typeof(TriggerChange))]
[JsonSerializable(typeof(HookDelivery))]
[JsonSerializable(typeof(TriggerView))]
[JsonSerializable(typeof(FiringView))]
[JsonSerializable(typeof(TriggerReply))]
[JsonSerializable(typeof(TriggerPageReply))]
[JsonSerializable(typeof(FiringReply))]
[JsonSerializable(typeof(FiringPageReply))]
[JsonSerializable(typeof(TriggerReply.Done), TypeInfoPropertyName = "TriggerReplyDone")]
[JsonSerializable(typeof(TriggerReply.Gone), TypeInfoPropertyName = "TriggerReplyGone")]
[JsonSerializable(typeof(TriggerReply.Refused), TypeInfoPropertyName = "TriggerReplyRefused")]
[JsonSerializable(typeof(TriggerPageReply.Page), TypeInfoPropertyName = "TriggerPageReplyPage")]
[JsonSerializable(typeof(TriggerPageReply.Refused), TypeInfoPropertyName = "TriggerPageReplyRefused")]
[JsonSerializable(typeof(FiringReply.Done), TypeInfoPropertyName = "FiringReplyDone")]
[JsonSerializable(typeof(FiringReply.Refused), TypeInfoPropertyName = "FiringReplyRefused")]
[JsonSerializable(typeof(FiringPageReply.Page), TypeInfoPropertyName = "FiringPageReplyPage")]
[JsonSerializable(typeof(FiringPageReply.Refused), TypeInfoPropertyName = "FiringPageReplyRefused")]
public sealed partial class TriggersJsonContext : JsonSerializerContext;
