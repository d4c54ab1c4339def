namespace Actors.Grains.Triggers;

/// <summary>Section <c>Triggers</c>.</summary>
public sealed class TriggerOptions
{
    public const string Section = "Triggers";

    /// <summary>Triggers of one project. Default 100.</summary>
    public int MaximumPerProject { get; set; } = 100;

    /// <summary>A due time that is older than this when it is noticed was missed. Default 1 minute.</summary>
    public TimeSpan LateAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How soon what could not be finished is tried again, and runs that others wait for are looked at. Default 1 s.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate()
    {
        if (MaximumPerProject is < 1 or > 10_000)
            yield return $"{Section}:{nameof(MaximumPerProject)} is {MaximumPerProject}; it must be from 1 to 10000.";

        if (LateAfter < TimeSpan.FromSeconds(1) || LateAfter > TimeSpan.FromDays(1))
            yield return $"{Section}:{nameof(LateAfter)} is {LateAfter}; it must be from 1 second to 1 day.";

        if (RetryAfter < TimeSpan.FromMilliseconds(10) || RetryAfter > TimeSpan.FromMinutes(1))
            yield return $"{Section}:{nameof(RetryAfter)} is {RetryAfter}; it must be from 10 ms to 1 minute.";
    }
}
