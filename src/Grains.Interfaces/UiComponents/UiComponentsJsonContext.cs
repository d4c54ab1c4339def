using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain.UiComponents;

namespace Actors.Grains.Interfaces.UiComponents;

/// <summary>The JSON of a project's components: between grains, in the journal and in snapshots.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(UiComponentsEvent))]
[JsonSerializable(typeof(UiComponentsState))]
[JsonSerializable(typeof(UiComponentWrite))]
[JsonSerializable(typeof(UiComponentSet))]
[JsonSerializable(typeof(UiComponentReply))]
[JsonSerializable(typeof(UiComponentReply.Done), TypeInfoPropertyName = "UiComponentReplyDone")]
[JsonSerializable(typeof(UiComponentReply.Removed), TypeInfoPropertyName = "UiComponentReplyRemoved")]
[JsonSerializable(typeof(UiComponentReply.Refused), TypeInfoPropertyName = "UiComponentReplyRefused")]
[JsonSerializable(typeof(UiComponentsEvent.Removed), TypeInfoPropertyName = "UiComponentsEventRemoved")]
public sealed partial class UiComponentsJsonContext : JsonSerializerContext;
