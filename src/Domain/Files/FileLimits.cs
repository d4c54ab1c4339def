namespace Actors.Domain.Files;

/// <summary>Limits of a project's files; reaching one is a refusal that names the limit and its value.</summary>
public sealed record FileLimits
{
    public const string Section = "Files:Limits";

    public static FileLimits Default { get; } = new();

    /// <summary>Bytes of one file.</summary>
    public int FileBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Files in one project.</summary>
    public int Files { get; init; } = 10_000;

    /// <summary>Bytes that a project's files and their kept versions take; equal contents count once.</summary>
    public long ProjectBytes { get; init; } = 1L << 30;

    /// <summary>Bytes of a path as UTF-8.</summary>
    public int PathBytes { get; init; } = 1_024;

    /// <summary>Bytes of one segment of a path as UTF-8: what common file systems take.</summary>
    public int SegmentBytes { get; init; } = 255;

    /// <summary>Segments of a path.</summary>
    public int Depth { get; init; } = 32;

    /// <summary>Versions that are kept of one file, the newest included.</summary>
    public int Versions { get; init; } = 20;

    /// <summary>Bytes of an uploaded archive.</summary>
    public long ArchiveBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>How many times larger than the archive its contents may be.</summary>
    public int ArchiveRatio { get; init; } = 200;

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (var (name, value, maximum) in new (string, long, long)[]
        {
            (nameof(FileBytes), FileBytes, 128 * 1024 * 1024),
            (nameof(Files), Files, 100_000),
            (nameof(ProjectBytes), ProjectBytes, 1L << 50),
            (nameof(PathBytes), PathBytes, 4_096),
            (nameof(SegmentBytes), SegmentBytes, 255),
            (nameof(Depth), Depth, 256),
            (nameof(Versions), Versions, 1_000),
            (nameof(ArchiveBytes), ArchiveBytes, 16L << 30),
            (nameof(ArchiveRatio), ArchiveRatio, 10_000),
        })
        {
            if (value < 1 || value > maximum)
            {
                yield return $"{Section}:{name} is {value}; it must be from 1 to {maximum}.";
            }
        }
    }
}
