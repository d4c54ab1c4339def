using System.Text.Json.Serialization;
using Actors.Domain.Notifications;

namespace Actors.Grains.Interfaces.Notifications;

/// <summary>The JSON of notifications: between grains, in the journal, in snapshots and in live frames.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(InboxEvent))]
[JsonSerializable(typeof(InboxState))]
[JsonSerializable(typeof(BroadcastEvent))]
[JsonSerializable(typeof(BroadcastState))]
[JsonSerializable(typeof(NewNotification))]
[JsonSerializable(typeof(Notification))]
[JsonSerializable(typeof(NotificationQuery))]
[JsonSerializable(typeof(ReadMark))]
[JsonSerializable(typeof(InboxSummary))]
[JsonSerializable(typeof(DeliverReply))]
[JsonSerializable(typeof(InboxReply))]
[JsonSerializable(typeof(NotificationPageReply))]
[JsonSerializable(typeof(InboxFeedItem))]
[JsonSerializable(typeof(NewBroadcast))]
[JsonSerializable(typeof(BroadcastView))]
[JsonSerializable(typeof(BroadcastReply))]
[JsonSerializable(typeof(DeliverReply.Refused), TypeInfoPropertyName = "DeliverReplyRefused")]
[JsonSerializable(typeof(InboxReply.Refused), TypeInfoPropertyName = "InboxReplyRefused")]
[JsonSerializable(typeof(NotificationPageReply.Refused), TypeInfoPropertyName = "NotificationPageReplyRefused")]
[JsonSerializable(typeof(BroadcastReply.Refused), TypeInfoPropertyName = "BroadcastReplyRefused")]
[JsonSerializable(typeof(InboxEvent.Delivered), TypeInfoPropertyName = "InboxEventDelivered")]
[JsonSerializable(typeof(DeliverReply.Delivered), TypeInfoPropertyName = "DeliverReplyDelivered")]
[JsonSerializable(typeof(BroadcastEvent.Started), TypeInfoPropertyName = "BroadcastEventStarted")]
[JsonSerializable(typeof(BroadcastReply.Started), TypeInfoPropertyName = "BroadcastReplyStarted")]
public sealed partial class NotificationsJsonContext : JsonSerializerContext;
