using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain.Versions;

namespace Actors.Grains.Interfaces.Versions;

/// <summary>The JSON of versions and history: between grains, in the journal, in snapshots and in the catalog.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DesignVersion))]
[JsonSerializable(typeof(VersionEvent))]
[JsonSerializable(typeof(VersionsSnapshot))]
[JsonSerializable(typeof(NewVersion))]
[JsonSerializable(typeof(VersionChange))]
[JsonSerializable(typeof(VersionDeletion))]
[JsonSerializable(typeof(VersionReply))]
[JsonSerializable(typeof(VersionListQuery))]
[JsonSerializable(typeof(VersionPage))]
[JsonSerializable(typeof(HistoryPage))]
[JsonSerializable(typeof(ChangePage))]
[JsonSerializable(typeof(ChangeFilter))]
[JsonSerializable(typeof(DesignComparison))]
public sealed partial class VersionsJsonContext : JsonSerializerContext;
