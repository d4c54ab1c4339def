using System.Text.Json.Serialization;
using Actors.Domain.Comments;

namespace Actors.Grains.Interfaces.Comments;

/// <summary>The JSON of comments: between grains, in the journal, in snapshots and in live frames.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(CommentEvent))]
[JsonSerializable(typeof(CommentsSnapshot))]
[JsonSerializable(typeof(CommentActor))]
[JsonSerializable(typeof(NewThread))]
[JsonSerializable(typeof(NewComment))]
[JsonSerializable(typeof(CommentKey))]
[JsonSerializable(typeof(ThreadKey))]
[JsonSerializable(typeof(ThreadQuery))]
[JsonSerializable(typeof(ThreadReply))]
[JsonSerializable(typeof(ThreadPageReply))]
[JsonSerializable(typeof(CommentsChange))]
[JsonSerializable(typeof(ThreadReply.Refused), TypeInfoPropertyName = "ThreadReplyRefused")]
[JsonSerializable(typeof(ThreadPageReply.Refused), TypeInfoPropertyName = "ThreadPageReplyRefused")]
public sealed partial class CommentsJsonContext : JsonSerializerContext;
