namespace Actors.Grains.Runs;

/// <summary>How long a run has worked, over all its activations.</summary>
internal sealed class WorkClock(TimeProvider time)
{
    private TimeSpan _before;
    private long? _since;

    public bool Runs => _since is not null;

    public TimeSpan Elapsed => _before + (_since is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero);

    public void Start() => _since ??= time.GetTimestamp();

    public void Stop()
    {
        _before = Elapsed;
        _since = null;
    }

    /// <summary>What it showed before.</summary>
    public void Restore(TimeSpan elapsed) => _before = elapsed;
}
