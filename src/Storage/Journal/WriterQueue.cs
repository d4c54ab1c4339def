namespace Actors.Storage;

/// <summary>
/// The bounded queue before the writer. Anyone enqueues; only the writer's thread waits and takes. An append wakes the writer only
/// when it is idle or has been waiting for a full group, so under load an append costs a lock and a list slot.
/// </summary>
internal sealed class WriterQueue(JournalOptions options, FlushPacer pacer, TimeProvider time)
{
#pragma warning disable MA0158 // A Lock cannot be waited on.
    private readonly object _gate = new();
#pragma warning restore MA0158
    private Queue<IWriterItem> _items = new();
    private int _wakeAt = int.MaxValue;
    private bool _stopping;
    private string? _closed = "Storage has not been initialized.";

    public int Count
    {
        get
        {
            lock (_gate)
                return _items.Count;
        }
    }

    /// <summary>Why nothing is accepted now, or null.</summary>
    public string? Closed
    {
        get
        {
            lock (_gate)
                return _closed;
        }
    }

    /// <summary>Adds an item unless the queue is closed or full.</summary>
    /// <param name="refusal">Why it was closed; null when it is full.</param>
    public bool TryEnqueue(IWriterItem item, out string? refusal)
    {
        lock (_gate)
        {
            refusal = _closed;
            if (refusal is not null || _items.Count >= options.MaximumPendingAppends)
                return false;
            _items.Enqueue(item);
            if (_items.Count >= _wakeAt)
                Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Waits for something to write and for the time to write it. False when stopped and empty.</summary>
    public bool WaitForGroup()
    {
        lock (_gate)
        {
            while (true)
            {
                var wait = Timeout.InfiniteTimeSpan;
                if (_items.Count > 0)
                {
                    var delay = _stopping || _items.Count >= options.MaximumGroupSize ? 0 : pacer.Wait(Seconds());
                    if (delay <= 0)
                        return true;
                    wait = TimeSpan.FromMilliseconds(Math.Ceiling(delay * 1000));
                }
                else if (_stopping)
                {
                    return false;
                }

                _wakeAt = _items.Count > 0 ? options.MaximumGroupSize : 1;
                Monitor.Wait(_gate, wait);
                _wakeAt = int.MaxValue;
            }
        }
    }

    /// <summary>Takes at most one group, in order.</summary>
    public void Take(List<PendingAppend> appends, List<PendingWrite> writes)
    {
        lock (_gate)
        {
            for (var n = 0; n < options.MaximumGroupSize && _items.TryDequeue(out var item); n++)
            {
                if (item is PendingAppend append)
                    appends.Add(append);
                else
                    writes.Add((PendingWrite)item);
            }
        }

        pacer.FlushStarted(Seconds(), appends.Count);
    }

    /// <summary>Takes out the appends of some streams that are still waiting.</summary>
    public List<PendingAppend> TakeStreams(HashSet<string> streams)
    {
        var taken = new List<PendingAppend>();
        lock (_gate)
        {
            var kept = new Queue<IWriterItem>(_items.Count);
            foreach (var item in _items)
            {
                if (item is PendingAppend append && streams.Contains(append.Append.Stream))
                    taken.Add(append);
                else
                    kept.Enqueue(item);
            }

            _items = kept;
        }

        return taken;
    }

    public void Open()
    {
        lock (_gate)
        {
            if (!_stopping)
                _closed = null;
        }
    }

    /// <summary>Refuses what comes from now on and returns what was waiting.</summary>
    public Queue<IWriterItem> Close(string reason)
    {
        lock (_gate)
        {
            _closed = reason;
            var waiting = _items;
            _items = new Queue<IWriterItem>();
            return waiting;
        }
    }

    /// <summary>Waits while closed; ends early when stopped.</summary>
    public bool WaitClosed(TimeSpan delay)
    {
        var started = time.GetTimestamp();
        lock (_gate)
        {
            while (!_stopping && delay - time.GetElapsedTime(started) is var left && left > TimeSpan.Zero)
                Monitor.Wait(_gate, TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)));
            return !_stopping;
        }
    }

    public void Stop(string reason)
    {
        lock (_gate)
        {
            _stopping = true;
            _closed = reason;
            Monitor.Pulse(_gate);
        }
    }

    private double Seconds() => time.GetTimestamp() / (double)time.TimestampFrequency;
}
