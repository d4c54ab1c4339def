using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Actors.Storage;

namespace Actors.Grains.Tests.Infrastructure;

/// <summary>What a fault does to one append.</summary>
internal enum Fault
{
    None,

    /// <summary>Not stored, and nobody is told whether it was.</summary>
    Lost,

    /// <summary>Stored, and nobody is told whether it was.</summary>
    StoredInSilence,

    /// <summary>A key that it claims belongs to somebody else.</summary>
    KeyTaken,

    /// <summary>The writer's queue is full.</summary>
    Overloaded,

    /// <summary>The journal breaks its promise and throws.</summary>
    Throws,
}

/// <summary>
/// A journal that fails as it is told and keeps the rest of the contract: what is in flight behind a failed append of its
/// stream was decided on top of it and is superseded.
/// </summary>
internal sealed class FaultyJournal : IJournal
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _failed = [];
    private readonly ConcurrentDictionary<string, ISchedule> _schedules = new();
    private readonly ConcurrentQueue<JournalAppend> _held = new();
    private IJournal? _inner;
    private TaskCompletionSource? _hold;
    private volatile bool _readsFail;
    private int _appends;

    /// <summary>Decides over the appends of one stream, in their order.</summary>
    public interface ISchedule
    {
        Fault Next(JournalAppend append);

        /// <summary>Turns that an outcome is held back.</summary>
        int Delay();

        bool FailsToRead();
    }

    public IJournal Stored => _inner!;

    /// <summary>Appends that were asked for, all in all.</summary>
    public int Appends => Volatile.Read(ref _appends);

    public int Held => _held.Count;

    /// <summary>What the next appends of any stream come to; afterwards all is well.</summary>
    public ConcurrentQueue<Fault> Next { get; } = new();

    public FaultyJournal Over(IJournal inner)
    {
        _inner = inner;
        return this;
    }

    public void Use(string stream, ISchedule schedule) => _schedules[stream] = schedule;

    public void FailReads(bool fail) => _readsFail = fail;

    /// <summary>Outcomes are held back until the journal is released.</summary>
    public void Hold() => _hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release()
    {
        _held.Clear();
        Interlocked.Exchange(ref _hold, null)?.SetResult();
    }

    public void Heal()
    {
        Next.Clear();
        _schedules.Clear();
        _readsFail = false;
        Release();
    }

    public Task<AppendResult> AppendAsync(JournalAppend append)
    {
        Interlocked.Increment(ref _appends);
        var schedule = _schedules.GetValueOrDefault(append.Stream);
        Task<AppendResult> outcome;
        lock (_gate)
        {
            outcome = Decide(append, Choose(append, schedule));
        }

        if (_hold is { } hold)
        {
            _held.Enqueue(append);
            return After(hold.Task, outcome);
        }

        return schedule is null ? outcome : Delayed(schedule.Delay(), outcome);
    }

    public async IAsyncEnumerable<JournalEntry> ReadAsync(string stream, long afterRevision, int maximum, [EnumeratorCancellation] CancellationToken ct)
    {
        CheckRead(stream);
        var breaksOff = FailsToRead(stream);
        await foreach (var entry in Stored.ReadAsync(stream, afterRevision, maximum, ct))
        {
            yield return entry;
            if (breaksOff)
            {
                throw new StorageUnavailableException("injected after an entry");
            }
        }
    }

    public Task<JournalEntry?> FindBatchAsync(string stream, Guid batchId, CancellationToken ct)
    {
        CheckRead(stream);
        return Stored.FindBatchAsync(stream, batchId, ct);
    }

    public Task<long> GetHeadAsync(string stream, CancellationToken ct) => Stored.GetHeadAsync(stream, ct);

    private static async Task<AppendResult> After(Task hold, Task<AppendResult> outcome)
    {
        await hold;
        return await outcome;
    }

    private static async Task<AppendResult> Delayed(int turns, Task<AppendResult> outcome)
    {
        var result = await outcome;
        for (var turn = 0; turn < turns; turn++)
        {
            await Task.Yield();
        }

        return result;
    }

    private static async Task<AppendResult> InSilence(JournalAppend append, Task<AppendResult> stored)
    {
        await stored;
        return Unknown(append);
    }

    private static AppendResult Unknown(JournalAppend append) => new(AppendStatus.Unavailable, append.Revision, "injected");

    private Fault Choose(JournalAppend append, ISchedule? schedule) =>
        schedule?.Next(append) ?? (Next.TryDequeue(out var fault) ? fault : Fault.None);

    private Task<AppendResult> Decide(JournalAppend append, Fault fault)
    {
        // An append behind a failed one fails with it, whatever would have become of it; so do those behind it.
        if (_failed.Remove(append.Stream, out var failed) && failed == append.Revision - 1)
        {
            _failed[append.Stream] = append.Revision;
            return Task.FromResult(new AppendResult(AppendStatus.Superseded, append.Revision));
        }

        if (fault == Fault.None)
        {
            return Stored.AppendAsync(append);
        }

        _failed[append.Stream] = append.Revision;
        return fault switch
        {
            Fault.StoredInSilence => InSilence(append, Stored.AppendAsync(append)),
            Fault.KeyTaken => Task.FromResult(new AppendResult(AppendStatus.KeyTaken, append.Revision, "injected")),
            Fault.Overloaded => Task.FromResult(new AppendResult(AppendStatus.Overloaded, append.Revision)),
            Fault.Throws => Task.FromException<AppendResult>(new InvalidOperationException("injected")),
            _ => Task.FromResult(Unknown(append)),
        };
    }

    private bool FailsToRead(string stream) => _readsFail || (_schedules.TryGetValue(stream, out var schedule) && schedule.FailsToRead());

    private void CheckRead(string stream)
    {
        if (FailsToRead(stream))
        {
            throw new StorageUnavailableException("injected");
        }
    }
}
