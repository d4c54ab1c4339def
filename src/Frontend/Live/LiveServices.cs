using Actors.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Frontend.Live;

/// <summary>Everything live of this silo: its feeds and its connections.</summary>
internal sealed class LiveServices : BackgroundService
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly HashSet<LiveConnection> _connections = [];
    private readonly TimeProvider _time;
    private volatile bool _ending;
    private int _requests;

    public LiveServices(IGrainFactory grains, LiveOptions options, LiveInstruments instruments, TimeProvider time, ILoggerFactory loggers)
    {
        _time = time;
        Options = options;
        Logger = loggers.CreateLogger("Actors.Frontend.Live");
        Designs = new FeedPool<DesignFeed>(id => new DesignFeed(id, grains, options, time, Logger), options.FeedLinger, time);
        Rooms = new FeedPool<RoomFeed>(id => new RoomFeed(id, grains, options, time, Logger), options.FeedLinger, time);
        Inboxes = new FeedPool<InboxFeed>(id => new InboxFeed(id, grains, time, Logger), options.FeedLinger, time);
        instruments.Observe(this);
    }

    public LiveOptions Options { get; }

    public ILogger Logger { get; }

    public FeedPool<DesignFeed> Designs { get; }

    public FeedPool<RoomFeed> Rooms { get; }

    public FeedPool<InboxFeed> Inboxes { get; }

    public int ConnectionCount
    {
        get
        {
            lock (_gate)
            {
                return _connections.Count;
            }
        }
    }

    /// <summary>Streams that are being sent.</summary>
    public int StreamCount
    {
        get
        {
            lock (_gate)
            {
                return _connections.Sum(connection => connection.StreamCount);
            }
        }
    }

    public LiveConnection[] Connections()
    {
        lock (_gate)
        {
            return [.. _connections];
        }
    }

    /// <summary>Streams that are being sent, by kind.</summary>
    public Dictionary<string, int> CountStreams()
    {
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal) { ["design"] = 0, ["room"] = 0, ["inbox"] = 0, ["validation"] = 0, ["run"] = 0 };
        foreach (var stream in Connections().SelectMany(connection => connection.Streams))
        {
            kinds[stream.Kind] = kinds.GetValueOrDefault(stream.Kind) + 1;
        }

        return kinds;
    }

    public void Add(LiveConnection connection)
    {
        lock (_gate)
        {
            _connections.Add(connection);
        }

        if (_ending)
        {
            connection.EndAll(ErrorCodes.ShuttingDown, retry: true);
        }
    }

    public void Remove(LiveConnection connection)
    {
        lock (_gate)
        {
            _connections.Remove(connection);
        }

        connection.Dispose();
    }

    /// <summary>Serves a hub connection's request, which ends when all that was written to the connection has left.</summary>
    public async Task ServeAsync(HttpContext context, RequestDelegate hub)
    {
        Interlocked.Increment(ref _requests);
        try
        {
            await hub(context);
        }
        finally
        {
            Interlocked.Decrement(ref _requests);
        }
    }

    /// <summary>
    /// Ends every stream with its last frame and then every connection, and blocks until the frames have left: the
    /// server breaks connections off as soon as it stops. Each of the two steps waits no longer than <paramref name="patience"/>.
    /// </summary>
    public void Drain(TimeSpan patience)
    {
        EndAll();
        SpinWait.SpinUntil(() => StreamCount == 0, patience);
        foreach (var connection in Connections())
        {
            connection.Close();
        }

        SpinWait.SpinUntil(() => Volatile.Read(ref _requests) == 0, patience);
    }

    /// <summary>Tells every client that this silo goes away, so that they come back elsewhere or later by position.</summary>
    public void EndAll()
    {
        var frame = LiveFrame.End(ErrorCodes.ShuttingDown, retry: true);
        Designs.EndAll(frame);
        Rooms.EndAll(frame);
        Inboxes.EndAll(frame);
        _ending = true;
        foreach (var connection in Connections())
        {
            connection.EndAll(ErrorCodes.ShuttingDown, retry: true);
        }
    }

    public override void Dispose()
    {
        Designs.Dispose();
        Rooms.Dispose();
        Inboxes.Dispose();
        base.Dispose();
    }

    /// <summary>Looks for clients that take nothing: their streams wait for their sockets and can notice nothing themselves.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(WatchInterval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                DropStuck();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            EndAll();
        }
    }

    private void DropStuck()
    {
        var now = _time.GetTimestamp();
        foreach (var connection in Connections())
        {
            foreach (var stream in connection.Streams)
            {
                stream.DropIfStuck(now);
            }
        }
    }
}
