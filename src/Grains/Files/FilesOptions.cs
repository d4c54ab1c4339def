namespace Actors.Grains.Files;

/// <summary>Section <c>Files</c>.</summary>
public sealed class FilesOptions
{
    public const string Section = "Files";

    /// <summary>How often contents are looked for that nothing refers to. Default 1 h.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate()
    {
        if (SweepInterval < TimeSpan.FromSeconds(1) || SweepInterval > TimeSpan.FromDays(30))
            yield return $"{Section}:{nameof(SweepInterval)} is {SweepInterval}; it must be from 1 s to 30 days.";
    }
}
