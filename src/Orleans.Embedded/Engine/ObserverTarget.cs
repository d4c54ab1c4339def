using System.Globalization;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Calls an observer, one call after the other started, away from grains' turns. The object is held weakly.</summary>
internal sealed class ObserverTarget : ICallTarget, ITurnOwner
{
    private const string TypeName = "sys.observer";
    private static readonly GrainType ObserverType = GrainType.Create(TypeName);
    private static long s_last;

    private readonly EmbeddedEngine _engine;
    private readonly GrainId _id;
    private readonly WeakReference<object> _observer;
    private readonly TurnScheduler _turns;

    private ObserverTarget(EmbeddedEngine engine, GrainId id, object observer)
    {
        _engine = engine;
        _id = id;
        _observer = new WeakReference<object>(observer);
        _turns = new TurnScheduler(this);
    }

    public static bool IsObserver(GrainId id) => id.Type == ObserverType;

    public static GrainId Register(EmbeddedEngine engine, object observer, Type interfaceType)
    {
        if (observer is GrainReference || !interfaceType.IsInstanceOfType(observer))
            throw new ArgumentException($"{observer?.GetType().FullName ?? "null"} is no object that implements {interfaceType}.", nameof(observer));
        var id = GrainId.Create(ObserverType, Interlocked.Increment(ref s_last).ToString(CultureInfo.InvariantCulture));
        engine.Register(id, new ObserverTarget(engine, id, observer));
        return id;
    }

    public bool TryPost(GrainRequest request)
    {
        if (!ReferenceEquals(_engine.Find(_id), this))
            return false;
        _turns.Post(request);
        return true;
    }

    void ITurnOwner.Run(object work)
    {
        var request = (GrainRequest)work;
        if (_observer.TryGetTarget(out var observer))
            _ = CallAsync(request, observer);
        else
            request.Fail(new OrleansMessageRejectionException($"The object of {_id} is gone."));
    }

    void ITurnOwner.AfterWork()
    {
    }

    void ITurnOwner.OnUnhandled(Exception exception) => _engine.Log.TurnFailed(exception, _id);

    private static async Task CallAsync(GrainRequest request, object observer)
    {
        try
        {
            RequestContext.Current = request.Context;
            request.SetResult(await request.BeginBoxed(activation: null, observer));
        }
        catch (Exception exception)
        {
            request.Fail(exception);
        }
    }
}
