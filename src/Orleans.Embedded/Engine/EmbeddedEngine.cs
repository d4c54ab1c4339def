using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>One silo: the directory of activations and the way of a call into it.</summary>
internal sealed class EmbeddedEngine : ReferenceRuntime, ICallTargetOwner
{
    private readonly ConcurrentDictionary<GrainId, ICallTarget> _directory = new();
    private readonly IIncomingGrainCallFilter[] _incomingFilters;
    private volatile EngineStatus _status;
    private long _lastActivation;
    private long _nextCollection;
    private int _beating;

    public EmbeddedEngine(
        IServiceProvider services,
        IOptions<EmbeddedEngineOptions> options,
        TimeProvider time,
        EmbeddedInstruments instruments,
        ILogger<EmbeddedEngine> logger,
        GrainCatalog catalog,
        ILocalSiloDetails details,
        IEnumerable<IIncomingGrainCallFilter> incoming,
        IEnumerable<IOutgoingGrainCallFilter> outgoing)
    {
        Services = services;
        Options = options.Value;
        Time = time;
        Log = logger;
        Catalog = catalog;
        SiloAddress = details.SiloAddress;
        Instruments = instruments;
        Clock = new EngineClock(time, Catalog.ShortestTimeout(Options.ResponseTimeout));
        Verifier = Options.VerifyMessages ? new MessageVerifier(Options.MessageSerializerOptions) : null;
        GrainFactory = new EmbeddedGrainFactory(this, () => this);
        _incomingFilters = [.. incoming];
        OutgoingFilters = [.. outgoing];
        HasPipeline = Verifier is not null || _incomingFilters.Length > 0;
    }

    public IServiceProvider Services { get; }

    public EmbeddedEngineOptions Options { get; }

    public TimeProvider Time { get; }

    public EngineClock Clock { get; }

    public EmbeddedInstruments Instruments { get; }

    public ILogger Log { get; }

    public GrainCatalog Catalog { get; }

    public SiloAddress SiloAddress { get; }

    public EmbeddedGrainFactory GrainFactory { get; }

    public MessageVerifier? Verifier { get; }

    /// <summary>Calls take the longer way, through filters or the verifier.</summary>
    public bool HasPipeline { get; }

    public IReadOnlyList<IIncomingGrainCallFilter> IncomingFilters => _incomingFilters;

    public EngineStatus Status => _status;

    public IEnumerable<Activation> Activations => _directory.Values.SelectMany(target => target switch
    {
        Activation activation => [activation],
        StatelessWorkers workers => workers.All,
        _ => Array.Empty<Activation>(),
    });

    public ActivationId NextActivationId()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Interlocked.Increment(ref _lastActivation));
        BitConverter.TryWriteBytes(bytes[8..], SiloAddress.Generation);
        return new ActivationId(new Guid(bytes));
    }

    public void Start()
    {
        _status = EngineStatus.Running;
        _nextCollection = Options.CollectionQuantum.Ticks;
        Clock.Start(OnBeat);
    }

    public override void Send(GrainRequest request)
    {
        request.CaptureCaller();
        Receive(request);
    }

    /// <summary>Takes a request whose caller was captured.</summary>
    public void Receive(GrainRequest request)
    {
        try
        {
            Verifier?.VerifyArguments(request);
            if (!request.Shape.OneWay)
                request.Deadline = Clock.Now + (request.Shape.ResponseTimeout ?? Options.ResponseTimeout).Ticks + Clock.Beat.Ticks;
            request.SentAt = Instruments.Start(Time);
            Route(request);
        }
        catch (Exception exception)
        {
            request.Fail(exception);
        }
    }

    public void Register(GrainId id, ICallTarget target) => _directory[id] = target;

    public void Unregister(GrainId id) => _directory.TryRemove(id, out _);

    public ICallTarget? Find(GrainId id) => _directory.GetValueOrDefault(id);

    /// <summary>Ends every activation, in bounded time. New activations are refused from now on.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_status != EngineStatus.Running)
            return;
        _status = EngineStatus.Stopping;
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo is stopping.");
        var ending = Activations.ToArray();
        foreach (var activation in ending)
            activation.Deactivate(reason, CancellationToken.None);
        try
        {
            await Task.WhenAll(ending.Select(a => a.Deactivated))
                .WaitAsync(Options.ActivationTimeout + (3 * Options.DeactivationTimeout), Time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            Log.StopTimedOut(Activations.Count());
        }

        End(new SiloUnavailableException("The silo has stopped."));
    }

    /// <summary>Ends at once: nothing of the grains runs any more and every call fails.</summary>
    public void Kill() => End(new SiloUnavailableException("The silo was killed."));

    public void Replace(Activation ended, List<GrainRequest> rest)
    {
        if (rest.Count == 0)
        {
            _directory.TryRemove(new KeyValuePair<GrainId, ICallTarget>(ended.GrainId, ended));
        }
        else if (_status != EngineStatus.Running)
        {
            _directory.TryRemove(new KeyValuePair<GrainId, ICallTarget>(ended.GrainId, ended));
            foreach (var request in rest)
                request.Fail(Unavailable());
        }
        else
        {
            // What it inherits came first: nobody else can post to it before it is in its queue.
            var next = new Activation(this, ended.Class, ended.GrainId, this);
            lock (next.Turns.Gate)
            {
                next.Launch(rest);
                _directory[ended.GrainId] = next;
            }

            KillIfDead(next);
        }
    }

    private void Route(GrainRequest request)
    {
        var reference = request.Reference;
        if (reference.LastTarget is { } last && last.TryPost(request))
            return;
        while (true)
        {
            var target = _directory.GetValueOrDefault(reference.GrainId) ?? Activate(reference.GrainId);
            if (!target.TryPost(request))
            {
                if (_status == EngineStatus.Dead)
                    throw Unavailable();
                continue;
            }

            reference.LastTarget = target;
            return;
        }
    }

    private ICallTarget Activate(GrainId id)
    {
        if (_status != EngineStatus.Running)
            throw Unavailable();
        if (ObserverTarget.IsObserver(id))
            throw new OrleansMessageRejectionException($"{id} has no object any more.");
        var grainClass = Catalog.Get(id.Type);
        if (grainClass.MaxWorkers > 0)
            return _directory.GetOrAdd(id, new StatelessWorkers(this, grainClass, id));
        var created = new Activation(this, grainClass, id, this);
        var winner = _directory.GetOrAdd(id, created);
        if (ReferenceEquals(winner, created))
            created.Launch(inherited: null);
        KillIfDead(created);
        return winner;
    }

    /// <summary>An activation that came while the silo ended may have been missed by the end.</summary>
    public void KillIfDead(Activation activation)
    {
        if (_status == EngineStatus.Dead)
            activation.Kill(Unavailable());
    }

    private SiloUnavailableException Unavailable() => new(_status switch
    {
        EngineStatus.Created => "The silo has not started yet.",
        EngineStatus.Stopping => "The silo is stopping and activates no more grains.",
        _ => "The silo has stopped.",
    });

    private void End(SiloUnavailableException exception)
    {
        _status = EngineStatus.Dead;
        Clock.Dispose();
        foreach (var activation in Activations.ToArray())
            activation.Kill(exception);
        _directory.Clear();
    }

    private void OnBeat()
    {
        // A beat that takes longer than the next is in coming is not run twice at a time.
        if (Interlocked.Exchange(ref _beating, 1) == 1)
            return;
        try
        {
            var now = Clock.Now;
            foreach (var activation in Activations)
                activation.OnBeat(now);
            if (now >= _nextCollection)
            {
                _nextCollection = now + Options.CollectionQuantum.Ticks;
                CollectIdle(null);
            }
        }
        finally
        {
            Volatile.Write(ref _beating, 0);
        }
    }

    /// <summary>Ends activations that were idle for the age, or for the age of their class.</summary>
    public void CollectIdle(TimeSpan? age)
    {
        var now = Clock.Now;
        foreach (var activation in Activations)
        {
            var limit = age ?? activation.Class.CollectionAge ?? Options.CollectionAge;
            if (limit != Timeout.InfiniteTimeSpan && activation.MayBeIdleSince(now - limit.Ticks + 1))
                activation.DeactivateIfIdle(new DeactivationReason(DeactivationReasonCode.ActivationIdle, $"The activation was idle for {limit}."));
        }
    }
}

internal enum EngineStatus
{
    Created,
    Running,
    Stopping,
    Dead,
}
