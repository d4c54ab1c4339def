using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Grains.Designs;

/// <summary>The fields that <c>design.set</c> may carry.</summary>
internal sealed record DesignPatch(string Name, string? Description, JsonElement? Settings);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DesignPatch))]
internal sealed partial class DesignPatchJsonContext : JsonSerializerContext;
