using System.Text.Json;

namespace Actors.Domain.Designs;

/// <summary>What of the design itself can be set.</summary>
internal sealed record DesignHeader(string Name, string? Description = null, JsonElement? Settings = null);
