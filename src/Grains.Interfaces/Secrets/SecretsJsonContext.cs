using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain.Secrets;

namespace Actors.Grains.Interfaces.Secrets;

/// <summary>The JSON of secrets: between grains, in the journal and in snapshots.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(SecretsEvent))]
[JsonSerializable(typeof(SecretsState))]
[JsonSerializable(typeof(SecretSetting))]
[JsonSerializable(typeof(SecretView))]
[JsonSerializable(typeof(SecretReply))]
[JsonSerializable(typeof(SecretPageReply))]
[JsonSerializable(typeof(SecretReply.Done), TypeInfoPropertyName = "SecretReplyDone")]
[JsonSerializable(typeof(SecretReply.Removed), TypeInfoPropertyName = "SecretReplyRemoved")]
[JsonSerializable(typeof(SecretReply.Refused), TypeInfoPropertyName = "SecretReplyRefused")]
[JsonSerializable(typeof(SecretPageReply.Page), TypeInfoPropertyName = "SecretPageReplyPage")]
[JsonSerializable(typeof(SecretPageReply.Refused), TypeInfoPropertyName = "SecretPageReplyRefused")]
[JsonSerializable(typeof(SecretsEvent.Removed), TypeInfoPropertyName = "SecretsEventRemoved")]
public sealed partial class SecretsJsonContext : JsonSerializerContext;
