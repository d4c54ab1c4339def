namespace Actors.Domain.Versions;

/// <summary>Says when a design's next automatic checkpoint is due: after so many changes, or so long after the first of them.</summary>
/// <param name="changes">Changes after which one is due.</param>
/// <param name="period">Time of activity after which one is due.</param>
public sealed class CheckpointClock(int changes, TimeSpan period)
{
    private int _changes;
    private DateTimeOffset _since;

    /// <summary>Counts a change; true when a checkpoint is due with it, and counting begins anew.</summary>
    public bool Counts(DateTimeOffset at)
    {
        if (_changes++ == 0)
        {
            _since = at;
        }

        if (_changes < changes && at - _since < period)
        {
            return false;
        }

        _changes = 0;
        return true;
    }
}
