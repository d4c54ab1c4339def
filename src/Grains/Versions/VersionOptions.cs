namespace Actors.Grains.Versions;

/// <summary>Section <c>Designs:Versions</c>.</summary>
public sealed class VersionOptions
{
    public const string Section = "Designs:Versions";

    /// <summary>Named versions of one design; more are refused.</summary>
    public int Named { get; set; } = 1_000;

    /// <summary>Automatic checkpoints of one design that are kept.</summary>
    public int Automatic { get; set; } = 64;

    /// <summary>Changes after which an automatic checkpoint is made.</summary>
    public int CheckpointAfterChanges { get; set; } = 500;

    /// <summary>Time from the first change since the last automatic checkpoint after which a change makes the next.</summary>
    public TimeSpan CheckpointAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Bytes, as estimated, that this server keeps of designs as they were, to read any revision quickly.</summary>
    public long RevisionCacheBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate()
    {
        if (Named is < 1 or > 10_000)
        {
            yield return $"{Section}:{nameof(Named)} is {Named}; it must be from 1 to 10000.";
        }

        if (Automatic is < 1 or > 1_000)
        {
            yield return $"{Section}:{nameof(Automatic)} is {Automatic}; it must be from 1 to 1000.";
        }

        if (CheckpointAfterChanges is < 1 or > 1_000_000)
        {
            yield return $"{Section}:{nameof(CheckpointAfterChanges)} is {CheckpointAfterChanges}; it must be from 1 to 1000000.";
        }

        if (CheckpointAfter < TimeSpan.FromSeconds(1) || CheckpointAfter > TimeSpan.FromDays(1))
        {
            yield return $"{Section}:{nameof(CheckpointAfter)} is {CheckpointAfter}; it must be from 1 s to 1 day.";
        }

        if (RevisionCacheBytes is < 0 or > 64L * 1024 * 1024 * 1024)
        {
            yield return $"{Section}:{nameof(RevisionCacheBytes)} is {RevisionCacheBytes}; it must be from 0 to 68719476736 bytes.";
        }
    }
}
