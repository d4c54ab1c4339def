using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Grains.Interfaces.Idempotency;

/// <summary>The JSON form of the messages about repeated requests.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(IdempotencyAttempt))]
[JsonSerializable(typeof(IdempotencyReply))]
[JsonSerializable(typeof(IdempotencyReply.Started), TypeInfoPropertyName = "IdempotencyReplyStarted")]
[JsonSerializable(typeof(IdempotencyReply.Answered), TypeInfoPropertyName = "IdempotencyReplyAnswered")]
[JsonSerializable(typeof(IdempotencyReply.Refused), TypeInfoPropertyName = "IdempotencyReplyRefused")]
public sealed partial class IdempotencyJsonContext : JsonSerializerContext;
