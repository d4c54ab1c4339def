using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Actors.Domain.Designs;

namespace Actors.Domain.Json;

/// <summary>The one JSON form of the design contracts: over REST and the hub, in the journal and between silos.</summary>
public static class DomainJson
{
    /// <summary>Read-only. Anything but a type that the context names is refused.</summary>
    public static JsonSerializerOptions Options => DomainJsonContext.Default.Options;

    /// <summary>To be combined with the resolvers of other areas.</summary>
    public static IJsonTypeInfoResolver Resolver => DomainJsonContext.Default;

    public static JsonTypeInfo<DesignEvent> Event => DomainJsonContext.Default.DesignEvent;

    public static JsonTypeInfo<DesignSnapshot> Snapshot => DomainJsonContext.Default.DesignSnapshot;

    public static JsonTypeInfo<DesignDocument> Document => DomainJsonContext.Default.DesignDocument;

    public static JsonTypeInfo<Change> Change => DomainJsonContext.Default.Change;

    public static JsonTypeInfo<SubmitResult> SubmitResult => DomainJsonContext.Default.SubmitResult;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(Operation))]
[JsonSerializable(typeof(ImmutableArray<Operation>))]
[JsonSerializable(typeof(Batch))]
[JsonSerializable(typeof(SubmitResult))]
[JsonSerializable(typeof(Change))]
[JsonSerializable(typeof(ImmutableArray<Change>))]
[JsonSerializable(typeof(DesignDocument))]
[JsonSerializable(typeof(DesignPosition))]
[JsonSerializable(typeof(Node))]
[JsonSerializable(typeof(Connection))]
[JsonSerializable(typeof(DesignEvent))]
[JsonSerializable(typeof(DesignSnapshot))]
[JsonSerializable(typeof(Refusal))]
internal sealed partial class DomainJsonContext : JsonSerializerContext;
