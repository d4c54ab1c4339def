using System.Data.Common;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Actors.Storage;

/// <summary>
/// The one writer of the process. A thread of its own commits, over and over, everything that has arrived since the last commit in one
/// transaction. When storage fails it answers everyone at once, then keeps trying to reach storage with growing pauses while new work is
/// refused immediately, and resumes by itself.
/// </summary>
internal sealed class StorageWriter : IDisposable
{
    private readonly StorageDatabase _database;
    private readonly JournalOptions _options;
    private readonly StorageInstruments _instruments;
    private readonly ILogger _logger;
    private readonly WriterQueue _queue;
    private readonly FailedChains _chains = new();
    private readonly GroupPlan _plan;
    private readonly List<PendingAppend> _appends = [];
    private readonly List<PendingWrite> _writes = [];
    private readonly List<JournalAppend> _group = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly GroupAnswers _answers = new();
    private IWriterSession? _session;
    private bool _committing;
    private int _started;

    public StorageWriter(StorageDatabase database, JournalOptions options, StorageInstruments instruments, TimeProvider time, ILogger<StorageWriter> logger)
    {
        _database = database;
        _options = options;
        _instruments = instruments;
        _logger = logger;
        _queue = new WriterQueue(options, new FlushPacer(options), time);
        _plan = new GroupPlan(_chains);
        instruments.ObserveQueue(() => _queue.Count);
    }

    public int Pending => _queue.Count;

    /// <summary>Why writes are refused now, or null.</summary>
    public string? Problem => _queue.Closed;

    public Task<AppendResult> AppendAsync(JournalAppend append)
    {
        var pending = new PendingAppend(append);
        if (_queue.TryEnqueue(pending, out var refusal))
            return pending.Task;
        _chains.Mark(append.Stream, append.Revision);
        var status = refusal is null ? AppendStatus.Overloaded : AppendStatus.Unavailable;
        _instruments.Appended(status);
        return Task.FromResult(new AppendResult(status, append.Revision, refusal));
    }

    /// <param name="work">What is written.</param>
    /// <param name="ct">Ends the wait, unless it has begun.</param>
    /// <param name="stream">The stream that it changes; null for none.</param>
    public Task<T> RunAsync<T>(Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken ct, string? stream = null)
    {
        var pending = new PendingWrite<T>(work, ct) { Stream = stream };
        if (!_queue.TryEnqueue(pending, out var refusal))
            pending.Unavailable(refusal ?? "The queue of the storage writer is full.", cause: null);
        return pending.Task;
    }

    /// <summary>Starts the thread and completes when it has reached storage; until then, writes are refused.</summary>
    public Task StartAsync()
    {
        if (Interlocked.Exchange(ref _started, 1) == 0)
            new Thread(Run) { IsBackground = true, Name = "Storage writer" }.Start();
        return _ready.Task;
    }

    /// <summary>Writes what is queued, then ends.</summary>
    public Task StopAsync()
    {
        _queue.Stop("Storage is shutting down.");
        return Volatile.Read(ref _started) == 0 ? Task.CompletedTask : _ended.Task;
    }

    public void Dispose() => _queue.Stop("Storage is shutting down.");

    private void Run()
    {
        try
        {
            if (Reconnect())
                RunConnected();
            _session?.Checkpoint();
        }
        catch (Exception exception)
        {
            StorageLog.WriterEnded(_logger, exception);
        }
        finally
        {
            foreach (var item in _queue.Close("Storage is shutting down."))
                item.Unavailable("Storage is shutting down.", cause: null);
            _session?.Dispose();
            _ended.TrySetResult();
            _ready.TrySetCanceled();
        }
    }

    private void RunConnected()
    {
        while (_queue.WaitForGroup())
        {
            _queue.Take(_appends, _writes);
            if (!TryFlush() && !Reconnect())
                return;
            _appends.Clear();
            _writes.Clear();
        }
    }

    /// <summary>Commits one group and answers it. False when storage is away.</summary>
    private bool TryFlush()
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            Commit(_appends, _writes);
        }
        catch (Exception exception) when (_database.IsOutage(exception) || _session!.IsBroken)
        {
            FailGroup(exception);
            return false;
        }
        catch (Exception exception)
        {
            StorageLog.GroupFailed(_logger, exception, _appends.Count);
            return TryFlushOneByOne();
        }

        Answer(_appends, _writes);
        _instruments.Flushed(_appends.Count, Stopwatch.GetElapsedTime(started));
        return true;
    }

    /// <summary>Something in the group cannot be written. Alone, it fails alone.</summary>
    private bool TryFlushOneByOne()
    {
        var appends = _appends.ToArray();
        var writes = _writes.ToArray();
        for (var i = 0; i < appends.Length + writes.Length; i++)
        {
            _appends.Clear();
            _writes.Clear();
            if (i < appends.Length)
                _appends.Add(appends[i]);
            else
                _writes.Add(writes[i - appends.Length]);
            try
            {
                Commit(_appends, _writes);
                Answer(_appends, _writes);
            }
            catch (Exception exception) when (_database.IsOutage(exception) || _session!.IsBroken)
            {
                _appends.Clear();
                _appends.AddRange(appends.Skip(i));
                _writes.Clear();
                _writes.AddRange(writes.Skip(Math.Max(0, i - appends.Length)));
                FailGroup(exception);
                return false;
            }
            catch (Exception exception)
            {
                foreach (var append in _appends)
                    _chains.Mark(append.Append.Stream, append.Append.Revision);
                foreach (var item in _appends.Concat<IWriterItem>(_writes))
                    item.Unavailable(exception.Message, exception);
            }
        }

        return true;
    }

    private void Commit(List<PendingAppend> appends, List<PendingWrite> writes)
    {
        const int maximumConflicts = 8;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                CommitOnce(appends, writes);
                return;
            }
            catch (Exception exception)
            {
                _session!.Rollback();
                if (attempt == 1 && _session.IsBroken && !_committing)
                    ReplaceSession();
                else if (!_database.IsConflict(exception) || attempt == maximumConflicts)
                    throw;
            }
        }
    }

    /// <summary>
    /// The connection died before anything was committed over it, most likely while it was idle: the server may be back since long,
    /// so the group is worth a second try on a new one.
    /// </summary>
    private void ReplaceSession()
    {
        _session!.Dispose();
        _session = _database.OpenWriterSession();
    }

    private void CommitOnce(List<PendingAppend> appends, List<PendingWrite> writes)
    {
        var session = _session!;
        _committing = false;
        _plan.Clear();
        _group.Clear();
        foreach (var pending in appends)
            _group.Add(pending.Append);
        session.Begin(_group);
        foreach (var pending in appends)
            pending.Outcome = _plan.Decide(pending.Append, session);
        session.Write(_plan);
        foreach (var write in writes)
            RunWrite(session, write);
        _committing = true;
        session.Commit();
        _plan.Committed();
    }

    private void RunWrite(IWriterSession session, PendingWrite write)
    {
        if (write.IsCancelled)
        {
            write.Cancel();
            return;
        }

        try
        {
            session.Run(write.Execute);
            if (write.Stream is { } stream)
                session.Forget(stream);
        }
        catch (Exception exception) when (!_database.IsOutage(exception))
        {
            write.Fail(exception);
        }
    }

    /// <summary>
    /// A group is answered by one work item, not by this thread: whoever is waiting then finds all of a group's answers
    /// at once, and not the first few because a waiter was woken between two of them.
    /// </summary>
    private void Answer(List<PendingAppend> appends, List<PendingWrite> writes)
    {
        foreach (var pending in appends)
            _instruments.Appended(pending.Outcome.Status);
        _answers.Enqueue(appends, writes);
    }

    /// <summary>
    /// Nobody knows whether the group was committed, so its callers must look. What is queued behind it for the same streams was decided
    /// on top of it and is not tried.
    /// </summary>
    private void FailGroup(Exception exception)
    {
        StorageLog.Outage(_logger, exception);
        _instruments.OutageStarted();
        var streams = _appends.Select(pending => pending.Append.Stream).ToHashSet(StringComparer.Ordinal);
        var behind = _queue.TakeStreams(streams);
        foreach (var pending in _appends.Concat(behind))
            _chains.Mark(pending.Append.Stream, pending.Append.Revision);
        foreach (var item in _appends.Concat<IWriterItem>(_writes))
            item.Unavailable($"Storage is unavailable: {exception.Message}", exception);
        foreach (var pending in behind)
            pending.TrySetResult(new AppendResult(AppendStatus.Superseded, pending.Append.Revision));
    }

    /// <summary>
    /// Opens a new session. What is queued waits for the first attempt only; when that fails too it is answered, and new work is refused
    /// until an attempt succeeds. False when stopped meanwhile.
    /// </summary>
    private bool Reconnect()
    {
        _session?.Dispose();
        _session = null;
        _appends.Clear();
        _writes.Clear();
        var delay = _options.InitialRetryDelay;
        while (true)
        {
            try
            {
                _session = _database.OpenWriterSession();
                _queue.Open();
                _ready.TrySetResult();
                StorageLog.WriterReady(_logger, _database.Provider);
                return true;
            }
            catch (Exception exception)
            {
                Refuse(exception);
            }

            if (!_queue.WaitClosed(delay))
                return false;
            delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, _options.MaximumRetryDelay.Ticks));
        }
    }

    private void Refuse(Exception exception)
    {
        StorageLog.StillAway(_logger, exception.Message);
        var reason = $"Storage is unavailable: {exception.Message}";
        foreach (var item in _queue.Close(reason))
        {
            if (item is PendingAppend pending)
                _chains.Mark(pending.Append.Stream, pending.Append.Revision);
            item.Unavailable(reason, exception);
        }
    }
}
