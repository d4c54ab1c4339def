using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>The activations of one stateless worker: a request goes to an idle one, to a new one while there may be more, else to the least busy.</summary>
internal sealed class StatelessWorkers(EmbeddedEngine engine, GrainClass grainClass, GrainId grainId) : ICallTarget, ICallTargetOwner
{
    private readonly Lock _gate = new();
    private Activation[] _workers = [];

    public IReadOnlyList<Activation> All => Volatile.Read(ref _workers);

    public bool TryPost(GrainRequest request)
    {
        while (engine.Status != EngineStatus.Dead)
        {
            // A worker that ends in between takes nothing and has left the list.
            if (Choose().TryPost(request))
                return true;
        }

        return false;
    }

    public void Replace(Activation ended, List<GrainRequest> rest)
    {
        lock (_gate)
        {
            if (rest.Count == 0 || engine.Status != EngineStatus.Running)
            {
                _workers = [.. _workers.Where(w => !ReferenceEquals(w, ended))];
                foreach (var request in rest)
                    request.Fail(new SiloUnavailableException("The silo is stopping."));
                return;
            }

            var next = new Activation(engine, grainClass, grainId, this);
            lock (next.Turns.Gate)
            {
                next.Launch(rest);
                _workers = [.. _workers.Select(w => ReferenceEquals(w, ended) ? next : w)];
            }

            engine.KillIfDead(next);
        }
    }

    private Activation Choose()
    {
        var workers = Volatile.Read(ref _workers);
        if (Array.Find(workers, w => w.PendingCount == 0 && w.State != ActivationState.Deactivating) is { } idle)
            return idle;
        if (workers.Length < grainClass.MaxWorkers)
        {
            lock (_gate)
            {
                if (_workers.Length < grainClass.MaxWorkers)
                {
                    if (engine.Status != EngineStatus.Running)
                        throw new SiloUnavailableException("The silo is stopping and activates no more grains.");
                    var created = new Activation(engine, grainClass, grainId, this);
                    _workers = [.. _workers, created];
                    created.Launch(inherited: null);
                    engine.KillIfDead(created);
                    return created;
                }

                workers = _workers;
            }
        }

        return workers.MinBy(w => w.PendingCount)!;
    }
}
