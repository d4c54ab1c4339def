using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Every log message of the engine.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(100, LogLevel.Warning, "Grain {GrainId} failed to activate")]
    public static partial void ActivationFailed(this ILogger logger, Exception exception, GrainId grainId);

    [LoggerMessage(101, LogLevel.Warning, "Grain {GrainId} failed to deactivate cleanly: {What}")]
    public static partial void DeactivationFailed(this ILogger logger, Exception exception, GrainId grainId, string what);

    [LoggerMessage(102, LogLevel.Warning, "Grain {GrainId} was cut off: {What} took longer than {Timeout} while it deactivated")]
    public static partial void DeactivationTimedOut(this ILogger logger, GrainId grainId, string what, TimeSpan timeout);

    [LoggerMessage(103, LogLevel.Warning, "The silo stopped with {Count} activations that did not end in time")]
    public static partial void StopTimedOut(this ILogger logger, int count);

    [LoggerMessage(104, LogLevel.Error, "A turn of {GrainId} failed")]
    public static partial void TurnFailed(this ILogger logger, Exception exception, GrainId grainId);

    [LoggerMessage(105, LogLevel.Warning, "One-way call {Request} failed")]
    public static partial void OneWayFailed(this ILogger logger, Exception exception, GrainRequest request);

    [LoggerMessage(106, LogLevel.Warning, "A timer of {GrainId} failed; it ticks on")]
    public static partial void TimerFailed(this ILogger logger, Exception exception, GrainId grainId);

    [LoggerMessage(107, LogLevel.Warning, "Reminder {Reminder} of {GrainId} was not received; it will tick again")]
    public static partial void ReminderFailed(this ILogger logger, Exception exception, string reminder, string grainId);

    [LoggerMessage(108, LogLevel.Information, "The embedded engine runs {Classes} grain classes")]
    public static partial void Started(this ILogger logger, int classes);

    [LoggerMessage(109, LogLevel.Debug, "An enumerator of {GrainId} failed to dispose")]
    public static partial void EnumeratorDisposeFailed(this ILogger logger, Exception exception, GrainId grainId);
}
