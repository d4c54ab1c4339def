namespace Actors.Frontend.Operations.Health;

/// <summary>Section <c>Health</c>: when the server calls itself slow or broken.</summary>
public sealed class HealthOptions
{
    public const string Section = "Health";

    /// <summary>What does not answer within it has failed. 100 ms to 1 min, default 5 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A good probe of the storage, which writes, is taken as true for so long. 1 s to 1 h, default 10 s.</summary>
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A probing read that takes longer degrades. Above 0, default 250 ms.</summary>
    public TimeSpan SlowRead { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A probing write, from the queue to the disk, that takes longer degrades. Above 0, default 1 s.</summary>
    public TimeSpan SlowWrite { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate()
    {
        if (Timeout < TimeSpan.FromMilliseconds(100) || Timeout > TimeSpan.FromMinutes(1))
            yield return $"{Section}:{nameof(Timeout)} is {Timeout}; it must be from 100 ms to 1 min.";

        if (ProbeInterval < TimeSpan.FromSeconds(1) || ProbeInterval > TimeSpan.FromHours(1))
            yield return $"{Section}:{nameof(ProbeInterval)} is {ProbeInterval}; it must be from 1 s to 1 h.";

        if (SlowRead <= TimeSpan.Zero)
            yield return $"{Section}:{nameof(SlowRead)} is {SlowRead}; it must be above 0.";

        if (SlowWrite <= TimeSpan.Zero)
            yield return $"{Section}:{nameof(SlowWrite)} is {SlowWrite}; it must be above 0.";
    }
}
