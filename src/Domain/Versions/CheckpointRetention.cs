using System.Collections.Immutable;

namespace Actors.Domain.Versions;

/// <summary>
/// Which automatic checkpoints go when there are too many: the one whose neighbours stand closest together for its age.
/// So the recent past is kept finely and the distant past coarsely, the first and the newest always.
/// </summary>
internal static class CheckpointRetention
{
    /// <summary>The ids to drop, so that at most <paramref name="maximum"/> stay.</summary>
    public static ImmutableArray<string> Drop(IEnumerable<DesignVersion> checkpoints, int maximum, DateTimeOffset now)
    {
        var kept = checkpoints.OrderBy(version => version.Revision).ToList();
        var dropped = ImmutableArray.CreateBuilder<string>();
        while (kept.Count > Math.Max(1, maximum))
        {
            var least = kept.Count <= 2 ? 0 : Enumerable.Range(1, kept.Count - 2).MinBy(at => Worth(kept, at, now));
            dropped.Add(kept[least].Id);
            kept.RemoveAt(least);
        }

        return dropped.DrainToImmutable();
    }

    private static double Worth(List<DesignVersion> checkpoints, int at, DateTimeOffset now)
    {
        var gap = (checkpoints[at + 1].CreatedAt - checkpoints[at - 1].CreatedAt).TotalSeconds;
        var age = (now - checkpoints[at].CreatedAt).TotalSeconds;
        return gap / (1 + Math.Max(0, age));
    }
}
