using Microsoft.Extensions.DependencyInjection;
using Orleans.Core;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>How an activation begins and ends.</summary>
internal sealed partial class Activation
{
    private readonly HashSet<IActivationResource> _resources = [];
    private TaskCompletionSource? _drained;
    private DeactivationReason? _endRequested;
    private bool _hooksRunning;
    private int _beating;

    /// <summary>Takes over requests before anybody else can post, and starts.</summary>
    public void Launch(List<GrainRequest>? inherited)
    {
        bool wake;
        lock (Turns.Gate)
        {
            wake = Turns.EnqueueLocked(new Work(this, static a => _ = a.ActivateAsync()));
            foreach (var request in inherited ?? [])
            {
                LinkLocked(request);
                Turns.EnqueueLocked(request);
            }
        }

        if (wake)
            Turns.Wake();
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default) =>
        Turns.Post(new Work(this, a => a.RequestDeactivation(deactivationReason)));

    /// <summary>Ends the activation if it is still idle when its turn comes.</summary>
    public void DeactivateIfIdle(DeactivationReason reason) => Turns.Post(new Work(this, a =>
    {
        if (a.IsIdle())
            a.RequestDeactivation(reason);
    }));

    /// <summary>
    /// Whether it is worth asking. A call may be answered a moment before its turn ends, so what still runs is judged by
    /// the activation itself, behind that turn.
    /// </summary>
    public bool MayBeIdleSince(long usedBefore) => LastUsed < usedBefore && Volatile.Read(ref _keepUntil) <= Engine.Clock.Now;

    public void DelayDeactivation(TimeSpan timeSpan) =>
        Volatile.Write(ref _keepUntil, timeSpan == Timeout.InfiniteTimeSpan || timeSpan == TimeSpan.MaxValue ? long.MaxValue : Engine.Clock.Now + timeSpan.Ticks);

    public void Touch() => _lastUsed = Engine.Clock.Now;

    public void Add(IActivationResource resource)
    {
        lock (Turns.Gate)
        {
            if (_resources.Add(resource) && resource.NeedsBeat)
                _beating++;
        }
    }

    public void Remove(IActivationResource resource)
    {
        lock (Turns.Gate)
        {
            if (_resources.Remove(resource) && resource.NeedsBeat)
                _beating--;
        }
    }

    public IPersistentState<T> CreateState<T>(string stateName, string? storageName) =>
        new PersistentState<T>(stateName, this, StorageRegistry.Get(Engine.Services, storageName, Class));

    /// <summary>Ends everything at once without the grain's knowledge, as a killed process would.</summary>
    public void Kill(Exception exception)
    {
        Turns.Kill();
        var rest = new List<GrainRequest>();
        lock (Turns.Gate)
        {
            _closed = true;
            for (var request = _firstPending; request is not null; request = request.Next)
                rest.Add(request);
        }

        foreach (var request in rest)
            request.Fail(exception);
        foreach (var resource in Resources())
            resource.Kill(exception);
        _deactivated.TrySetResult();
    }

    private IActivationResource[] Resources()
    {
        lock (Turns.Gate)
            return [.. _resources];
    }

    private void BeatResources(long now)
    {
        foreach (var resource in Resources())
        {
            if (resource.NeedsBeat)
                resource.OnBeat(now);
        }
    }

    private bool IsIdle()
    {
        lock (Turns.Gate)
            return _pending == 0 && _beating == 0 && !_closed && _state == ActivationState.Valid;
    }

    private async Task ActivateAsync()
    {
        using var timeout = new CancellationTokenSource(Engine.Options.ActivationTimeout, Engine.Time);
        try
        {
            Scope = Engine.Services.CreateAsyncScope();
            GrainInstance = Construct();
            if (_lifecycle is not null)
                await _lifecycle.StartAsync(int.MinValue, GrainLifecycleStage.Activate, timeout.Token).WaitAsync(timeout.Token);
            if (GrainInstance is IGrainBase grain)
            {
                var hook = grain.OnActivateAsync(timeout.Token);
                if (!hook.IsCompleted)
                    hook = hook.WaitAsync(timeout.Token);
                await hook;
            }

            if (_lifecycle is not null)
                await _lifecycle.StartAsync(GrainLifecycleStage.Activate + 1, int.MaxValue, timeout.Token).WaitAsync(timeout.Token);
        }
        catch (Exception exception)
        {
            var overran = exception is OperationCanceledException && timeout.IsCancellationRequested;
            var failure = overran
                ? new TimeoutException($"{GrainId} did not activate within {Engine.Options.ActivationTimeout}.", exception)
                : exception;
            Engine.Log.ActivationFailed(failure, GrainId);
            await CloseAsync(failure, abandon: overran);
            return;
        }

        _state = ActivationState.Valid;
        _mustPump = true;
        Engine.Instruments.Activated();
        if (_endRequested is { } reason)
            RequestDeactivation(reason);
    }

    private object Construct()
    {
        t_constructing = this;
        try
        {
            return Class.Construct(this);
        }
        finally
        {
            t_constructing = null;
        }
    }

    private void RequestDeactivation(DeactivationReason reason)
    {
        if (_state == ActivationState.Valid)
        {
            _state = ActivationState.Deactivating;
            _ = DeactivateAsync(reason);
        }
        else
        {
            _endRequested ??= reason;
        }
    }

    private async Task DeactivateAsync(DeactivationReason reason)
    {
        var abandon = false;
        foreach (var resource in Resources())
            resource.End(reason);
        if (RunningCount > 0)
            abandon |= !await InTimeAsync(_ => (_drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task, "its running calls");
        _hooksRunning = true;
        if (GrainInstance is IGrainBase grain)
            abandon |= !await InTimeAsync(token => grain.OnDeactivateAsync(reason, token), nameof(IGrainBase.OnDeactivateAsync));
        if (_lifecycle is not null)
            abandon |= !await InTimeAsync(_lifecycle.StopAsync, "its lifecycle");
        Engine.Instruments.Deactivated(reason.ReasonCode);
        await CloseAsync(failure: null, abandon);
    }

    private async Task<bool> InTimeAsync(Func<CancellationToken, Task> step, string what)
    {
        using var timeout = new CancellationTokenSource(Engine.Options.DeactivationTimeout, Engine.Time);
        try
        {
            var task = step(timeout.Token);
            await (task.IsCompleted ? task : task.WaitAsync(timeout.Token));
            return true;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            Engine.Log.DeactivationTimedOut(GrainId, what, Engine.Options.DeactivationTimeout);
            return false;
        }
        catch (Exception exception)
        {
            Engine.Log.DeactivationFailed(exception, GrainId, what);
            return true;
        }
    }

    /// <summary>Hands over to the next activation. Code that overran its time is never resumed, so that two activations never run at once.</summary>
    private async Task CloseAsync(Exception? failure, bool abandon)
    {
        foreach (var resource in Resources())
            resource.End(new DeactivationReason(DeactivationReasonCode.ActivationFailed, "The activation ended."));
        if (!abandon)
            await DisposeInstanceAsync();
        var rest = new List<GrainRequest>();
        List<GrainRequest> running = [];
        lock (Turns.Gate)
        {
            _state = ActivationState.Closed;
            rest.AddRange(_waiting);
            _waiting.Clear();
            Turns.TakeRequestsLocked(rest);
            foreach (var request in rest)
                UnlinkLocked(request);
            for (var request = _firstPending; request is not null; request = request.Next)
                running.Add(request);
            rest.RemoveAll(r => r.IsCompleted || !r.IsCall);
            _closed = true;
            _owner.Replace(this, failure is null ? rest : []);
        }

        if (failure is not null)
        {
            foreach (var request in rest)
                request.Fail(failure);
        }

        foreach (var request in running)
            request.Fail(new TimeoutException($"{request} was still running when the deactivation timeout of its activation ended."));
        GrainInstance = null;
        _deactivated.TrySetResult();
        if (abandon)
            Turns.Kill();
    }

    private async Task DisposeInstanceAsync()
    {
        try
        {
            if (GrainInstance is IAsyncDisposable asyncDisposable)
                await asyncDisposable.DisposeAsync();
            else if (GrainInstance is IDisposable disposable)
                disposable.Dispose();
            if (Scope is { } scope)
                await scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            Engine.Log.DeactivationFailed(exception, GrainId, "its disposal");
        }
    }

    private sealed class Work(Activation activation, Action<Activation> action) : ITurnWork
    {
        public void Run() => action(activation);
    }
}

/// <summary>What belongs to an activation and ends with it: timers, enumerations.</summary>
internal interface IActivationResource
{
    /// <summary>Whether it is looked at from time to time, and keeps its activation from being idle.</summary>
    bool NeedsBeat { get; }

    /// <summary>From time to time, in a turn.</summary>
    void OnBeat(long now);

    /// <summary>The activation ends; in its turn.</summary>
    void End(DeactivationReason reason);

    /// <summary>The silo was killed; any thread.</summary>
    void Kill(Exception exception);
}
