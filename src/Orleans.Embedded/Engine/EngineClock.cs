namespace Orleans.Embedded;

/// <summary>
/// Time in ticks (100 ns) since the engine started, as of the last beat. Reading it is free, which is why calls use it for their
/// deadlines; it may lag by one beat.
/// </summary>
internal sealed class EngineClock : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly DateTimeOffset _startedAtUtc;
    private ITimer? _timer;
    private long _now;

    public EngineClock(TimeProvider time, TimeSpan shortestTimeout)
    {
        _time = time;
        _startedAt = time.GetTimestamp();
        _startedAtUtc = time.GetUtcNow();
        Beat = TimeSpan.FromTicks(Math.Clamp(shortestTimeout.Ticks / 10, TimeSpan.TicksPerMillisecond * 5, TimeSpan.TicksPerMillisecond * 500));
    }

    /// <summary>How far apart the readings are.</summary>
    public TimeSpan Beat { get; }

    public long Now => Volatile.Read(ref _now);

    public DateTimeOffset ToUtc(long now) => _startedAtUtc + TimeSpan.FromTicks(now);

    /// <summary>Starts to beat; the action runs at each.</summary>
    public void Start(Action onBeat)
    {
        using var suppressed = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _timer = _time.CreateTimer(
            _ =>
            {
                Volatile.Write(ref _now, _time.GetElapsedTime(_startedAt).Ticks);
                onBeat();
            },
            null,
            Beat,
            Beat);
    }

    public void Dispose() => _timer?.Dispose();
}
