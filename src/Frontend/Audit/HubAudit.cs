using System.Collections.Concurrent;
using Actors.Domain.Audit;
using Actors.Frontend.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Audit;

/// <summary>Where a hub connection comes from.</summary>
internal sealed record HubOrigin(string ConnectionId, Caller Caller, string Address, string Agent)
{
    public static HubOrigin Of(string connectionId, Caller caller, HttpContext context) =>
        new(connectionId, caller, context.Connection.RemoteIpAddress?.ToString() ?? "", AuditText.Cut(context.Request.Headers.UserAgent.ToString()));
}

/// <summary>
/// Gathers what one connection does to one design into one entry, so that a hundred edits a second are not a hundred
/// entries. Who made which revision and when, the design's own journal says; what is gathered here adds from where.
/// </summary>
internal sealed class HubAudit(AuditWriter writer, IOptions<AuditOptions> options, TimeProvider time) : BackgroundService
{
    private readonly ConcurrentDictionary<Key, Gathered> _gathered = new();

    /// <summary>Notes one call.</summary>
    /// <param name="origin">Who called.</param>
    /// <param name="action">The hub's method.</param>
    /// <param name="projectId">Empty when it is not known, as for a stranger.</param>
    /// <param name="subjectKind">What kind of thing it was done to.</param>
    /// <param name="subjectId">Which.</param>
    /// <param name="status">As over REST.</param>
    /// <param name="code">The refusal's; empty when it was done.</param>
    /// <param name="revision">The revision that it made; 0 for none.</param>
    public void Note(HubOrigin origin, string action, string projectId, string subjectKind, string subjectId, int status, string code, long revision)
    {
        var key = new Key(origin.ConnectionId, action, projectId, subjectKind, subjectId, status, code);
        while (!_gathered.GetOrAdd(key, static (_, state) => new Gathered(state.origin, state.now), (origin, now: time.GetUtcNow())).Add(revision))
        {
            // It was closed in between; the next one is new.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Flush(DateTimeOffset.MaxValue);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Gathering / 4, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Flush(time.GetUtcNow() - options.Value.Gathering);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The stop, which flushes everything.
        }
    }

    private void Flush(DateTimeOffset startedBefore)
    {
        foreach (var (key, gathered) in _gathered)
        {
            if (gathered.StartedAt > startedBefore || !_gathered.TryRemove(key, out _))
                continue;

            var (count, from, to) = gathered.Close();
            var origin = gathered.Origin;
            writer.Record(new AuditEntry
            {
                Id = writer.NewId(time.GetUtcNow()),
                At = gathered.StartedAt,
                ProjectId = key.ProjectId,
                AccountId = origin.Caller.AccountId,
                SessionId = origin.Caller.SessionId,
                Address = origin.Address,
                Agent = origin.Agent,
                Action = key.Action,
                SubjectKind = key.SubjectKind,
                SubjectId = key.SubjectId,
                Status = key.Status,
                Code = key.Code,
                RequestId = origin.ConnectionId,
                Count = count,
                FromRevision = from,
                ToRevision = to,
            });
        }
    }

    private sealed record Key(string ConnectionId, string Action, string ProjectId, string SubjectKind, string SubjectId, int Status, string Code);

    private sealed class Gathered(HubOrigin origin, DateTimeOffset startedAt)
    {
        private readonly Lock _lock = new();
        private bool _closed;
        private long _count;
        private long _from;
        private long _to;

        public HubOrigin Origin => origin;

        public DateTimeOffset StartedAt => startedAt;

        /// <summary>False when it was closed before.</summary>
        public bool Add(long revision)
        {
            lock (_lock)
            {
                if (_closed)
                    return false;

                _count++;
                if (revision > 0)
                {
                    _from = _from == 0 ? revision : Math.Min(_from, revision);
                    _to = Math.Max(_to, revision);
                }

                return true;
            }
        }

        public (long Count, long From, long To) Close()
        {
            lock (_lock)
            {
                _closed = true;
                return (_count, _from, _to);
            }
        }
    }
}
