using System.Text.Json.Serialization;
using Actors.Domain.Templates;

namespace Actors.Grains.Interfaces.Templates;

/// <summary>The JSON of templates: between grains, in the journal, in snapshots and in the catalog.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(TemplateEvent))]
[JsonSerializable(typeof(TemplateState))]
[JsonSerializable(typeof(TemplateView))]
[JsonSerializable(typeof(TemplateContents))]
[JsonSerializable(typeof(NewTemplate))]
[JsonSerializable(typeof(TemplateChange))]
[JsonSerializable(typeof(TemplateQuery))]
[JsonSerializable(typeof(TemplateReply))]
[JsonSerializable(typeof(TemplatePageReply))]
[JsonSerializable(typeof(TemplateReply.Refused), TypeInfoPropertyName = "TemplateReplyRefused")]
[JsonSerializable(typeof(TemplatePageReply.Refused), TypeInfoPropertyName = "TemplatePageReplyRefused")]
public sealed partial class TemplatesJsonContext : JsonSerializerContext;
