using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>A timer of one activation; it ends with it.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Starts anew with another due time and period.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}

/// <summary>When a timer ticks and how its ticks stand to calls.</summary>
public readonly struct GrainTimerCreationOptions
{
    public GrainTimerCreationOptions()
    {
    }

    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>The time to the first tick; <see cref="Timeout.InfiniteTimeSpan"/> for none.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>The time from the end of a tick to the next; <see cref="Timeout.InfiniteTimeSpan"/> for a single tick.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Ticks start whatever is running. Default: they queue like calls.</summary>
    public bool Interleave { get; init; }

    /// <summary>Ticks count as use, so that the activation is not collected for being idle.</summary>
    public bool KeepAlive { get; init; }
}
