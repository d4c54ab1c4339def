namespace Actors.Domain.Designs;

/// <summary>
/// How much of the past a design's state remembers. Constants and no options: a journal must replay to the same state
/// whatever the configuration says today.
/// </summary>
public static class DesignRetention
{
    /// <summary>Batches that an author can take back at least; up to twice as many are kept.</summary>
    public const int UndoDepth = 100;

    /// <summary>Batches of an agent job that can be reverted at least; up to twice as many are kept.</summary>
    public const int JobUndoDepth = 1_000;

    /// <summary>Authors whose undo stacks are kept; the one that has been quiet longest is forgotten first.</summary>
    public const int Authors = 256;

    /// <summary>Batch ids remembered at least, up to twice as many; older ones are found in the journal.</summary>
    public const int RecentBatches = 256;

    /// <summary>Removed node ids remembered at least, up to twice as many.</summary>
    public const int RemovedNodes = 4_096;

    /// <summary>Paths of one node that carry their own stamp; beyond it, authorship below <c>props</c> is no longer told apart.</summary>
    public const int StampsPerItem = 256;
}
