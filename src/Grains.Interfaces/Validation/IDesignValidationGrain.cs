using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.Domain.Validation;
using Orleans;

namespace Actors.Grains.Interfaces.Validation;

/// <summary>What is wrong with one design, while somebody wants to know. The key is the design's id.</summary>
/// <remarks>
/// It follows the design as any watcher does and validates a copy of its own, so that no edit ever waits for a validation.
/// However many watch, a burst of edits is validated once.
/// </remarks>
public interface IDesignValidationGrain : IGrainWithStringKey
{
    /// <summary>All findings at once, then all findings whenever the design has changed. Of several that wait only the newest is handed over.</summary>
    IAsyncEnumerable<DesignFindings> Watch(CancellationToken cancellationToken = default);
}

/// <summary>The findings of a design at a revision.</summary>
/// <param name="Ended">Why there is nothing to watch (any more): a code; null while there is.</param>
public sealed record DesignFindings(long Revision, ImmutableArray<Finding> Findings, string? Ended = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DesignFindings))]
[JsonSerializable(typeof(Finding))]
public sealed partial class ValidationJsonContext : JsonSerializerContext;
