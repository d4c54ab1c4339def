using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>
/// One activation: the grain instance, its requests and its turns. Fields without a note belong to the turns; what others touch is
/// guarded by the gate of the turns. A request is pending from the moment it is taken until it has finished.
/// </summary>
internal sealed partial class Activation : ICallTarget, ITurnOwner, IGrainContext
{
    [ThreadStatic]
    private static Activation? t_constructing;

    private readonly Queue<GrainRequest> _waiting = new();
    private readonly ICallTargetOwner _owner;
    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GrainLifecycle? _lifecycle;
    private GrainReference? _reference;
    private List<Guid>? _openSections;
    private ActivationState _state;
    private int _exclusive;
    private int _readOnly;
    private int _interleaved;
    private bool _mustPump;

    // Guarded by the gate.
    private GrainRequest? _firstPending;
    private GrainRequest? _lastPending;
    private int _pending;
    private bool _closed;

    // Of the engine's beat alone.
    private long _nextBeat;

    private long _lastUsed;
    private long _keepUntil;
    private long _callCount;

    public Activation(EmbeddedEngine engine, GrainClass grainClass, GrainId grainId, ICallTargetOwner owner)
    {
        Engine = engine;
        Class = grainClass;
        GrainId = grainId;
        ActivationId = engine.NextActivationId();
        Turns = new TurnScheduler(this);
        CreatedAt = engine.Clock.Now;
        _lastUsed = CreatedAt;
        _owner = owner;
    }

    /// <summary>The activation whose turn runs on this thread.</summary>
    public static Activation? Current => TurnScheduler.CurrentOwner as Activation;

    /// <summary>The activation whose grain is being constructed on this thread.</summary>
    public static Activation? Constructing => t_constructing;

    public EmbeddedEngine Engine { get; }

    public GrainClass Class { get; }

    public GrainId GrainId { get; }

    public ActivationId ActivationId { get; }

    public TurnScheduler Turns { get; }

    public object? GrainInstance { get; private set; }

    public AsyncServiceScope? Scope { get; private set; }

    public IServiceProvider ActivationServices => Scope?.ServiceProvider ?? Engine.Services;

    public IGrainLifecycle ObservableLifecycle => _lifecycle ??= new GrainLifecycle();

    public Task Deactivated => _deactivated.Task;

    public GrainReference GrainReference => _reference ??= new GrainReference(Engine, GrainId, InterfaceShape.Of(typeof(IGrain)));

    /// <summary>When it was made and last used, in ticks of the engine's clock.</summary>
    public long CreatedAt { get; }

    public long LastUsed => Volatile.Read(ref _lastUsed);

    public long CallCount => Volatile.Read(ref _callCount);

    public ActivationState State => _state;

    public int PendingCount => Volatile.Read(ref _pending);

    public int QueueLength => _waiting.Count;

    public int RunningCount => _exclusive + _readOnly + _interleaved;

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => ActivationId.GetHashCode();

    public override string ToString() => $"{GrainId}{ActivationId}";

    /// <summary>Takes the request, or answers false if the activation has ended: its successor is then in the directory.</summary>
    public bool TryPost(GrainRequest request)
    {
        var wake = false;
        bool accepted;
        lock (Turns.Gate)
        {
            if (_closed)
                return false;
            accepted = !request.IsCall || _pending < Engine.Options.MaxPendingRequests;
            if (accepted)
            {
                LinkLocked(request);
                wake = Turns.EnqueueLocked(request);
            }
        }

        if (wake)
            Turns.Wake();
        if (!accepted)
            request.Fail(new LimitExceededException(nameof(EmbeddedEngineOptions.MaxPendingRequests), Engine.Options.MaxPendingRequests, Engine.Options.MaxPendingRequests, $"{request} was refused."));
        return true;
    }

    /// <summary>Fails what has waited too long. Any thread.</summary>
    public void OnBeat(long now)
    {
        if (Volatile.Read(ref _beating) > 0 && now >= _nextBeat)
        {
            _nextBeat = now + (Engine.Options.ResponseTimeout.Ticks / 4);
            Turns.Post(new Work(this, a => a.BeatResources(now)));
        }

        if (Volatile.Read(ref _pending) == 0)
            return;
        List<GrainRequest>? expired = null;
        lock (Turns.Gate)
        {
            for (var request = _firstPending; request is not null; request = request.Next)
            {
                if (request.Deadline <= now && !request.IsCompleted)
                    (expired ??= []).Add(request);
            }
        }

        foreach (var request in expired ?? [])
        {
            if (request.Fail(new TimeoutException($"{request} did not answer within its response timeout; {RunningCount} requests were running and {QueueLength} were queued.")))
                Engine.Instruments.TimedOut();
        }
    }

    /// <summary>Settles a request that has run. In its turn.</summary>
    public void Finish(GrainRequest request, Exception? exception)
    {
        switch (request.Mode)
        {
            case RunMode.Exclusive:
                _exclusive--;
                break;
            case RunMode.ReadOnly:
                _readOnly--;
                break;
            default:
                _interleaved--;
                break;
        }

        Unlink(request);
        if (request.IsCall)
            Engine.Instruments.CallEnded(request);
        if (exception is Storage.InconsistentStateException)
            RequestDeactivation(new DeactivationReason(DeactivationReasonCode.ApplicationError, exception, "The stored state was changed by someone else."));
        _mustPump = true;
    }

    public void EnterReentrantSection(Guid id)
    {
        (_openSections ??= []).Add(id);
        _mustPump = true;
    }

    public void ExitReentrantSection(Guid id) => _openSections?.Remove(id);

    void ITurnOwner.Run(object work)
    {
        if (work is GrainRequest request)
            Receive(request);
        else
            ((ITurnWork)work).Run();
    }

    void ITurnOwner.AfterWork()
    {
        while (_mustPump)
        {
            _mustPump = false;
            Pump();
        }
    }

    void ITurnOwner.OnUnhandled(Exception exception) => Engine.Log.TurnFailed(exception, GrainId);

    private void Receive(GrainRequest request)
    {
        if (request.IsCompleted)
        {
            Unlink(request);
            return;
        }

        bool passes;
        try
        {
            passes = MayPassBy(request);
        }
        catch (Exception exception)
        {
            // The predicate is the grain's own code; what it cannot judge is answered with its failure.
            Unlink(request);
            request.Fail(exception);
            return;
        }

        if (passes || (_waiting.Count == 0 && MayStart(request)))
            Start(request);
        else
            _waiting.Enqueue(request);
    }

    private void Pump()
    {
        if (_openSections is { Count: > 0 } && _waiting.Count > 0)
            StartReentrant();
        while (_waiting.TryPeek(out var request))
        {
            if (!request.IsCompleted && !MayPassBy(request) && !MayStart(request))
                break;
            _waiting.Dequeue();
            if (request.IsCompleted)
                Unlink(request);
            else
                Start(request);
        }

        if (_state == ActivationState.Deactivating && RunningCount == 0)
            _drained?.TrySetResult();
    }

    // A section may have opened after the calls that it admits had come to wait.
    private void StartReentrant()
    {
        for (var i = _waiting.Count; i > 0; i--)
        {
            var request = _waiting.Dequeue();
            if (!request.IsCompleted && MayPassBy(request))
                Start(request);
            else
                _waiting.Enqueue(request);
        }
    }

    /// <summary>Whether the request may start whatever runs or waits. A grain that is to end lets in only the chains that it waits for itself.</summary>
    private bool MayPassBy(GrainRequest request)
    {
        var inOpenSection = request.ReentrancyId != Guid.Empty && _openSections?.Contains(request.ReentrancyId) == true;
        return _state switch
        {
            ActivationState.Valid => inOpenSection || request.AlwaysInterleaves || Class.Reentrant || Class.MayInterleave?.Invoke(GrainInstance!, request) == true,
            ActivationState.Deactivating => inOpenSection && RunningCount > 0 && !_hooksRunning,
            _ => false,
        };
    }

    private bool MayStart(GrainRequest request) =>
        _state == ActivationState.Valid && _exclusive == 0 && (_readOnly == 0 || request.IsReadOnly);

    private void Start(GrainRequest request)
    {
        request.RunningOn = this;
        request.SetTarget(GrainInstance!);
        if (MayPassBy(request))
        {
            request.Mode = RunMode.Interleaved;
            _interleaved++;
        }
        else if (request.IsReadOnly)
        {
            request.Mode = RunMode.ReadOnly;
            _readOnly++;
        }
        else
        {
            request.Mode = RunMode.Exclusive;
            _exclusive++;
        }

        if (request.IsCall)
        {
            _callCount++;
            _lastUsed = Engine.Clock.Now;
        }

        if (request.Context is not null)
            RequestContext.Current = request.Context;
        if (request.Activity is not null)
            Activity.Current = request.Activity;
        if (request.IsCall && (Engine.HasPipeline || Class.IsFilter))
            _ = IncomingCall.RunAsync(this, request);
        else
            request.Begin(this, GrainInstance!);

        if (request.Context is not null)
            RequestContext.Current = null;
        if (request.Activity is not null)
            Activity.Current = null;
    }

    private void LinkLocked(GrainRequest request)
    {
        request.IsLinked = true;
        request.Previous = _lastPending;
        request.Next = null;
        if (_lastPending is null)
            _firstPending = request;
        else
            _lastPending.Next = request;
        _lastPending = request;
        if (request.IsCall)
            _pending++;
    }

    private void Unlink(GrainRequest request)
    {
        lock (Turns.Gate)
            UnlinkLocked(request);
    }

    private void UnlinkLocked(GrainRequest request)
    {
        if (!request.IsLinked)
            return;
        request.IsLinked = false;
        if (request.Previous is null)
            _firstPending = request.Next;
        else
            request.Previous.Next = request.Next;
        if (request.Next is null)
            _lastPending = request.Previous;
        else
            request.Next.Previous = request.Previous;
        request.Next = request.Previous = null;
        if (request.IsCall)
            _pending--;
    }
}

internal enum ActivationState : byte
{
    Activating,
    Valid,
    Deactivating,
    Closed,
}

/// <summary>Work for a turn that is not a request.</summary>
internal interface ITurnWork
{
    void Run();
}

/// <summary>Where an activation stands in the directory, and who takes over what it leaves.</summary>
internal interface ICallTargetOwner
{
    /// <summary>Called at the end of an activation with its gate held: nobody can post to it any more, and the rest is in order.</summary>
    void Replace(Activation ended, List<GrainRequest> rest);
}
