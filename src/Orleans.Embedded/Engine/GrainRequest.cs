using System.Diagnostics;
using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Embedded;

/// <summary>How a running request stands to others.</summary>
internal enum RunMode : byte
{
    Interleaved,
    ReadOnly,
    Exclusive,
}

/// <summary>
/// One call on its way: arguments, context, and the promise that the caller awaits. It completes once, by whoever comes first:
/// the grain, the time-out, the caller's cancellation, or the end of the activation.
/// </summary>
internal abstract class GrainRequest : IInvokable
{
    private CancellationTokenRegistration _cancellation;
    private object? _target;

    public GrainReference Reference { get; private set; } = null!;

    public MethodShape Shape { get; private set; } = null!;

    public GrainId? SourceId { get; private set; }

    public Dictionary<string, object>? Context { get; private set; }

    public Activity? Activity { get; private set; }

    public Guid ReentrancyId { get; private set; }

    /// <summary>When the caller gives up, in ticks of the engine's clock.</summary>
    public long Deadline { get; set; } = long.MaxValue;

    /// <summary>When it was sent, in ticks of the time provider; zero when nobody measures.</summary>
    public long SentAt { get; set; }

    public RunMode Mode { get; set; }

    /// <summary>The activation that runs it, once one does.</summary>
    public Activation? RunningOn { get; set; }

    /// <summary>Whether the request counts as use of its activation and against its limit.</summary>
    public virtual bool IsCall => true;

    public virtual bool AlwaysInterleaves => Shape.AlwaysInterleave;

    public virtual bool IsReadOnly => Shape.ReadOnly;

    // The list of an activation's pending requests runs through these; its gate guards them.
    public GrainRequest? Next { get; set; }

    public GrainRequest? Previous { get; set; }

    public bool IsLinked { get; set; }

    /// <summary>Whether the caller has its answer, or nobody waits for one any more.</summary>
    public abstract bool IsCompleted { get; }

    public void Prepare(GrainReference reference, MethodShape shape)
    {
        Reference = reference;
        Shape = shape;
    }

    /// <summary>Takes along what flows from the caller. Runs where the call is made.</summary>
    public void CaptureCaller()
    {
        SourceId = Activation.Current?.GrainId;
        Activity = Activity.Current;
        Context = RequestContext.Current;
        if (Context is not null)
            ReentrancyId = RequestContext.ReentrancyIdOf(Context);
        if (Shape.CancellationIndex >= 0)
            WatchCancellation(GetCancellationToken());
    }

    /// <summary>Calls the grain and sees to it that the request is settled and finished. Runs in the grain's turn.</summary>
    public abstract void Begin(Activation activation, object grain);

    /// <summary>Calls the grain and answers its result as an object; for filters and verification.</summary>
    public abstract Task<object?> BeginBoxed(Activation? activation, object grain);

    public abstract void SetResult(object? result);

    /// <summary>Fails the caller's wait, unless it has ended already.</summary>
    public abstract bool Fail(Exception exception);

    public abstract bool Cancel(CancellationToken token);

    public object? GetTarget() => _target;

    public void SetTarget(object target) => _target = target;

    public int GetArgumentCount() => Shape.Parameters.Length;

    public abstract object? GetArgument(int index);

    public abstract void SetArgument(int index, object? value);

    public virtual CancellationToken GetCancellationToken() => default;

    public string GetMethodName() => Shape.Method.Name;

    public string GetInterfaceName() => Shape.InterfaceName;

    public MethodInfo GetMethod() => Shape.Method;

    public Type GetInterfaceType() => Shape.Interface;

    public TimeSpan? GetDefaultResponseTimeout() => Shape.ResponseTimeout;

    public override string ToString() => $"{Shape.InterfaceName}.{Shape.Method.Name} on {Reference.GrainId}";

    protected void StopWatching() => _cancellation.Dispose();

    private void WatchCancellation(CancellationToken token)
    {
        if (token.CanBeCanceled && !Shape.OneWay && Shape.Kind != ReturnKind.AsyncEnumerable)
            _cancellation = token.UnsafeRegister(static (state, token) => ((GrainRequest)state!).Cancel(token), this);
    }
}
