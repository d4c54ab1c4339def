using System.Collections.Immutable;

namespace Actors.Domain.Designs;

/// <summary>A design's whole state in a form that can be stored: the document and what the state remembers of its past.</summary>
public sealed record DesignSnapshot
{
    /// <summary>The contents at this revision; null before the design is created.</summary>
    public DesignDocument? Document { get; init; }

    public long Revision { get; init; }

    public bool Deleted { get; init; }
}
