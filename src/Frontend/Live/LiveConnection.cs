using System.Collections.Concurrent;
using Actors.Domain;
using Actors.Domain.Accounts;
using Actors.Domain.Designs;
using Actors.Domain.Projects;
using Actors.Frontend.Accounts;
using Actors.Frontend.Projects;
using Actors.Grains.Interfaces.Designs;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Frontend.Live;

/// <summary>What one connection may do and is being sent. It lives as long as the connection.</summary>
internal sealed partial class LiveConnection : IDisposable
{
    private readonly ConcurrentDictionary<LiveStream, bool> _streams = new();
    private readonly ConcurrentDictionary<string, DesignLane> _lanes = new(StringComparer.Ordinal);
    private readonly Action _abort;
    private readonly Action? _close;
    private readonly IGrainFactory _grains;
    private readonly IProjectAccess _projects;
    private readonly ILogger _logger;
    private readonly int _maximumLanes;
    private readonly IDisposable _session;
    private readonly ITimer _expiry;
    private (string Code, bool Retry)? _ended;
    private long _framesOfOver;

    /// <param name="abort">Breaks the connection off.</param>
    /// <param name="close">Ends the connection after what was sent; null when it ends with its one stream.</param>
    public LiveConnection(
        string id,
        Action abort,
        Action? close,
        Caller caller,
        IGrainFactory grains,
        IProjectAccess projects,
        ISessionAccess sessions,
        LiveServices live,
        TimeProvider time)
    {
        _abort = abort;
        _close = close;
        _grains = grains;
        _projects = projects;
        _logger = live.Logger;
        _maximumLanes = live.Options.WatchesPerConnection;
        Caller = caller;
        DesignCaller = new DesignCaller(new Author(caller.AccountId, AuthorKind.User), MayEdit: true);
        Id = id;
        ConnectedAt = time.GetUtcNow();
        _session = sessions.Subscribe(caller.AccountId, caller.SessionId, () => EndAll(ErrorCodes.Unauthenticated, retry: false));
        var left = caller.ExpiresAt - time.GetUtcNow();
        _expiry = time.CreateTimer(
            static connection => ((LiveConnection)connection!).EndAll(ErrorCodes.TokenExpired, retry: true),
            this,
            left > TimeSpan.Zero ? left : TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
    }

    public string Id { get; }

    public DateTimeOffset ConnectedAt { get; }

    public Caller Caller { get; }

    /// <summary>The caller as a design's grain is told, once it is known that they may edit it.</summary>
    public DesignCaller DesignCaller { get; }

    public int StreamCount => _streams.Count;

    /// <summary>Frames of all streams, those that are over included.</summary>
    public long Frames => Interlocked.Read(ref _framesOfOver) + _streams.Keys.Sum(stream => stream.Frames);

    public ICollection<LiveStream> Streams => _streams.Keys;

    /// <summary>Why nothing is allowed on this connection any more, or null.</summary>
    public Refusal? Refusal => _ended is { } ended
        ? new Refusal(ended.Code, "The session of this connection has ended; connect again.", Retryable: ended.Retry)
        : null;

    /// <summary>Why nothing may be changed over this connection, or null: it has ended, or its token may only watch.</summary>
    public Refusal? ChangeRefusal => Refusal ?? Caller.RefuseScope(TokenScopes.Write);

    public void Add(LiveStream stream)
    {
        _streams.TryAdd(stream, true);
        if (_ended is { } ended)
        {
            stream.End(ended.Code, ended.Retry);
        }
    }

    public void Remove(LiveStream stream)
    {
        if (_streams.TryRemove(stream, out _))
        {
            Interlocked.Add(ref _framesOfOver, stream.Frames);
        }
    }

    /// <summary>
    /// The lane of a design. A connection that goes from design to design gives up the lane that it used longest ago;
    /// null when it has too many at once.
    /// </summary>
    public DesignLane? LaneOf(string designId)
    {
        if (_lanes.TryGetValue(designId, out var lane))
        {
            return lane;
        }

        if (_lanes.Count >= _maximumLanes)
        {
            if (_lanes.Values.Where(other => other.IsIdle).MinBy(other => other.LastUse) is not { } oldest)
            {
                return null;
            }

            Forget(oldest);
        }

        return _lanes.GetOrAdd(designId, static (id, self) => new DesignLane(id, self.ResolveAsync), this);
    }

    /// <summary>Forgets a lane, so that the next call on its design looks again what it may do.</summary>
    public void Forget(DesignLane lane)
    {
        if (_lanes.TryRemove(new KeyValuePair<string, DesignLane>(lane.DesignId, lane)))
        {
            lane.Dispose();
        }
    }

    /// <summary>Ends every stream, now and to come.</summary>
    public void EndAll(string code, bool retry)
    {
        _ended ??= (code, retry);
        foreach (var stream in _streams.Keys)
        {
            stream.End(code, retry);
        }
    }

    /// <summary>Closes the connection of a client that takes nothing.</summary>
    public void Drop(string code)
    {
        LogDropped(_logger, Id, Caller.AccountId, code);
        _abort();
    }

    /// <summary>Ends the connection when all that was written to it has left.</summary>
    public void Close() => _close?.Invoke();

    public void Dispose()
    {
        _session.Dispose();
        _expiry.Dispose();
        foreach (var lane in _lanes.Values)
        {
            lane.Dispose();
        }
    }

    /// <summary>Finds a design's project and the caller's role there, and follows the role from then on.</summary>
    private async Task<DesignAccess> ResolveAsync(string designId)
    {
        if (await _grains.GetGrain<IDesignGrain>(designId).GetHeader() is not { } header)
        {
            return new DesignAccess("", null);
        }

        var role = await _projects.GetRoleAsync(Caller.AccountId, header.ProjectId, CancellationToken.None);
        var access = new DesignAccess(header.ProjectId, role);
        if (role is not null)
        {
            access.Subscription = _projects.Subscribe(header.ProjectId, Caller.AccountId, changed => access.Role = changed);
        }

        return access;
    }

    [LoggerMessage(EventId = 3402, Level = LogLevel.Warning, Message = "Connection {ConnectionId} of {AccountId} is dropped: {Code}.")]
    private static partial void LogDropped(ILogger logger, string connectionId, string accountId, string code);
}

/// <summary>What a connection may do with one design. The role follows the project's roster while the connection lives.</summary>
internal sealed class DesignAccess(string projectId, ProjectRole? role) : IDisposable
{
    private volatile int _role = role is { } given ? (int)given : -1;

    public string ProjectId { get; } = projectId;

    /// <summary>Null for a stranger, and where there is no such design.</summary>
    public ProjectRole? Role
    {
        get => _role < 0 ? null : (ProjectRole)_role;
        set => _role = value is { } given ? (int)given : -1;
    }

    public IDisposable? Subscription { get; set; }

    public void Dispose() => Subscription?.Dispose();
}
