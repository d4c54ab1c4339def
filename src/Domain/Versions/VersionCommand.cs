using Actors.Domain.Designs;

namespace Actors.Domain.Versions;

/// <summary>What can be asked of a design's versions. Whether the author may ask is decided before.</summary>
public abstract record VersionCommand(DateTimeOffset At, Author? By)
{
    /// <summary>Names a revision.</summary>
    /// <param name="Revision">One that the design has.</param>
    public sealed record Create(DateTimeOffset At, Author? By, string Id, string DesignId, string? Name, string? Description, long Revision) : VersionCommand(At, By);

    /// <summary>Names or describes a version anew. An automatic one that is given a name is a named one from then on, and stays.</summary>
    /// <param name="Name">Null keeps the name.</param>
    /// <param name="SetsDescription">Whether <paramref name="Description"/> is set, to null as well; otherwise it is kept.</param>
    /// <param name="ExpectedUpdate">When the writer saw it last changed (If-Match); null writes whatever it is.</param>
    public sealed record Change(DateTimeOffset At, Author? By, string Id, string? Name, bool SetsDescription, string? Description, long? ExpectedUpdate) : VersionCommand(At, By);

    /// <summary>Removes a version; the revision stays.</summary>
    public sealed record Delete(DateTimeOffset At, Author? By, string Id, long? ExpectedUpdate) : VersionCommand(At, By);

    /// <summary>Marks a revision without a name; nothing when a version as new is there.</summary>
    public sealed record Checkpoint(DateTimeOffset At, string Id, string DesignId, long Revision) : VersionCommand(At, null);

    /// <summary>The design is gone: so are its versions.</summary>
    public sealed record End(DateTimeOffset At, Author? By) : VersionCommand(At, By);
}
