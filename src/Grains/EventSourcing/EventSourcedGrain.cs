using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Domain;
using Actors.Storage;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Actors.Grains.EventSourcing;

/// <summary>
/// The shell around a pure core. A command is decided against the <em>tentative</em> state (everything committed and
/// everything in flight), its event is journalled, and only then applied to the <em>committed</em> state, published and
/// answered. Subclasses are reentrant: many commands are in flight at once, and their answers come in their order.
/// </summary>
/// <remarks>
/// What always holds:
/// <list type="number">
/// <item>Committed state and revision equal the journal up to that revision; they only move forward, one entry at a time.</item>
/// <item>Tentative state equals committed state with the pending events applied in order.</item>
/// <item>Nothing is published or answered as committed that the journal does not hold.</item>
/// <item>A refusal is answered only against changes that were stored.</item>
/// <item>After an append that did not commit, nothing new is appended until every append in flight has its outcome and,
/// where an outcome is unknown, the journal has been read again.</item>
/// <item>A command that has to be decided again is decided before those that came after it.</item>
/// </list>
/// States are immutable, so that moving from tentative to committed is one assignment and going back is another.
/// </remarks>
public abstract partial class EventSourcedGrain<TState, TCommand, TEvent>(EventSourcingServices services) : Grain
    where TState : class
    where TCommand : class
    where TEvent : class
{
    private readonly Queue<Pending> _pending = new();
    private readonly DecisionLine _line = new();
    private readonly ILogger _logger = services.Loggers.CreateLogger("Actors.Grains.EventSourcing");
    private Pending? _newest;
    private string? _stream;
    private TState _tentative = null!;
    private long _tentativeRevision;
    private bool _halted;
    private bool _outcomeUnknown;
    private Task<Refusal?>? _recovery;
    private IGrainTimer? _recoveryTimer;
    private long _tailBytes;
    private int _tailEntries;
    private volatile int _snapshotBytes;

    /// <summary>The state that is stored.</summary>
    protected TState Committed { get; private set; } = null!;

    /// <summary>The number of journal entries that <see cref="Committed"/> holds; 0 for a grain that was never written.</summary>
    protected long Revision { get; private set; }

    /// <summary>The revision that the newest command in flight will have.</summary>
    protected long TentativeRevision => _tentativeRevision;

    /// <summary>The journal's name for this grain: its kind and key.</summary>
    protected string StreamName => _stream ??= $"{StreamKind}/{this.GetPrimaryKeyString()}";

    /// <summary>What an entry takes in the journal, in bytes, on average of those since the last snapshot; 0 when there is none.</summary>
    protected double AverageEventBytes => _tailEntries == 0 ? 0 : (double)_tailBytes / _tailEntries;

    protected EventSourcingServices Services => services;

    protected DateTimeOffset Now => services.Time.GetUtcNow();

    protected abstract string StreamKind { get; }

    protected abstract TState Initial { get; }

    protected abstract JsonTypeInfo<TEvent> EventJson { get; }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Committed = Initial;
        if (await services.Snapshots.LoadAsync(StreamName, cancellationToken) is { } snapshot)
        {
            Committed = ReadSnapshot(snapshot.Payload);
            Revision = snapshot.Revision;
            _snapshotBytes = snapshot.Payload.Length;
        }

        await ReplayAsync(cancellationToken);
        _tentative = Committed;
        _tentativeRevision = Revision;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _recoveryTimer?.Dispose();
        if (_tailEntries >= services.Options.SnapshotAtRestAfterEntries)
        {
            OfferSnapshot();
        }

        return Task.CompletedTask;
    }

    /// <summary>The core's decision. Pure; called again when the state that it was made against did not come to be.</summary>
    protected abstract Decision<TState, TEvent> Decide(TState state, TCommand command);

    protected abstract TState Apply(TState state, TEvent @event);

    /// <summary>The state as a snapshot, UTF-8 JSON. Runs on another thread while the grain goes on: only the argument may be used.</summary>
    protected abstract ReadOnlyMemory<byte> WriteSnapshot(TState state);

    protected abstract TState ReadSnapshot(ReadOnlyMemory<byte> payload);

    /// <summary>What lists and searches should say from now on; written in the transaction of the event.</summary>
    protected virtual ImmutableArray<CatalogWrite> Catalog(TState before, TState after, TEvent @event) => [];

    /// <summary>Called in the order of revisions for each entry that is stored, right before its command is answered.</summary>
    protected virtual void OnCommitted(long revision, Guid batchId, DateTimeOffset at, TEvent @event)
    {
    }

    /// <summary>The refusal when a unique key of the event's catalog writes belongs to somebody else.</summary>
    protected virtual Refusal RefuseTakenKey(string key) => new(ErrorCodes.ValidationFailed, $"{key} is taken.");

    /// <summary>Decides, journals, applies, publishes.</summary>
    /// <param name="command">It carries the time and everything else that is not a function of the state.</param>
    /// <param name="batchId">Makes the command idempotent: stored once, however often it comes.</param>
    /// <param name="at">The time that the journal notes.</param>
    /// <param name="author">Who the journal says it was.</param>
    /// <param name="resendable">
    /// The caller chose the batch id and may send it again, however late: before it is refused, the journal is asked whether
    /// it was stored.
    /// </param>
    protected async Task<Outcome<TState, TEvent>> ExecuteAsync(TCommand command, Guid batchId, DateTimeOffset at, string author, bool resendable = false)
    {
        var ticket = _line.Draw();
        while (true)
        {
            if ((_halted || !_line.IsFirst(ticket)) && await WaitInLineAsync(ticket) is { } unavailable)
            {
                return new Outcome<TState, TEvent>.Refused(unavailable);
            }

            _line.Leave(ticket);
            if (_pending.Count >= services.Options.MaximumInFlight)
            {
                return Refuse(ErrorCodes.Overloaded, $"{services.Options.MaximumInFlight} commands are being stored already.", retryable: true);
            }

            var before = _tentative;
            var decision = Decide(before, command);
            if (decision.Event is null)
            {
                if (_newest is { IsSettled: false } newest && !await newest.Settled)
                {
                    continue;
                }

                return decision.Refusal is null ? new Outcome<TState, TEvent>.Unchanged(before)
                    : resendable && Revision > 0 ? await AnswerRepeatedAsync(batchId, decision.Refusal)
                    : new Outcome<TState, TEvent>.Refused(decision.Refusal);
            }

            var pending = new Pending(ticket, _tentativeRevision + 1, batchId, at, decision.Event, decision.Next!);
            var append = new JournalAppend
            {
                Stream = StreamName,
                Revision = pending.Revision,
                BatchId = batchId,
                At = at,
                Author = author,
                Payload = JsonSerializer.SerializeToUtf8Bytes(decision.Event, EventJson),
                Catalog = Catalog(before, pending.After, decision.Event),
            };
            Task<AppendResult> appending;
            try
            {
                appending = services.Journal.AppendAsync(append);
            }
            catch (ArgumentException exception)
            {
                // Nothing was queued, and nothing may wait for it.
                return Refuse(ErrorCodes.ValidationFailed, exception.Message, retryable: false);
            }

            _tentative = pending.After;
            _tentativeRevision = pending.Revision;
            _pending.Enqueue(pending);
            _newest = pending;
            pending.Bytes = append.Payload.Length;
            try
            {
                pending.Result = await appending;
            }
            catch (Exception exception)
            {
                // A journal answers with values. Should it throw all the same, those behind must not wait for ever.
                LogAppendThrew(_logger, exception, StreamName, pending.Revision);
                pending.Result = new AppendResult(AppendStatus.Unavailable, pending.Revision);
            }

            Settle();
            if (!pending.IsSettled)
            {
                await pending.Settled;
            }

            if (await AnswerAsync(pending) is { } outcome)
            {
                return outcome;
            }
        }
    }

    /// <summary>Waits until the grain goes on and all who came before have decided; the refusal when it cannot go on.</summary>
    private async Task<Refusal?> WaitInLineAsync(long ticket)
    {
        _line.Join(ticket);
        while (true)
        {
            // Another command may run between the end of a recovery and here, and halt the grain again.
            if (_halted)
            {
                if (await RecoverAsync() is { } unavailable)
                {
                    _line.Leave(ticket);
                    return unavailable;
                }
            }
            else if (!_line.IsFirst(ticket))
            {
                await _line.WaitAsync(ticket);
            }
            else
            {
                return null;
            }
        }
    }

    /// <summary>Null when the command has to be decided again.</summary>
    private async Task<Outcome<TState, TEvent>?> AnswerAsync(Pending pending)
    {
        var result = pending.Result!.Value;
        switch (result.Status)
        {
            case AppendStatus.Committed:
                LogCommitted(_logger, StreamName, pending.Revision);
                return new Outcome<TState, TEvent>.Committed(pending.Revision, pending.Event, pending.After);
            case AppendStatus.Duplicate:
                return await AnswerRepeatedAsync(pending.BatchId, UnavailableRefusal());
            case AppendStatus.Superseded:
                return null;
            case AppendStatus.KeyTaken:
                return new Outcome<TState, TEvent>.Refused(RefuseTakenKey(result.Detail ?? ""));
            case AppendStatus.Fenced:
                LogFenced(_logger, StreamName, pending.Revision);
                DeactivateOnIdle();
                return Refuse(ErrorCodes.ActivationStale, "Another activation wrote to this grain; the same request may be sent again.", retryable: true);
            case AppendStatus.Overloaded:
                return Refuse(ErrorCodes.Overloaded, result.Detail ?? "The journal's queue is full.", retryable: true);
            case AppendStatus.Unavailable:
                return Unavailable();
            default:
                throw new InvalidOperationException($"Unknown append status {result.Status}.");
        }
    }

    private async Task<Outcome<TState, TEvent>> AnswerRepeatedAsync(Guid batchId, Refusal otherwise)
    {
        try
        {
            return await services.Journal.FindBatchAsync(StreamName, batchId, CancellationToken.None) is { } entry
                ? new Outcome<TState, TEvent>.Repeated(entry.Revision, ReadEvent(entry))
                : new Outcome<TState, TEvent>.Refused(otherwise);
        }
        catch (StorageUnavailableException)
        {
            return Unavailable();
        }
    }

    /// <summary>Takes outcomes in the order of revisions, however they arrive.</summary>
    private void Settle()
    {
        while (_pending.TryPeek(out var head) && head.Result is { } result)
        {
            _pending.Dequeue();
            var committed = result.Status == AppendStatus.Committed;
            if (committed && !_halted)
            {
                Advance(head.Revision, head.BatchId, head.At, head.Event, head.After, head.Bytes);
            }
            else
            {
                Halt(result);
                if (result.Status == AppendStatus.Superseded)
                {
                    _line.Join(head.Ticket);
                }
            }

            head.Settle(committed);
        }
    }

    private void Halt(AppendResult result)
    {
        _halted = true;

        // A commit behind an unknown outcome, or a repeated batch that another activation stored, is in the journal but not
        // in the state, so it has to be read as well.
        _outcomeUnknown |= result.Status is AppendStatus.Unavailable or AppendStatus.Committed
            || (result.Status == AppendStatus.Duplicate && result.Revision > Revision);
        if (_outcomeUnknown && _recoveryTimer is null)
        {
            _recoveryTimer = this.RegisterGrainTimer(
                static (grain, _) => grain.RecoverUnaskedAsync(),
                this,
                new GrainTimerCreationOptions(services.Options.RecoveryInterval, services.Options.RecoveryInterval) { Interleave = true });
        }
    }

    /// <summary>Those who watch must learn what an append of unknown outcome did, even when no command comes.</summary>
    private async Task RecoverUnaskedAsync()
    {
        if (_halted)
        {
            await RecoverAsync();
        }
    }

    /// <summary>One recovery serves all who wait for it.</summary>
    private async Task<Refusal?> RecoverAsync()
    {
        if (_recovery is { } running)
        {
            return await running;
        }

        var recovery = RecoverOnceAsync();
        _recovery = recovery;
        try
        {
            return await recovery;
        }
        finally
        {
            _recovery = null;
        }
    }

    private async Task<Refusal?> RecoverOnceAsync()
    {
        try
        {
            while (_newest is { IsSettled: false } newest)
            {
                await newest.Settled;
            }

            if (_outcomeUnknown)
            {
                await ReplayAsync(CancellationToken.None);
            }

            _tentative = Committed;
            _tentativeRevision = Revision;
            _halted = false;
            _outcomeUnknown = false;
            _recoveryTimer?.Dispose();
            _recoveryTimer = null;
            return null;
        }
        catch (StorageUnavailableException exception)
        {
            LogStillUnavailable(_logger, exception, StreamName);
            return UnavailableRefusal();
        }
    }

    private async Task ReplayAsync(CancellationToken cancellationToken)
    {
        int read;
        do
        {
            read = 0;
            await foreach (var entry in services.Journal.ReadAsync(StreamName, Revision, services.Options.ReplayPage, cancellationToken))
            {
                read++;
                if (entry.Revision != Revision + 1)
                {
                    throw new InvalidOperationException($"The journal of {StreamName} continues at {entry.Revision} after {Revision}.");
                }

                var @event = ReadEvent(entry);
                Advance(entry.Revision, entry.BatchId, entry.At, @event, Apply(Committed, @event), entry.Payload.Length);
            }
        }
        while (read == services.Options.ReplayPage);
    }

    private void Advance(long revision, Guid batchId, DateTimeOffset at, TEvent @event, TState after, int bytes)
    {
        Committed = after;
        Revision = revision;
        _tailBytes += bytes;
        _tailEntries++;
        OnCommitted(revision, batchId, at, @event);
        if (_tailBytes >= Math.Max(services.Options.SnapshotAfterBytes, (long)_snapshotBytes * services.Options.SnapshotAfterTimes))
        {
            OfferSnapshot();
        }
    }

    private void OfferSnapshot()
    {
        var state = Committed;
        if (services.SnapshotWriter.TryOffer(StreamName, Revision, Now, () => WriteSnapshot(state), bytes => _snapshotBytes = bytes))
        {
            _tailBytes = 0;
            _tailEntries = 0;
        }
    }

    private TEvent ReadEvent(JournalEntry entry) =>
        JsonSerializer.Deserialize(entry.Payload.Span, EventJson)
            ?? throw new InvalidOperationException($"The journal of {StreamName} holds no event at {entry.Revision}.");

    private static Outcome<TState, TEvent>.Refused Unavailable() => new(UnavailableRefusal());

    private static Refusal UnavailableRefusal() =>
        new(ErrorCodes.StorageUnavailable, "The storage does not answer; the same request may be sent again.", Retryable: true);

    private static Outcome<TState, TEvent>.Refused Refuse(string code, string detail, bool retryable) => new(new Refusal(code, detail, Retryable: retryable));

    [LoggerMessage(EventId = 2505, Level = LogLevel.Debug, Message = "{Stream} is at revision {Revision}.")]
    private static partial void LogCommitted(ILogger logger, string stream, long revision);

    [LoggerMessage(EventId = 2501, Level = LogLevel.Warning, Message = "{Stream} was written by another activation before revision {Revision}; this one ends.")]
    private static partial void LogFenced(ILogger logger, string stream, long revision);

    [LoggerMessage(EventId = 2503, Level = LogLevel.Error, Message = "The journal threw at {Stream}, revision {Revision}, instead of answering.")]
    private static partial void LogAppendThrew(ILogger logger, Exception exception, string stream, long revision);

    [LoggerMessage(EventId = 2502, Level = LogLevel.Warning, Message = "{Stream} waits for its storage.")]
    private static partial void LogStillUnavailable(ILogger logger, Exception exception, string stream);

    /// <summary>An event on its way into the journal.</summary>
    private sealed class Pending(long ticket, long revision, Guid batchId, DateTimeOffset at, TEvent @event, TState after)
    {
        private TaskCompletionSource<bool>? _waiting;
        private bool _committed;

        public long Ticket { get; } = ticket;

        public long Revision { get; } = revision;

        public Guid BatchId { get; } = batchId;

        public DateTimeOffset At { get; } = at;

        public TEvent Event { get; } = @event;

        public TState After { get; } = after;

        public int Bytes { get; set; }

        public AppendResult? Result { get; set; }

        public bool IsSettled { get; private set; }

        /// <summary>Whether it was committed, once that is known and all before it are settled.</summary>
        public Task<bool> Settled => IsSettled
            ? Task.FromResult(_committed)
            : (_waiting ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public void Settle(bool committed)
        {
            IsSettled = true;
            _committed = committed;
            _waiting?.SetResult(committed);
        }
    }
}
