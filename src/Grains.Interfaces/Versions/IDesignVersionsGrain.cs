using System.Collections.Immutable;
using Actors.Domain;
using Actors.Domain.Lists;
using Actors.Domain.Versions;
using Actors.Grains.Interfaces.Designs;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Interfaces.Versions;

/// <summary>The versions of one design: revisions that somebody named, and automatic checkpoints. The key is the design's id.</summary>
/// <remarks>A companion of the design, so that naming versions never makes the design's own state larger.</remarks>
public interface IDesignVersionsGrain : IGrainWithStringKey
{
    /// <summary>Names a revision that the design has.</summary>
    Task<VersionReply> Create(NewVersion version);

    [AlwaysInterleave]
    Task<VersionReply> Get(string versionId);

    /// <summary>Names or describes a version anew; naming an automatic one keeps it.</summary>
    Task<VersionReply> Change(VersionChange change);

    /// <summary>Removes a version. Answers it as it was.</summary>
    Task<VersionReply> Delete(VersionDeletion deletion);

    /// <summary>A page of the versions.</summary>
    [AlwaysInterleave]
    Task<VersionPage> List(VersionListQuery query);

    /// <summary>Marks a revision as an automatic checkpoint; nothing when one as new is there.</summary>
    [OneWay]
    Task Checkpoint(long revision);

    /// <summary>The design was deleted: removes all versions from lists.</summary>
    [OneWay]
    Task End();
}

/// <param name="Id">A fresh id, chosen by the caller.</param>
public sealed record NewVersion(DesignCaller Caller, string Id, string? Name, string? Description, long Revision);

/// <param name="Name">Null keeps the name.</param>
/// <param name="SetsDescription">Whether the description is set, to null as well.</param>
/// <param name="ExpectedUpdate">Ticks of the version's last change that the writer saw; null for any.</param>
public sealed record VersionChange(DesignCaller Caller, string Id, string? Name, bool SetsDescription, string? Description, long? ExpectedUpdate);

/// <inheritdoc cref="VersionChange"/>
public sealed record VersionDeletion(DesignCaller Caller, string Id, long? ExpectedUpdate);

/// <summary>One of the two is null.</summary>
public sealed record VersionReply(DesignVersion? Version, Refusal? Refusal);

/// <param name="List">Sorted by a key of <see cref="ListSort"/>, searched by name.</param>
/// <param name="Kind">Only those; null for both.</param>
public sealed record VersionListQuery(ListRequest List, VersionKind? Kind = null);

public sealed record VersionPage(ImmutableArray<DesignVersion> Items, string? NextCursor, Refusal? Refusal = null);
