using Actors.Components;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Grains.Interfaces.Runs;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Actors.Grains.Runs;

/// <summary>Executes what the network has ready, in turns that are short enough for others to get through.</summary>
internal sealed partial class RunGrain
{
    /// <summary>Every so many firings the clock is looked at, and one is measured.</summary>
    private const int Sample = 64;

    private readonly FiringView _view = new();
    private readonly Dictionary<Firing, (RunContext Context, CancellationTokenSource Cancellation)> _executing = [];
    private Latencies[] _latencies = [];
    private bool _pumping;

    /// <summary>When the request for the run arrived, until its first firing.</summary>
    private DateTimeOffset? _askedAt;
    private bool _storageDown;

    /// <summary>The run only waits, for others or for a time that is far.</summary>
    private bool _rests;
    private IGrainTimer? _timer;
    private long _timerDue;

    /// <summary>Sends what is recorded and waits until it is stored: before anything leaves that rests on it.</summary>
    public Task StoreAsync()
    {
        Flush();
        return _journal.FlushAsync();
    }

    /// <summary>Timers take at most some 49 days; a longer delay is several.</summary>
    public async Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        var longest = TimeSpan.FromDays(30);
        for (; delay > longest; delay -= longest)
        {
            await Task.Delay(longest, services.Time, cancellationToken);
        }

        await Task.Delay(delay, services.Time, cancellationToken);
    }

    /// <summary>A firing began or ended to wait: the run may now be one that only waits.</summary>
    public void WaitingChanged() => Pump();

    private bool IsOver => _network.Status is NetworkStatus.Completed or NetworkStatus.Failed or NetworkStatus.Cancelled;

    private void Pump()
    {
        if (!_pumping && _start is not null && !Life.IsCancellationRequested)
        {
            _pumping = true;
            _ = PumpAsync();
        }
    }

    private async Task PumpAsync()
    {
        try
        {
            KeepReminder();
            StartClock();
            while (!Life.IsCancellationRequested)
            {
                var worked = !_storageDown && Turn();
                if (!worked && !_storageDown && _network.Settle())
                {
                    worked = _network.Status == NetworkStatus.Running;
                }

                _rests &= !worked;
                CancelGivenUp();
                if (!worked || _wanted is not null || _network.Log.Length >= services.Options.AppendBytes || _network.Published.Count >= 1_024)
                {
                    Flush();
                }

                if (!worked)
                {
                    break;
                }

                if (_journal.InFlight > services.Options.AppendsInFlight)
                {
                    await _journal.FlushAsync().WaitAsync(Life);
                }

                await Task.Yield();
            }
        }
        catch (OperationCanceledException) when (Life.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            LogBroken(services.Logger, exception, RunId);
            _network.FailRun(new RunFailure(ErrorCodes.InternalError, "The run met a defect of the server; its log has the details.", null));
            CancelGivenUp();
            Flush();
        }
        finally
        {
            _pumping = false;
        }

        Rest();
    }

    /// <summary>Executes firings for a while; false when there was nothing to do.</summary>
    private bool Turn()
    {
        var now = NowTicks;
        _network.Advance(now);
        var began = services.Time.GetTimestamp();
        var count = 0;
        while (_network.TryBegin(now, out var firing))
        {
            if (_network.TryRepeat(firing))
            {
                _network.Commit(firing);
            }
            else if (_processes[firing.Process] is ISyncProcess sync)
            {
                if (count % Sample == 0)
                {
                    var from = services.Time.GetTimestamp();
                    Fire(sync, firing, now);
                    _latencies[firing.Process].Add(services.Time.GetElapsedTime(from));
                }
                else
                {
                    Fire(sync, firing, now);
                }
            }
            else
            {
                _ = ExecuteAsync((IAsyncProcess)_processes[firing.Process], firing, now);
            }

            if (++count % Sample == 0)
            {
                if (_network.Log.Length >= services.Options.AppendBytes || services.Time.GetElapsedTime(began) >= services.Options.Turn)
                {
                    break;
                }
            }
        }

        if (_network.Status is NetworkStatus.Running or NetworkStatus.Paused && LimitReached() is { } reached)
        {
            _network.FailRun(reached);
        }

        if (count > 0 && _askedAt is { } asked)
        {
            services.Instruments.Began(TimeSpan.FromTicks(now - asked.UtcTicks));
            _askedAt = null;
        }

        return count > 0;
    }

    private void Fire(ISyncProcess process, Firing firing, long now)
    {
        try
        {
            process.Fire(_view.Show(_network, firing, now));
        }
        catch (Exception exception)
        {
            Fail(firing, exception);
            return;
        }

        Complete(firing);
    }

    private async Task ExecuteAsync(IAsyncProcess process, Firing firing, long now)
    {
        using var cancellation = new CancellationTokenSource(Timeout.InfiniteTimeSpan, services.Time);
        var context = new RunContext(this, _network, firing, process.Effects ?? _network.Plan.Processes[firing.Process].Component.Effects, cancellation);
        var begun = firing;
        _executing[begun] = (context, cancellation);
        var from = services.Time.GetTimestamp();
        Exception? failure = null;
        try
        {
            context.StartClock();
            var execution = EnumerateAsync(process, firing, context, now, cancellation.Token);
            if (!execution.IsCompleted)
            {
                var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await using var registration = cancellation.Token.Register(() => cancelled.SetResult());
                if (await Task.WhenAny(execution, cancelled.Task) != execution)
                {
                    await Task.WhenAny(execution, Task.Delay(services.Options.CancelGrace, services.Time));
                }
            }

            if (execution.IsCompleted)
            {
                await execution;
            }
            else
            {
                firing = _network.Detach(begun);
                failure = new OperationCanceledException("The firing did not end when it was cancelled.");
                _ = IgnoreAsync(execution);
            }
        }
        catch (Exception exception)
        {
            failure = exception;
        }
        finally
        {
            _executing.Remove(begun);
        }

        if (firing.IsAbandoned || Life.IsCancellationRequested)
        {
            return;
        }

        if (failure is null)
        {
            _latencies[firing.Process].Add(services.Time.GetElapsedTime(from));
            Complete(firing);
        }
        else
        {
            Fail(firing, failure);
        }

        Pump();
    }

    private async Task EnumerateAsync(IAsyncProcess process, Firing firing, RunContext context, long now, CancellationToken cancellationToken)
    {
        var view = new FiringView().Show(_network, firing, now, context);
        await foreach (var output in process.Execute(view, context, cancellationToken))
        {
            firing.Emitted.Add(new Emission(output.Port, context.Redact(output.Token)));
            context.Heartbeat();
        }
    }

    /// <summary>Whatever becomes of an attempt that was given up is nobody's concern any more.</summary>
    private static async Task IgnoreAsync(Task execution) => await execution.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void Complete(Firing firing)
    {
        if (Broken(firing) is { } failure)
        {
            _network.Fail(firing, NowTicks, failure.Code, failure.Detail, retryable: false);
        }
        else
        {
            _network.Commit(firing);
        }
    }

    /// <summary>What a component must not do, whatever it is.</summary>
    private RunFailure? Broken(Firing firing)
    {
        var emitted = firing.Emitted;
        if (emitted.Count == 0)
        {
            return null;
        }

        var limits = services.Options.Limits;
        if (emitted.Count > limits.TokensPerFiring)
        {
            return new RunFailure(ErrorCodes.LimitReached, $"tokensPerFiring: at most {limits.TokensPerFiring}", null);
        }

        var ports = _network.Plan.Processes[firing.Process].Outputs.Length;
        foreach (var (port, token) in emitted)
        {
            if (port < 0 || port >= ports)
            {
                return new RunFailure(ErrorCodes.ComponentFailed, $"The component emitted by the port {port}, which it does not have.", null);
            }

            if (token.Size > limits.TokenBytes)
            {
                return new RunFailure(ErrorCodes.LimitReached, $"tokenBytes: a token has at most {limits.TokenBytes}", null);
            }
        }

        return null;
    }

    private void Fail(Firing firing, Exception exception)
    {
        if (exception is ReplayDivergedException)
        {
            // No policy of the node makes up for what was never done.
            _network.FailRun(new RunFailure(ErrorCodes.RunReplayDiverged, exception.Message, _network.Plan.Processes[firing.Process].NodeId));
        }
        else if (exception is ComponentException known)
        {
            _network.Fail(firing, NowTicks, known.Code, services.Redactor.Redact(_start!.ProjectId, known.Message), known.Retryable, known.RetryAfter);
        }
        else if (exception is OperationCanceledException)
        {
            _network.Fail(firing, NowTicks, ErrorCodes.ComponentTimedOut, "The firing took longer than the node allows.");
        }
        else
        {
            // An exception that tells a secret is left out: its type is told all the same.
            var told = services.Redactor.Finds(_start!.ProjectId, exception.ToString()) ? null : exception;
            LogComponentFailed(services.Logger, told, RunId, _network.Plan.Processes[firing.Process].NodeId, exception.GetType().Name);
            _network.Fail(firing, NowTicks, ErrorCodes.ComponentFailed, $"The component failed: {exception.GetType().Name}.");
        }
    }

    /// <summary>Tells firings to end: those that were given up, and all when the run is being cancelled.</summary>
    private void CancelGivenUp()
    {
        foreach (var firing in _network.Abandoned)
        {
            if (_executing.TryGetValue(firing, out var executing))
            {
                executing.Cancellation.Cancel();
            }
        }

        _network.Abandoned.Clear();
        if (_network.Status == NetworkStatus.Cancelling)
        {
            foreach (var (_, cancellation) in _executing.Values.ToArray())
            {
                cancellation.Cancel();
            }
        }
    }

    /// <summary>Nothing is ready: waits for the next time, and leaves memory when that is far.</summary>
    private void Rest()
    {
        if (Life.IsCancellationRequested)
        {
            return;
        }

        StopClock();
        var due = NextTime();
        var far = due is null || due - NowTicks > services.Options.LongWait.Ticks;
        _rests = !IsOver && far && OnlyWaits();
        if (_rests && due is { } time && _remindedOf != time)
        {
            // Before anybody is told that the run waits there is something that will bring it back.
            _rests = false;
            _ = RemindOfAsync(time);
        }

        if (StatusNow() != _shown)
        {
            Flush();
        }

        if (_network.NextDue is { } next && !IsOver)
        {
            SetTimer(next);
        }

        if (IsOver || _rests || (_network.Status == NetworkStatus.Paused && _network.InFlight == 0))
        {
            ScheduleRest();
        }
        else
        {
            DelayDeactivation(TimeSpan.FromMinutes(10));
        }
    }

    /// <summary>Whether all that is in flight waits for others, and there is something that it waits for.</summary>
    private bool OnlyWaits() =>
        _network.Status == NetworkStatus.Running
        && _executing.Count == _network.InFlight
        && (_executing.Count > 0 || _network.NextDue is not null)
        && _executing.Values.All(executing => executing.Context.IsWaiting);

    /// <summary>Ticks (UTC) at which something happens by itself; null when only others can go on.</summary>
    private long? NextTime()
    {
        var due = _network.NextDue;
        foreach (var (context, _) in _executing.Values)
        {
            if (context.WaitsUntil is { } until && (due is null || until < due))
            {
                due = until;
            }
        }

        return due;
    }

    private string StatusNow() => _network.Status switch
    {
        NetworkStatus.Paused => "paused",
        NetworkStatus.Completed => "completed",
        NetworkStatus.Failed => "failed",
        NetworkStatus.Cancelled => "cancelled",
        _ => _rests ? "waiting" : "running",
    };

    private void SetTimer(long due)
    {
        if (_timer is not null && _timerDue == due)
        {
            return;
        }

        _timer?.Dispose();
        _timerDue = due;
        var delay = TimeSpan.FromTicks(Math.Clamp(due - NowTicks, 0, TimeSpan.TicksPerDay));
        _timer = this.RegisterGrainTimer(
            static (grain, _) =>
            {
                grain._timer?.Dispose();
                grain._timer = null;
                grain.Pump();
                return Task.CompletedTask;
            },
            this,
            new GrainTimerCreationOptions(delay, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
    }

    [LoggerMessage(EventId = 2603, Level = LogLevel.Error, Message = "Run {RunId} met a defect.")]
    private static partial void LogBroken(ILogger logger, Exception exception, string runId);

    [LoggerMessage(EventId = 2604, Level = LogLevel.Warning, Message = "Run {RunId}: the component of node {Node} failed with {Kind}.")]
    private static partial void LogComponentFailed(ILogger logger, Exception? exception, string runId, string node, string kind);
}
