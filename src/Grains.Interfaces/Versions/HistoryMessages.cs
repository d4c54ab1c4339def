using System.Collections.Immutable;
using Actors.Domain.Designs;
using Actors.Domain.Versions;

namespace Actors.Grains.Interfaces.Versions;

/// <summary>A page of a design's history, newest first.</summary>
/// <param name="Next">The newest revision of the next page; null when this is the last.</param>
public sealed record HistoryPage(ImmutableArray<HistoryEntry> Items, long? Next);

/// <summary>A page of a design's changes, in their order.</summary>
/// <param name="Next">The revision after which the next page begins; null when this is the last.</param>
public sealed record ChangePage(ImmutableArray<Change> Items, long? Next);

/// <summary>A design's versions as a snapshot.</summary>
public sealed record VersionsSnapshot(ImmutableArray<DesignVersion> Versions, bool HasEnded);
