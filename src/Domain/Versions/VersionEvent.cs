using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Actors.Domain.Versions;

/// <summary>What happened to a design's versions, as their journal keeps it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Created), "created")]
[JsonDerivedType(typeof(Changed), "changed")]
[JsonDerivedType(typeof(Deleted), "deleted")]
[JsonDerivedType(typeof(Ended), "ended")]
public abstract record VersionEvent
{
    /// <param name="Dropped">Automatic checkpoints that made room for it.</param>
    public sealed record Created(DesignVersion Version, ImmutableArray<string> Dropped) : VersionEvent;

    /// <summary>The version as it is from then on.</summary>
    public sealed record Changed(DesignVersion Version) : VersionEvent;

    public sealed record Deleted(string Id) : VersionEvent;

    public sealed record Ended : VersionEvent;
}
