using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>A timer whose ticks are requests to its own activation. The next tick is armed when one has ended.</summary>
internal sealed class GrainTimer<TState> : GrainRequest, IGrainTimer, IActivationResource
{
    private readonly Activation _activation;
    private readonly Func<TState, CancellationToken, Task> _callback;
    private readonly TState _state;
    private readonly bool _interleave;
    private readonly CancellationTokenSource _stopped = new();
    private readonly ITimer _timer;
    private TimeSpan _period;
    private bool _ticking;
    private bool _changedInTick;

    public GrainTimer(Activation activation, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        Check(options.DueTime, nameof(options.DueTime));
        Check(options.Period, nameof(options.Period));
        _activation = activation;
        _callback = callback;
        _state = state;
        _period = options.Period;
        _interleave = options.Interleave;
        KeepsAlive = options.KeepAlive;
        Prepare(activation.GrainReference, TimerTick.Shape);
        activation.Add(this);
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
            _timer = activation.Engine.Time.CreateTimer(static timer => ((GrainTimer<TState>)timer!).OnDue(), this, options.DueTime, Timeout.InfiniteTimeSpan);
    }

    public override bool IsCall => false;

    public override bool AlwaysInterleaves => _interleave;

    public override bool IsReadOnly => false;

    public override bool IsCompleted => _stopped.IsCancellationRequested;

    public bool NeedsBeat => false;

    private bool KeepsAlive { get; }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        _period = period;
        _changedInTick = _ticking;
        _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _activation.Remove(this);
        _stopped.Cancel();
    }

    public void OnBeat(long now)
    {
    }

    public void End(DeactivationReason reason) => Dispose();

    public void Kill(Exception exception) => Dispose();

    public override void Begin(Activation activation, object grain) => _ = TickAsync();

    public override Task<object?> BeginBoxed(Activation? activation, object grain) => throw new NotSupportedException("Ticks pass no filters.");

    public override void SetResult(object? result)
    {
    }

    public override bool Fail(Exception exception) => false;

    public override bool Cancel(CancellationToken token) => false;

    public override object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    public override void SetArgument(int index, object? value) => throw new ArgumentOutOfRangeException(nameof(index));

    private static void Check(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(name, time, "A timer needs a time that is not negative, or Timeout.InfiniteTimeSpan.");
    }

    // A tick that is still queued or running stands for this one too.
    private void OnDue()
    {
        if (!IsLinked)
            _activation.TryPost(this);
    }

    private async Task TickAsync()
    {
        _ticking = true;
        _changedInTick = false;
        if (KeepsAlive)
            _activation.Touch();
        Exception? failure = null;
        try
        {
            await _callback(_state, _stopped.Token);
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // The timer was stopped while its tick was waiting for something.
        }
        catch (Exception exception)
        {
            failure = exception;
            _activation.Engine.Log.TimerFailed(exception, _activation.GrainId);
        }

        _ticking = false;
        _activation.Finish(this, failure);
        if (!_stopped.IsCancellationRequested && !_changedInTick && _period != Timeout.InfiniteTimeSpan)
            _timer.Change(_period, Timeout.InfiniteTimeSpan);
    }
}

/// <summary>The method shape that ticks show, for messages about them.</summary>
internal static class TimerTick
{
    public static MethodShape Shape { get; } = new(typeof(ITimerTick), typeof(ITimerTick).GetMethod(nameof(ITimerTick.Tick))!);

    internal interface ITimerTick : IGrain
    {
        Task Tick();
    }
}
